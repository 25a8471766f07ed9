/* fuzz_main.c - runs a fuzz target on every file of the given folders: the corpus as a test.
 * For fuzzing leave this file out: clang -fsanitize=fuzzer,address,undefined fuzz_x.c ... */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int run_file(const char *dir, const char *name) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", dir, name);
        FILE *f = fopen(path, "re");
        if (!f)
                return -1;
        /* exactly as large as the input, so that a sanitizer sees the first byte too many */
        fseek(f, 0, SEEK_END);
        size_t n = (size_t) ftell(f);
        rewind(f);
        uint8_t *p = malloc(n ? n : 1);
        size_t got = p ? fread(p, 1, n, f) : 0;
        fclose(f);
        int r = p && got == n ? LLVMFuzzerTestOneInput(p, n) : -1;
        free(p);
        return r;
}

int main(int argc, char **argv) {
        int files = 0;
        for (int i = 1; i < argc; i++) {
                DIR *d = opendir(argv[i]);
                for (struct dirent *e; d && (e = readdir(d));) {
                        if (e->d_name[0] == '.')
                                continue;
                        if (run_file(argv[i], e->d_name) != 0) {
                                fprintf(stderr, "failed on %s/%s\n", argv[i], e->d_name);
                                return 1;
                        }
                        files++;
                }
                if (d)
                        closedir(d);
        }
        printf("%d files\n", files);
        return files > 0 ? 0 : 1;
}
