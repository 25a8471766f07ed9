void f(void);

void f(void) {
        /* it's */ gets(x); // it's
}
