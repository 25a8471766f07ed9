/* fuzz_main.c - replays a corpus without libFuzzer (for fuzzing, leave this file out): every file named on
 * the command line, and every file in a folder named there. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path) {
        static uint8_t data[1 << 20];
        FILE *f = fopen(path, "rb");
        if (!f) {
                perror(path);
                return -1;
        }
        size_t n = fread(data, 1, sizeof data, f);
        fclose(f);
        /* A copy of the exact size lets the sanitizer see a byte read too many. */
        uint8_t *copy = malloc(n ? n : 1);
        if (!copy)
                abort();
        memcpy(copy, data, n);
        (void) LLVMFuzzerTestOneInput(copy, n);
        free(copy);
        return 1;
}

static int replay(const char *path) {
        DIR *dir = opendir(path);
        if (!dir)
                return replay_file(path);
        int count = 0;
        for (struct dirent *e; count >= 0 && (e = readdir(dir));) {
                char name[4096];
                if (e->d_name[0] == '.')
                        continue;
                snprintf(name, sizeof name, "%s/%s", path, e->d_name);
                count = replay_file(name) < 0 ? -1 : count + 1;
        }
        closedir(dir);
        return count;
}

int main(int argc, char **argv) {
        int count = 0;
        for (int i = 1; i < argc; i++) {
                int n = replay(argv[i]);
                if (n < 0)
                        return 1;
                count += n;
        }
        printf("%d inputs\n", count);
        return count > 0 ? 0 : 1;       /* an empty corpus is a mistake in the test */
}
