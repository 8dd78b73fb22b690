/* load - drives an HTTP server on this machine with keep-alive connections, one thread each, and prints
 * requests per second and latencies as JSON members.
 *
 * usage: load PORT CONNECTIONS SECONDS COOKIE get PATHS-FILE
 *        load PORT CONNECTIONS SECONDS COOKIE post PATHS-FILE BODY      ("@" in BODY becomes a counter)
 *
 * Paths are taken in turn from the file, one a line; a POST of several paths ends when each was used. An answer of 400 or more, or of another length than
 * it says, ends the run: a benchmark of errors would look fast. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SAMPLES_MAX = 4 * 1000 * 1000, PATHS_MAX = 100000, ANSWER_MAX = 1 << 20, REQUEST_MAX = 64 * 1024 };

struct job {
    int port, seconds;
    const char *cookie, *body; /* body NULL: GET */
    char **paths;
    size_t path_count;
};

static struct job job;
static atomic_ulong counter, done;
static atomic_size_t sample_count;
static float *sample; /* ms */
static atomic_bool failed;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)job.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    fprintf(stderr, "load: cannot connect: %s\n", strerror(errno));
    exit(2);
}

static size_t request_make(char *out, unsigned long n)
{
    char body[REQUEST_MAX / 2];
    size_t used = 0;

    if (!job.body)
        return (size_t)snprintf(out, REQUEST_MAX, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: mc_session=%s\r\n\r\n",
                                job.paths[n % job.path_count], job.cookie);
    for (const char *p = job.body; *p && used < sizeof body - 32; p++)
        used += *p == '@' ? (size_t)snprintf(body + used, 32, "%lu", n) : (size_t)(body[used] = *p, 1);
    return (size_t)snprintf(out, REQUEST_MAX,
                            "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: mc_session=%s\r\nContent-Type: "
                            "application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
                            job.paths[n % job.path_count], job.cookie, used, (int)used, body);
}

/* One answer, by its Content-Length. False: the connection ended or the answer is an error. */
static bool answer_read(int fd, char *in)
{
    size_t have = 0;

    for (;;) {
        ssize_t n = read(fd, in + have, ANSWER_MAX - have - 1);
        if (n <= 0)
            return false;
        have += (size_t)n;
        in[have] = '\0';
        char *end = strstr(in, "\r\n\r\n");
        if (!end)
            continue;
        const char *length = strcasestr(in, "\r\nContent-Length:");
        size_t want = length ? strtoull(length + 17, NULL, 10) : 0;
        if (have < (size_t)(end - in) + 4 + want)
            continue;
        if (strtoull(in + 9, NULL, 10) >= 400) {
            fprintf(stderr, "load: %.200s\n", in);
            return false;
        }
        return true;
    }
}

static void *connection(void *arg)
{
    static _Thread_local char request[REQUEST_MAX];
    char *in = malloc(ANSWER_MAX);
    int fd = dial();
    double end = now() + job.seconds;

    (void)arg;
    while (!failed) {
        double begin = now();
        if (begin > end)
            break;
        unsigned long turn = atomic_fetch_add(&counter, 1);
        if (job.body && job.path_count > 1 && turn >= job.path_count)
            break;
        size_t n = request_make(request, turn);
        if (write(fd, request, n) != (ssize_t)n || !answer_read(fd, in)) {
            failed = true;
            break;
        }
        size_t at = atomic_fetch_add(&sample_count, 1);
        if (at < SAMPLES_MAX)
            sample[at] = (float)((now() - begin) * 1e3);
        atomic_fetch_add(&done, 1);
    }
    close(fd);
    free(in);
    return NULL;
}

static int sample_cmp(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static void paths_read(const char *file)
{
    char line[4096];
    FILE *f = fopen(file, "r");

    job.paths = calloc(PATHS_MAX, sizeof *job.paths);
    while (f && job.path_count < PATHS_MAX && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = '\0';
        job.paths[job.path_count++] = strdup(line);
    }
    if (!job.path_count) {
        fprintf(stderr, "load: no paths in %s\n", file);
        exit(2);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    pthread_t thread[1024];

    if (argc < 7 || (strcmp(argv[5], "post") == 0 && argc < 8)) {
        fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS COOKIE get PATHS-FILE | post PATHS-FILE BODY\n");
        return 2;
    }
    int connections = (int)strtoull(argv[2], NULL, 10);
    job = (struct job){.port = (int)strtoull(argv[1], NULL, 10), .seconds = (int)strtoull(argv[3], NULL, 10), .cookie = argv[4]};
    if (strcmp(argv[5], "post") == 0)
        job.body = argv[7];
    paths_read(argv[6]);
    sample = calloc(SAMPLES_MAX, sizeof *sample);
    double begin = now();
    for (int i = 0; i < connections && i < 1024; i++)
        pthread_create(&thread[i], NULL, connection, NULL);
    for (int i = 0; i < connections && i < 1024; i++)
        pthread_join(thread[i], NULL);
    double took = now() - begin;
    size_t n = sample_count < SAMPLES_MAX ? sample_count : SAMPLES_MAX;
    if (failed || !n)
        return 1;
    qsort(sample, n, sizeof *sample, sample_cmp);
    printf("\"rps\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f", (double)done / took, (double)sample[n / 2], (double)sample[n * 99 / 100]);
    return 0;
}
