void f(void);

void f(void) {
        int x = atoi
                ("1");
}
