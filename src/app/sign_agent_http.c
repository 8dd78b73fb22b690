/* The door of the signing agent: libmicrohttpd in one thread, on a loopback address and on no other. */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>

#include "app/sign_agent.h"

enum {
    CONNECTIONS_MAX = 16,
    IDLE_SECONDS = 30,
    REQUEST_MEMORY = 64 << 20, /* a full order: the tree of its JSON, what is checked, the signatures */
    ROUND_MILLISECONDS = 1000,
};

static volatile sig_atomic_t ending;

bool agent_is_ending(void)
{
    return ending;
}

static void on_signal(int number)
{
    (void)number;
    ending = 1;
}

/* ---- where it listens ---- */

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at;
    char name[INET6_ADDRSTRLEN + 2]; /* as a Host header has it */
};

/* Numeric only: a name could point elsewhere tomorrow. */
static bool address_read(struct str listen, struct address *ret)
{
    size_t colon = listen.n;
    int64_t port;

    while (colon && listen.p[colon - 1] != ':')
        colon--;
    if (colon < 2 || colon - 1 >= sizeof ret->name || str_parse_int(str_sub(listen, colon, listen.n), 0, 65535, &port))
        return false;
    struct address a = {.name = ""};
    memcpy(a.name, listen.p, colon - 1);
    if (strcmp(a.name, "[::1]") == 0) {
        a.at.v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    } else {
        a.at.v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        if (inet_pton(AF_INET, a.name, &a.at.v4.sin_addr) != 1 || ntohl(a.at.v4.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET)
            return false;
    }
    *ret = a;
    return true;
}

bool agent_listen_is_local(struct str listen)
{
    struct address a;

    return address_read(listen, &a);
}

/* ---- one request ---- */

struct talk {
    struct arena *arena;
    struct buf body;
    bool is_too_large;
};

static struct str header(struct MHD_Connection *c, const char *name)
{
    return str_of(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

static void put(struct MHD_Response *r, const char *name, const char *value)
{
    if (MHD_add_response_header(r, name, value) != MHD_YES)
        BUG("a header cannot be set: %s", name);
}

/* What lets a page of another address read the answer (CORS), and a page of the internet ask a private address at all
 * (Private Network Access): only for origins that were named when the agent was started. */
static void put_headers(struct arena *a, struct MHD_Connection *c, struct MHD_Response *r, const struct agent_answer *answer)
{
    put(r, "Vary", "Origin");
    put(r, "Cache-Control", "no-store");
    put(r, "X-Content-Type-Options", "nosniff");
    if (answer->body.n)
        put(r, "Content-Type", "application/json; charset=utf-8");
    if (!answer->is_for_origin)
        return;
    put(r, "Access-Control-Allow-Origin", str_z(a, header(c, "Origin")));
    if (answer->status != MHD_HTTP_NO_CONTENT)
        return;
    put(r, "Access-Control-Allow-Methods", "GET, POST");
    put(r, "Access-Control-Allow-Headers", "Authorization, Content-Type");
    put(r, "Access-Control-Max-Age", "600");
    if (str_eq(header(c, "Access-Control-Request-Private-Network"), STR("true")))
        put(r, "Access-Control-Allow-Private-Network", "true");
}

static enum MHD_Result reply(struct agent *g, struct talk *t, struct MHD_Connection *c, const char *url, const char *method)
{
    struct agent_request rq = {
        .method = str_of(method), .path = str_of(url), .host = header(c, "Host"), .origin = header(c, "Origin"), .authorization = header(c, "Authorization"),
        .content_type = header(c, "Content-Type"), .body = buf_str(&t->body), .is_too_large = t->is_too_large,
    };
    struct agent_answer answer;

    /* A person may take minutes to say yes: the connection must not be called idle for that. */
    MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, 0u);
    agent_answer(g, t->arena, &rq, &answer);
    MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)IDLE_SECONDS);
    struct MHD_Response *r = MHD_create_response_from_buffer(answer.body.n, (void *)(uintptr_t)answer.body.p, MHD_RESPMEM_MUST_COPY);
    if (!r)
        BUG("out of memory");
    put_headers(t->arena, c, r, &answer);
    enum MHD_Result result = MHD_queue_response(c, (unsigned)answer.status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url, const char *method, const char *version, const char *data, size_t *size,
                                  void **context)
{
    struct talk *t = *context;

    (void)version;
    if (!t) {
        struct arena *a = arena_new(REQUEST_MEMORY);
        t = ARENA_NEW(a, struct talk);
        *t = (struct talk){.arena = a, .body = buf_in(a)};
        *context = t;
        return MHD_YES;
    }
    if (*size == 0)
        return reply(cls, t, c, url, method);
    t->is_too_large = t->is_too_large || t->body.n + *size > AGENT_BODY_MAX;
    if (!t->is_too_large)
        buf_put(&t->body, (struct str){data, *size});
    *size = 0;
    return MHD_YES;
}

static void on_end(void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode why)
{
    struct talk *t = *context;

    (void)cls;
    (void)c;
    (void)why;
    if (t)
        arena_free(t->arena);
    *context = NULL;
}

/* ---- serving ---- */

static void greet(struct agent *g)
{
    struct arena *a = arena_new(1 << 20);

    agent_say(g, a, WORD_AGENT_READY, &g->host[0], 1);
    for (size_t i = 0; i < g->origin_count; i++)
        agent_say(g, a, WORD_AGENT_FOR_ORIGIN, &g->origin[i], 1);
    for (size_t i = 0; i < g->key_count; i++) {
        struct sign_person who = sign_key_person(a, g->key[i].key);
        struct str value[] = {agent_clean(a, who.name), who.serial, str_sub(instant_iso(a, who.not_after), 0, 10)};
        agent_say(g, a, WORD_AGENT_CERTIFICATE, value, 3);
    }
    arena_free(a);
    agent_code_new(g);
}

void agent_signals_catch(void)
{
    struct sigaction end = {.sa_handler = on_signal};

    sigemptyset(&end.sa_mask);
    sigaction(SIGINT, &end, NULL);
    sigaction(SIGTERM, &end, NULL);
}

enum exit_status agent_serve(struct agent *g, struct str listen)
{
    struct address address;

    if (!address_read(listen, &address))
        BUG("it was not asked whether the address is local");
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL | (address.at.any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0u), 0, NULL, NULL, on_request, g,
                                                 MHD_OPTION_SOCK_ADDR, &address.at.any, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                                 MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    if (!daemon) {
        complain("cannot listen on %" PRIstr ": the port is taken", STR_ARG(listen));
        return EXIT_FAILED;
    }
    int port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    g->host[0] = str_format(g->arena, "%s:%d", address.name, port);
    g->host[1] = str_format(g->arena, "localhost:%d", port);
    greet(g);
    while (!ending && MHD_run_wait(daemon, ROUND_MILLISECONDS) == MHD_YES)
        ;
    MHD_stop_daemon(daemon);
    return EXIT_DONE;
}
