/* client.h - starts a test_server and talks to it over raw sockets, so that a test can send what no client would. */
#ifndef TESTS_HTTP_CLIENT_H
#define TESTS_HTTP_CLIENT_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct target {
        pid_t pid;
        int port;
};
/* The test_server binary, and a folder for this run; set by client_setup from argv[1] and mkdtemp. */
extern const char *server_binary;
extern char work_dir[64];
/* Makes the folder with static files; false on failure. */
bool client_setup(int argc, char **argv);

/* Starts the server with ARGS ("burst=5 proxy=1"); db and static are set, "own_db=1" gives it another store,
 * "inherit=1" a listening socket as systemd would. */
struct target target_start(const char *args);
/* The exit status of a server that must not start. */
int target_start_fails(const char *args);
/* SIGTERM, and its exit status. */
int target_stop(struct target *t);
/* The same in two steps. */
void target_ask_to_stop(const struct target *t);
int target_wait(const struct target *t);
void target_kill(struct target *t);

struct answer {
        int status;             /* 0: none came, the connection was closed or silent */
        char head[8192];
        char *body;             /* NUL-terminated; freed by the next use of the struct */
        size_t n;
};
int dial(const struct target *t);
void say(int fd, const char *bytes, size_t n);
void sayf(int fd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Reads one answer; waits at most 10 s. */
void hear(int fd, struct answer *a, bool is_head);
/* True when the peer closes without sending a byte, within MS. */
bool closes_silently(int fd, int ms);
/* The value of a header in BUF, "" when absent. */
const char *header(const struct answer *a, const char *name, char *buf, size_t n);

/* One request on a connection of its own. REQUEST is the first line without version ("GET /"), HEADERS end with
 * \r\n. */
void ask(const struct target *t, struct answer *a, const char *request, const char *headers, const char *body);
/* Posts a form to /notities with a fresh token in front of FORM. */
void post_note(const struct target *t, struct answer *a, const char *headers, const char *form);
/* A fresh form token. */
void fresh_token(const struct target *t, char *buf, size_t n);
/* The number in a /metrics line, -1 when absent. */
long metric(const struct target *t, const char *name);
void pause_ms(int ms);

/* The end of a main(): stops T unless it is NULL, frees A and the folder. The exit status, after FAILED tests. */
int client_end(struct target *t, struct answer *a, int failed);

#endif
