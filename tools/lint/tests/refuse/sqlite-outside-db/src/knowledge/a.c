#include <sqlite3.h>
void f(void);

void f(void) {
        sqlite3_step(s);
}
