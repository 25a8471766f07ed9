/* test_uploads.h - for test_server: routes that take a file, and one that sends one. */
#ifndef TESTS_HTTP_TEST_UPLOADS_H
#define TESTS_HTTP_TEST_UPLOADS_H
#include "server.h"

extern const struct route upload_routes[];
/* The folder where GET /teruggeven finds its file. */
extern const char *upload_source;

#endif
