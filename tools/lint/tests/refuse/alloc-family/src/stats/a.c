void f(void);

void f(void) {
        g(calloc(1, 1));
        g(realloc(p, 1));
        g(strdup("a"));
        asprintf(&p, "a");
        done(p, free);
}
