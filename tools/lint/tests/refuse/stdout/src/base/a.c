void f(void);

void f(void) {
        printf("a");
        puts("a");
        putchar(1);
        fputs("a", stdout);
}
