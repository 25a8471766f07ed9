/* fuzz_replay FILE_OR_DIRECTORY...: gives every file to the fuzzer's harness once. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include "buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool replay_file(const char *path) {
        struct buf b _cleanup_(buf_done) = { 0 };
        FILE *f = fopen(path, "rb");
        if (!f)
                return false;
        char part[8192];
        size_t n;
        while ((n = fread(part, 1, sizeof part, f)) > 0)
                buf_put(&b, part, n);
        fclose(f);
        LLVMFuzzerTestOneInput((const uint8_t *) buf_view(&b).p, b.n);
        return true;
}

static size_t replay_directory(const char *path) {
        DIR *d = opendir(path);
        size_t n = 0;
        for (struct dirent *e; d && (e = readdir(d));) {
                char name[4096];
                snprintf(name, sizeof name, "%s/%s", path, e->d_name);
                if (e->d_name[0] != '.' && replay_file(name))
                        n++;
        }
        if (d)
                closedir(d);
        return n;
}

int main(int argc, char **argv) {
        size_t n = 0;
        for (int i = 1; i < argc; i++) {
                size_t here = replay_directory(argv[i]);
                printf("%s: %zu inputs\n", argv[i], here);
                if (here == 0)
                        return 1;
                n += here;
        }
        printf("%zu inputs replayed\n", n);
        return n ? 0 : 1;
}
