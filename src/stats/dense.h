/* dense.h - small dense matrices by rows, as the statistics layer needs them: a few dozen rows, so plain methods are the best ones. */
#ifndef STATS_DENSE_H
#define STATS_DENSE_H

#include "stats.h"

static inline double stats_dot(const double *a, const double *b, size_t n)
{
        double s = 0;
        for (size_t i = 0; i < n; i++)
                s += a[i] * b[i];
        return s;
}

/* Eigenvalues of a symmetric n x n matrix and its eigenvectors in the columns of vectors, by cyclic Jacobi rotations
 * (Golub & Van Loan 8.5). a is destroyed: its diagonal becomes the eigenvalues, in no particular order. */
void stats_eigen(double *a, double *vectors, size_t n);

/* a becomes its symmetric pseudo-inverse square root; eigenvalues below 1e-12 of the largest count as 0. scratch: 2 n n doubles. */
void stats_root_inverse(double *a, size_t n, double *scratch);

/* Solves a x = b by elimination with partial pivoting; b becomes x, a is destroyed. False when a is singular (pivot below 1e-12 of
 * the largest element). */
bool stats_solve(double *a, double *b, size_t n);

/* Inverts a symmetric positive definite matrix in place (Cholesky) and gives the logarithm of its determinant (NULL: not wanted).
 * False when it is not positive definite. scratch: n n doubles. */
bool stats_invert(double *a, size_t n, double *log_determinant, double *scratch);

#endif
