void f(void);

void f(void) {
        f("\""); gets(x); f("\"");
}
