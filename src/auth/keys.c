#include "keys.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base64url.h"
#include "log.h"

#define HEX (2 * KEYS_KEY)
#define SEAL_VERSION 1
#define SEAL_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEAL_TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEAL_HEAD (1 + SEAL_NONCE)

_Static_assert(KEYS_KEY == crypto_kdf_KEYBYTES, "the master feeds crypto_kdf");
_Static_assert(crypto_kdf_CONTEXTBYTES == 8, "a context has 8 characters");
_Static_assert(KEYS_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a derived key seals");

static void close_fd(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

enum err keys_parse(struct str text, struct keys *ret) {
        if (text.n == HEX + 1 && text.p[HEX] == '\n')
                text.n--;
        size_t n = 0;
        if (text.n != HEX || sodium_hex2bin(ret->master, KEYS_KEY, text.p, text.n, NULL, &n, NULL) != 0 ||
            n != KEYS_KEY || sodium_is_zero(ret->master, KEYS_KEY)) {
                keys_wipe(ret);
                return ERR_INVALID;
        }
        return OK;
}

/* Reads at most N bytes, over interruptions. Negative on failure. */
static ssize_t read_all(int fd, char *p, size_t n) {
        size_t have = 0;
        while (have < n) {
                ssize_t got = read(fd, p + have, n - have);
                if (got < 0 && errno == EINTR)
                        continue;
                if (got <= 0)
                        return got < 0 ? -1 : (ssize_t) have;
                have += (size_t) got;
        }
        return (ssize_t) have;
}

static bool write_all(int fd, const char *p, size_t n) {
        while (n) {
                ssize_t put = write(fd, p, n);
                if (put < 0 && errno != EINTR)
                        return false;
                p += put > 0 ? put : 0;
                n -= put > 0 ? (size_t) put : 0;
        }
        return true;
}

/* ERR_NOT_FOUND, unlogged, when there is no file. */
static enum err read_file(const char *path, struct keys *ret) {
        /* without O_NONBLOCK, a pipe put in its place would stop the start for good */
        _cleanup_(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        struct stat st;
        if (fd < 0)
                return errno == ENOENT ? ERR_NOT_FOUND
                                       : err_log(ERR_INTERNAL, "the key file %s cannot be opened: %s", path,
                                                 strerror(errno));
        if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
                return err_log(ERR_INVALID, "the key file %s is not a regular file", path);
        if (st.st_mode & 077)
                return err_log(ERR_DENIED, "the key file %s is open to other users (mode %03o): run chmod 600 on it",
                               path, (unsigned) st.st_mode & 0777);
        char text[HEX + 2];             /* one byte more than a good file has */
        ssize_t n = read_all(fd, text, sizeof text);
        enum err e = OK;
        if (n < 0)
                e = err_log(ERR_INTERNAL, "the key file %s cannot be read: %s", path, strerror(errno));
        else if (keys_parse((struct str) { text, (size_t) n }, ret) != OK)
                e = err_log(ERR_INVALID, "the key file %s does not hold 64 hexadecimal characters: put the saved copy "
                            "back", path);
        sodium_memzero(text, sizeof text);
        return e;
}

static bool sync_folder(struct arena *a, const char *path) {
        const char *slash = strrchr(path, '/');
        const char *dir = !slash ? "." : slash == path ? "/" : str_z(a, (struct str) { path, (size_t) (slash - path) });
        _cleanup_(close_fd) int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        return fd >= 0 && fsync(fd) == 0;
}

/* A new random master in the new file PATH. */
static bool write_file(const char *path) {
        _cleanup_(close_fd) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        _cleanup_(keys_wipe) struct keys k;
        char text[HEX + 1];
        randombytes_buf(k.master, sizeof k.master);
        sodium_bin2hex(text, sizeof text, k.master, sizeof k.master);
        text[HEX] = '\n';
        bool ok = fd >= 0 && write_all(fd, text, sizeof text) && fsync(fd) == 0;
        sodium_memzero(text, sizeof text);
        return ok;
}

/* Fills a file under a name of its own and links it into place. O_EXCL on PATH itself would let another process, or the
 * next start after a crash, see it empty. */
static enum err create(struct arena *a, const char *path) {
        unsigned char random[8];
        char suffix[sizeof random * 2 + 1];
        randombytes_buf(random, sizeof random);
        sodium_bin2hex(suffix, sizeof suffix, random, sizeof random);
        const char *fresh = str_fmt(a, "%s.%s", path, suffix).p;
        bool ok = write_file(fresh), first = false;
        if (ok) {
                first = link(fresh, path) == 0;
                ok = first || errno == EEXIST;
        }
        int why = errno;
        unlink(fresh);
        if (ok && !sync_folder(a, path)) {
                why = errno;
                ok = false;
        }
        if (!ok)
                return err_log(ERR_INTERNAL, "the key file %s cannot be made: %s", path, strerror(why));
        if (first)
                log_event(LOG_INFO, "key_file_made", LOG_STR("path", str_of(path)));
        return OK;
}

enum err keys_read(struct str path, struct keys *ret) {
        _cleanup_(arena_done) struct arena a = { 0 };
        if (sodium_init() < 0)
                return err_log(ERR_INTERNAL, "libsodium does not start");
        const char *z = str_z(&a, path);
        enum err e = read_file(z, ret);
        if (e != ERR_NOT_FOUND)
                return e;
        e = create(&a, z);
        if (e == OK)
                e = read_file(z, ret);
        return e == ERR_NOT_FOUND ? err_log(ERR_INTERNAL, "the key file %s vanished while it was made", z) : e;
}

void keys_derive(const struct keys *k, const char context[static 8], unsigned char ret[KEYS_KEY]) {
        crypto_kdf_derive_from_key(ret, KEYS_KEY, 1, context, k->master);
}

void keys_id(const struct keys *k, char ret[KEYS_ID]) {
        unsigned char key[KEYS_KEY];
        keys_derive(k, "keyident", key);
        sodium_bin2hex(ret, KEYS_ID, key, (KEYS_ID - 1) / 2);
        sodium_memzero(key, sizeof key);
}

enum err keys_seal(const struct keys *k, struct arena *a, struct str plain, struct str ad, struct str *ret) {
        if (plain.n > KEYS_SEAL_MAX)
                return ERR_LIMIT;
        unsigned char key[KEYS_KEY], *out = arena_alloc(a, SEAL_HEAD + plain.n + SEAL_TAG);
        keys_derive(k, "sealing1", key);
        out[0] = SEAL_VERSION;
        randombytes_buf(out + 1, SEAL_NONCE);
        crypto_aead_xchacha20poly1305_ietf_encrypt(out + SEAL_HEAD, NULL, (const unsigned char *) plain.p, plain.n,
                                                   (const unsigned char *) ad.p, ad.n, NULL, out + 1, key);
        sodium_memzero(key, sizeof key);
        *ret = (struct str) { (const char *) out, SEAL_HEAD + plain.n + SEAL_TAG };
        return OK;
}

enum err keys_unseal(const struct keys *k, struct arena *a, struct str sealed, struct str ad, struct str *ret) {
        if (sealed.n < SEAL_HEAD + SEAL_TAG || sealed.n > SEAL_HEAD + KEYS_SEAL_MAX + SEAL_TAG ||
            sealed.p[0] != SEAL_VERSION)
                return ERR_INVALID;
        size_t n = sealed.n - SEAL_HEAD - SEAL_TAG;
        const unsigned char *in = (const unsigned char *) sealed.p;
        unsigned char key[KEYS_KEY], *out = arena_alloc(a, n + 1);
        keys_derive(k, "sealing1", key);
        int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, in + SEAL_HEAD, sealed.n - SEAL_HEAD,
                                                             (const unsigned char *) ad.p, ad.n, in + 1, key);
        sodium_memzero(key, sizeof key);
        if (bad)
                return ERR_INVALID;
        *ret = (struct str) { (const char *) out, n };
        return OK;
}

enum err keys_seal_text(const struct keys *k, struct arena *a, struct str plain, struct str ad, struct str *ret) {
        struct str sealed;
        enum err e = keys_seal(k, a, plain, ad, &sealed);
        if (e == OK)
                *ret = base64url_write(a, sealed);
        return e;
}

enum err keys_unseal_text(const struct keys *k, struct arena *a, struct str text, size_t max, struct str ad, struct str *ret) {
        struct str sealed;
        if (text.n > BASE64URL_TEXT(max) || !base64url_read(a, text, &sealed))
                return ERR_INVALID;
        return keys_unseal(k, a, sealed, ad, ret);
}

void keys_wipe(struct keys *k) {
        sodium_memzero(k, sizeof *k);
}
