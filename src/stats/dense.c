#include "dense.h"

#define TINY 1e-12

static double off_diagonal(const double *a, size_t n)
{
        double s = 0;
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < i; j++)
                        s += a[i * n + j] * a[i * n + j];
        return s;
}

/* One rotation in the plane of p and q that makes a[p][q] zero. */
static void rotate(double *a, double *vectors, size_t n, size_t p, size_t q)
{
        double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        double t = (theta < 0 ? -1 : 1) / (fabs(theta) + hypot(theta, 1)), c = 1 / sqrt(1 + t * t), s = t * c;
        for (size_t k = 0; k < n; k++) {
                double x = a[k * n + p], y = a[k * n + q];
                a[k * n + p] = c * x - s * y;
                a[k * n + q] = s * x + c * y;
        }
        for (size_t k = 0; k < n; k++) {
                double x = a[p * n + k], y = a[q * n + k];
                a[p * n + k] = c * x - s * y;
                a[q * n + k] = s * x + c * y;
        }
        for (size_t k = 0; k < n; k++) {
                double x = vectors[k * n + p], y = vectors[k * n + q];
                vectors[k * n + p] = c * x - s * y;
                vectors[k * n + q] = s * x + c * y;
        }
}

void stats_eigen(double *a, double *vectors, size_t n)
{
        double size = 0;
        for (size_t i = 0; i < n * n; i++) {
                vectors[i] = i % (n + 1) == 0;
                size += a[i] * a[i];
        }
        for (int sweep = 0; sweep < 60 && off_diagonal(a, n) > 1e-32 * size; sweep++)
                for (size_t p = 0; p + 1 < n; p++)
                        for (size_t q = p + 1; q < n; q++)
                                if (a[p * n + q] * a[p * n + q] > 1e-36 * size)
                                        rotate(a, vectors, n, p, q);
}

void stats_root_inverse(double *a, size_t n, double *scratch)
{
        double *vectors = scratch, *scaled = scratch + n * n, largest = 0;
        stats_eigen(a, vectors, n);
        for (size_t i = 0; i < n; i++)
                largest = fmax(largest, a[i * n + i]);
        for (size_t j = 0; j < n; j++) {
                double value = a[j * n + j], factor = value > TINY * largest ? 1 / sqrt(value) : 0;
                for (size_t i = 0; i < n; i++)
                        scaled[i * n + j] = vectors[i * n + j] * factor;
        }
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++)
                        a[i * n + j] = stats_dot(scaled + i * n, vectors + j * n, n);
}

bool stats_solve(double *a, double *b, size_t n)
{
        double largest = 0;
        for (size_t i = 0; i < n * n; i++)
                largest = fmax(largest, fabs(a[i]));
        for (size_t k = 0; k < n; k++) {
                size_t pivot = k;
                for (size_t i = k + 1; i < n; i++)
                        if (fabs(a[i * n + k]) > fabs(a[pivot * n + k]))
                                pivot = i;
                if (!(fabs(a[pivot * n + k]) > TINY * largest))
                        return false;
                for (size_t j = 0; j < n; j++) {
                        double swap = a[k * n + j];
                        a[k * n + j] = a[pivot * n + j];
                        a[pivot * n + j] = swap;
                }
                double swap = b[k];
                b[k] = b[pivot];
                b[pivot] = swap;
                for (size_t i = k + 1; i < n; i++) {
                        double factor = a[i * n + k] / a[k * n + k];
                        for (size_t j = k; j < n; j++)
                                a[i * n + j] -= factor * a[k * n + j];
                        b[i] -= factor * b[k];
                }
        }
        for (size_t k = n; k-- > 0;)
                b[k] = (b[k] - stats_dot(a + k * n + k + 1, b + k + 1, n - k - 1)) / a[k * n + k];
        return true;
}

bool stats_invert(double *a, size_t n, double *log_determinant, double *scratch)
{
        double *root = scratch, log_det = 0;    /* a = root root', then root becomes its own inverse */
        for (size_t j = 0; j < n; j++)
                for (size_t i = j; i < n; i++) {
                        double s = a[i * n + j] - stats_dot(root + i * n, root + j * n, j);
                        if (i == j && !(s > TINY * a[j * n + j]))
                                return false;
                        root[i * n + j] = i == j ? sqrt(s) : s / root[j * n + j];
                }
        for (size_t j = 0; j < n; j++) {
                log_det += 2 * log(root[j * n + j]);
                root[j * n + j] = 1 / root[j * n + j];
                for (size_t i = j + 1; i < n; i++) {
                        double s = 0;
                        for (size_t k = j; k < i; k++)
                                s += root[i * n + k] * root[k * n + j];
                        root[i * n + j] = -s / root[i * n + i];
                }
        }
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++) {
                        double s = 0;
                        for (size_t k = i > j ? i : j; k < n; k++)
                                s += root[k * n + i] * root[k * n + j];
                        a[i * n + j] = s;
                }
        if (log_determinant)
                *log_determinant = log_det;
        return true;
}
