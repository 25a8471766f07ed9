#include "client.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char *server_binary;
char work_dir[64];

static void die(const char *what) {
        perror(what);
        abort();
}

static bool put_file(const char *name, const char *text) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", work_dir, name);
        FILE *f = fopen(path, "w");
        if (!f)
                return false;
        fputs(text, f);
        return fclose(f) == 0;
}

bool client_setup(int argc, char **argv) {
        if (argc < 2) {
                fprintf(stderr, "usage: %s TEST_SERVER\n", argv[0]);
                return false;
        }
        server_binary = argv[1];
        signal(SIGPIPE, SIG_IGN);
        snprintf(work_dir, sizeof work_dir, "/tmp/schouders-http-XXXXXX");
        return mkdtemp(work_dir) && put_file("main.1.css", "the plain text of the style sheet") &&
               put_file("main.1.css.br", "brotli") && put_file("main.1.css.gz", "gzipped") &&
               put_file("favicon.2.svg", "<svg/>") &&
               put_file("manifest.txt", "favicon.svg favicon.2.svg image/svg+xml\n"
                        "main.css main.1.css text/css; charset=utf-8\n");
}

/* In the child: a listening socket as descriptor 3, announced as systemd does. */
static void give_socket(void) {
        struct sockaddr_in sa = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        char pid[16];
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        if (fd < 0 || bind(fd, (struct sockaddr *) &sa, sizeof sa) != 0 || listen(fd, 16) != 0 || dup2(fd, 3) != 3)
                _exit(126);
        snprintf(pid, sizeof pid, "%d", (int) getpid());
        setenv("LISTEN_PID", pid, 1);
        setenv("LISTEN_FDS", "1", 1);
}

static pid_t launch(const char *args, int *out) {
        int pipe_fd[2];
        if (pipe(pipe_fd) != 0)
                die("pipe");
        pid_t pid = fork();
        if (pid < 0)
                die("fork");
        if (pid == 0) {
                char text[1024], *argv[32] = { (char *) (size_t) server_binary }, *save = NULL;
                int n = 1;
                prctl(PR_SET_PDEATHSIG, SIGKILL);       /* a test that crashes leaves no server behind */
                snprintf(text, sizeof text, "%s static=%s db=%s/%s quiet=1 burst=-1", args, work_dir, work_dir,
                         strstr(args, "own_db=1") ? "own.db" : "test.db");
                for (char *p = strtok_r(text, " ", &save); p && n < 31; p = strtok_r(NULL, " ", &save))
                        argv[n++] = p;
                dup2(pipe_fd[1], 1);
                close(pipe_fd[0]);
                close(pipe_fd[1]);
                if (strstr(args, "inherit=1"))
                        give_socket();
                execv(server_binary, argv);
                _exit(127);
        }
        close(pipe_fd[1]);
        *out = pipe_fd[0];
        return pid;
}

static int wait_for(pid_t pid) {
        int status = 0;
        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        die("waitpid");
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct target target_start(const char *args) {
        int out;
        struct target t = { 0 };
        t.pid = launch(args, &out);
        FILE *f = fdopen(out, "r");
        if (!f || fscanf(f, "port %d", &t.port) != 1)
                die("the server did not start");
        fclose(f);
        return t;
}

int target_start_fails(const char *args) {
        int out;
        pid_t pid = launch(args, &out);
        close(out);
        return wait_for(pid);
}

void target_ask_to_stop(const struct target *t) {
        kill(t->pid, SIGTERM);
}

int target_wait(const struct target *t) {
        return wait_for(t->pid);
}

int target_stop(struct target *t) {
        target_ask_to_stop(t);
        return target_wait(t);
}

void target_kill(struct target *t) {
        kill(t->pid, SIGKILL);
        wait_for(t->pid);
}

int dial(const struct target *t) {
        struct sockaddr_in sa = { .sin_family = AF_INET, .sin_port = htons((unsigned short) t->port) };
        struct timeval limit = { .tv_sec = 10 };
        int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (fd < 0)
                die("socket");
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (connect(fd, (struct sockaddr *) &sa, sizeof sa) != 0) {
                close(fd);
                return -1;
        }
        return fd;
}

/* A server that has answered already may close while we still send: not a failure of the test. */
void say(int fd, const char *bytes, size_t n) {
        while (n > 0) {
                ssize_t done = send(fd, bytes, n, MSG_NOSIGNAL);
                if (done <= 0)
                        return;
                bytes += done;
                n -= (size_t) done;
        }
}

void sayf(int fd, const char *fmt, ...) {
        static _Thread_local char text[256 * 1024];
        va_list ap;
        va_start(ap, fmt);
        int n = vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        if (n > 0 && (size_t) n < sizeof text)
                say(fd, text, (size_t) n);
}

static bool hear_head(int fd, struct answer *a) {
        size_t n = 0;
        while (n < sizeof a->head - 1) {
                if (recv(fd, a->head + n, 1, 0) != 1)
                        return false;
                a->head[++n] = '\0';
                if (n >= 4 && memcmp(a->head + n - 4, "\r\n\r\n", 4) == 0)
                        return sscanf(a->head, "HTTP/1.1 %d", &a->status) == 1;
        }
        return false;
}

void hear(int fd, struct answer *a, bool is_head) {
        char text[32];
        free(a->body);
        *a = (struct answer) { 0 };
        if (!hear_head(fd, a)) {
                a->status = 0;
                return;
        }
        size_t n = (size_t) atol(header(a, "Content-Length", text, sizeof text));
        if (is_head || a->status == 304 || a->status == 204 || a->status < 200)
                n = 0;
        a->body = calloc(1, n + 1);
        if (!a->body)
                die("calloc");
        while (a->n < n) {
                ssize_t got = recv(fd, a->body + a->n, n - a->n, 0);
                if (got <= 0)
                        break;
                a->n += (size_t) got;
        }
        if (a->n < n)
                a->status = 0;
}

bool closes_silently(int fd, int ms) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        char c;
        return poll(&p, 1, ms) == 1 && recv(fd, &c, 1, 0) == 0;
}

const char *header(const struct answer *a, const char *name, char *buf, size_t n) {
        size_t len = strlen(name);
        buf[0] = '\0';
        for (const char *p = strstr(a->head, "\r\n"); p && p[2]; p = strstr(p + 2, "\r\n")) {
                if (strncasecmp(p + 2, name, len) != 0 || p[2 + len] != ':')
                        continue;
                const char *v = p + 2 + len + 1;
                while (*v == ' ')
                        v++;
                snprintf(buf, n, "%.*s", (int) strcspn(v, "\r"), v);
                break;
        }
        return buf;
}

void ask(const struct target *t, struct answer *a, const char *request, const char *headers, const char *body) {
        int fd = dial(t);
        if (fd < 0) {
                free(a->body);
                *a = (struct answer) { 0 };
                return;
        }
        sayf(fd, "%s HTTP/1.1\r\nHost: localhost\r\n%s", request, headers);
        if (body)
                sayf(fd, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
        else
                say(fd, "\r\n", 2);
        hear(fd, a, strncmp(request, "HEAD ", 5) == 0);
        close(fd);
}

void fresh_token(const struct target *t, char *buf, size_t n) {
        struct answer a = { 0 };
        ask(t, &a, "GET /formulier", "", NULL);
        buf[0] = '\0';
        if (a.status == 200 && strncmp(a.body, "csrf=", 5) == 0)
                snprintf(buf, n, "%.*s", (int) strcspn(a.body + 5, "\n"), a.body + 5);
        free(a.body);
}

void post_note(const struct target *t, struct answer *a, const char *headers, const char *form) {
        static _Thread_local char body[128 * 1024], head[1024];
        char token[128];
        fresh_token(t, token, sizeof token);
        snprintf(body, sizeof body, "csrf=%s&%s", token, form);
        snprintf(head, sizeof head, "Content-Type: application/x-www-form-urlencoded\r\n%s", headers);
        ask(t, a, "POST /notities", head, body);
}

long metric(const struct target *t, const char *name) {
        struct answer a = { 0 };
        long v = -1;
        ask(t, &a, "GET /metrics", "", NULL);
        for (const char *p = a.body; p && *p; p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL)
                if (strncmp(p, name, strlen(name)) == 0 && p[strlen(name)] == ' ')
                        v = atol(p + strlen(name));
        free(a.body);
        return v;
}

void pause_ms(int ms) {
        nanosleep(&(struct timespec) { .tv_sec = ms / 1000, .tv_nsec = (long) (ms % 1000) * 1000000 }, NULL);
}

int client_end(struct target *t, struct answer *a, int failed) {
        char command[128];
        if (t && target_stop(t) != 0) {
                fprintf(stderr, "the server did not end well\n");
                failed++;
        }
        free(a->body);
        snprintf(command, sizeof command, "rm -rf '%s'", work_dir);
        if (system(command) != 0)
                perror("rm");
        return failed;
}
