/* A cookie's value is never more than one clean word of the header. */
#include <stdlib.h>
#include "cookie.h"

int LLVMFuzzerTestOneInput(const unsigned char *p, size_t n);
int LLVMFuzzerTestOneInput(const unsigned char *p, size_t n) {
        struct str header = { (const char *) p, n };
        for (int i = 0; i < COOKIES; i++) {
                struct str v = cookie_value(header, cookie_names[i]);
                if (v.n > COOKIE_VALUE_MAX || str_index(v, ';') < v.n || str_index(v, ' ') < v.n || str_index(v, '\n') < v.n)
                        abort();
        }
        return 0;
}
