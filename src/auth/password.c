#include "password.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>

#define MEMORY ((size_t) PASSWORD_KIB * 1024)
#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

/* A hash with today's parameters that no password gives: salt and result are zero bits. */
static const char nobody[] = "$argon2id$v=19$m=" TEXT(PASSWORD_KIB) ",t=" TEXT(PASSWORD_ROUNDS) ",p=1"
                             "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t left = PTHREAD_COND_INITIALIZER;
static unsigned inside;

static void enter(void) {
        pthread_mutex_lock(&lock);
        while (inside == PASSWORD_AT_ONCE)
                pthread_cond_wait(&left, &lock);
        inside++;
        pthread_mutex_unlock(&lock);
}

static void leave(void) {
        pthread_mutex_lock(&lock);
        inside--;
        pthread_cond_signal(&left);
        pthread_mutex_unlock(&lock);
}

static bool is_usable(struct str password) {
        return password.n > 0 && password.n <= PASSWORD_MAX && !memchr(password.p, '\0', password.n);
}

enum err password_hash(struct str password, char ret[crypto_pwhash_STRBYTES]) {
        ret[0] = '\0';
        if (password.n > PASSWORD_MAX)
                return ERR_LIMIT;
        if (!is_usable(password))
                return ERR_INVALID;
        enter();
        int bad = crypto_pwhash_str(ret, password.p, password.n, PASSWORD_ROUNDS, MEMORY);
        leave();
        return bad ? err_log(ERR_BUSY, "no memory to hash a password") : OK;
}

/* HASH has no NUL inside and ends with one. */
static enum err verify(const char *hash, struct str password) {
        enter();
        errno = 0;
        int bad = crypto_pwhash_str_verify(hash, password.p, password.n);
        int why = errno;
        leave();
        if (bad && why == ENOMEM)
                return err_log(ERR_BUSY, "no memory to check a password");
        return bad ? ERR_DENIED : OK;
}

enum err password_verify(struct str stored, struct str password, bool *needs_rehash) {
        char hash[crypto_pwhash_STRBYTES] = { 0 };
        *needs_rehash = false;
        if (!is_usable(password))
                return ERR_DENIED;
        if (stored.n > 0 && stored.n < sizeof hash && !memchr(stored.p, '\0', stored.n))
                memcpy(hash, stored.p, stored.n);
        int other = crypto_pwhash_str_needs_rehash(hash, PASSWORD_ROUNDS, MEMORY);
        if (other < 0) {
                password_waste(password);
                return ERR_DENIED;
        }
        enum err e = verify(hash, password);
        *needs_rehash = e == OK && other > 0;
        return e;
}

void password_waste(struct str password) {
        if (is_usable(password))
                (void) verify(nobody, password);
}
