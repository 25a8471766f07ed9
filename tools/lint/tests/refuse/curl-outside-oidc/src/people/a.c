#include <curl/curl.h>
#include <openssl/evp.h>

int a(void) {
        return 0;
}
