void f(void);

void f(void) {
        char *p = malloc(1);
        free(p);
}
