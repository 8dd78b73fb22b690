/* bare_http - the bare limit of a page: libmicrohttpd answering a constant body of the same size.
 * usage: bare_http PORT BYTES */
#include <microhttpd.h>
#include <unistd.h>

static struct MHD_Response *page;

static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **state)
{
    static int seen;

    (void)arg, (void)url, (void)method, (void)version, (void)data, (void)size;
    if (!*state) {
        *state = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(c, 200, page);
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? (size_t)strtoull(argv[2], NULL, 10) : 20000;
    char *body = malloc(n + 1);

    memset(body, 'x', n);
    page = MHD_create_response_from_buffer(n, body, MHD_RESPMEM_PERSISTENT);
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, (uint16_t)strtoull(argv[1], NULL, 10), NULL,
                                            NULL, answer, NULL, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_END);
    if (!d)
        return 1;
    pause();
    return 0;
}
