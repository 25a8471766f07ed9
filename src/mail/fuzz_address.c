/* An accepted address can stand in a header and in an SMTP command, and its forms are addresses too. */
#include <stdlib.h>
#include "address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str s = { (const char *) data, size };
        struct str tidy = mail_address_tidy(&a, s), fold = mail_address_fold(&a, s);
        must(tidy.n <= s.n && fold.n == tidy.n);
        must(str_eq(mail_address_fold(&a, tidy), fold) && str_eq(mail_address_tidy(&a, tidy), tidy));
        must(mail_address_ok(tidy) == mail_address_ok(fold));
        if (mail_address_ok(s)) {
                size_t ats = 0;
                must(s.n >= 5 && s.n <= MAIL_ADDRESS_MAX && mail_address_ok(tidy) && tidy.n == s.n);
                for (size_t i = 0; i < s.n; i++) {
                        must(s.p[i] > ' ' && s.p[i] <= '~' && s.p[i] != '<' && s.p[i] != '>' && s.p[i] != ',' && s.p[i] != '"');
                        ats += s.p[i] == '@';
                }
                must(ats == 1 && str_index(mail_address_domain(s), '.') < mail_address_domain(s).n);
        }
        arena_done(&a);
        return 0;
}
