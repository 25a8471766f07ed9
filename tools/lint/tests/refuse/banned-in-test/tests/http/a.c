void f(void);

void f(void) {
        gets (0);
}
