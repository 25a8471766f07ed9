#include <microhttpd.h>
int x = MHD_YES;
