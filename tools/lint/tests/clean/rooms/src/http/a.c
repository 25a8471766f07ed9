#include <microhttpd.h>
int x = MHD_YES;
void *p = calloc(1, 1);
