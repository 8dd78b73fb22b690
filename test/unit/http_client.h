/* http_client.h - a client for tests that may misbehave: it sends the bytes it is told to send. */
#ifndef HTTP_CLIENT_H
#define HTTP_CLIENT_H

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"

struct reply {
    int status;      /* 0: the connection ended before an answer */
    char head[4096]; /* with its last empty line */
    char *body;      /* freed by the arena */
    size_t n;
};

static inline int client_connect(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    struct timeval patience = {.tv_sec = 60}; /* a busy machine may stand still for a while */
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* What cannot be sent any more was refused: the answer tells. */
static inline void client_send(int fd, struct str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return;
        bytes = str_sub(bytes, (size_t)n, bytes.n);
    }
}

/* The value of a header in the reply; empty when it is not there. */
static inline struct str client_header(const struct reply *r, const char *name)
{
    size_t n = strlen(name);

    for (const char *line = strchr(r->head, '\n'); line && line[1]; line = strchr(line + 1, '\n'))
        if (strncasecmp(line + 1, name, n) == 0 && line[1 + n] == ':')
            return (struct str){line + n + 3, strcspn(line + n + 3, "\r\n")};
    return STR("");
}

static inline struct reply client_read(int fd, struct arena *a, bool is_head)
{
    struct reply r = {0};
    size_t n = 0;
    int64_t length = 0;

    while (n < sizeof r.head - 1 && !(n >= 4 && memcmp(r.head + n - 4, "\r\n\r\n", 4) == 0)) {
        if (recv(fd, r.head + n, 1, 0) != 1)
            return (struct reply){0};
        n++;
    }
    for (int i = 9; i < 12; i++)
        r.status = r.status * 10 + (r.head[i] - '0');
    if (r.status == 100)
        return client_read(fd, a, is_head);
    struct str said = client_header(&r, "Content-Length");
    if (!is_head && r.status != 304)
        assert_err(str_parse_int(said, 0, 1 << 30, &length), OK);
    r.body = ARENA_ARRAY(a, char, (size_t)length + 1);
    while (r.n < (size_t)length) {
        ssize_t got = recv(fd, r.body + r.n, (size_t)length - r.n, 0);
        if (got <= 0)
            return (struct reply){0};
        r.n += (size_t)got;
    }
    return r;
}

/* Has the other side closed? Waits for it. */
static inline bool client_is_closed(int fd, int milliseconds)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char byte;

    return poll(&p, 1, milliseconds) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

/* One request on a connection of its own. */
static inline struct reply client_ask(int port, struct arena *a, struct str request)
{
    int fd = client_connect(port);
    assert_true(fd >= 0);
    client_send(fd, request);
    struct reply r = client_read(fd, a, str_has_prefix(request, STR("HEAD")));
    close(fd);
    return r;
}

#define GET(path) STR("GET " path " HTTP/1.1\r\nHost: x\r\n\r\n")
#define GET_WITH(path, headers) STR("GET " path " HTTP/1.1\r\nHost: x\r\n" headers "\r\n")

static inline struct str client_post(struct arena *a, const char *path, const char *type, struct str body)
{
    struct buf b = buf_in(a);

    buf_format(&b, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", path, type, body.n);
    buf_put(&b, body);
    return buf_str(&b);
}

#define FORM "application/x-www-form-urlencoded"

#endif
