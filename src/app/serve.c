/* motcua serve - the server. */
#include <pthread.h>
#include <signal.h>

#include "acts/cache.h"
#include "app/command.h"
#include "app/demo.h"
#include "app/job.h"
#include "app/sign.h"
#include "app/trust.h"
#include "base/log.h"
#include "http/http.h"
#include "sign/sign.h"
#include "sql_journal.h"
#include "web/app.h"

/* The clock that the pages see: the machine's, or one that starts elsewhere and runs as fast, so
 * that the demonstration city lives in its own quarter. */
struct serving_clock {
    int64_t shift_ms;
};

static struct instant serving_now(void *arg)
{
    const struct serving_clock *c = arg;

    return (struct instant){clock_now().ms + c->shift_ms};
}

/* A shifted clock never runs behind what is already recorded. */
static enum exit_status clock_set(struct session *s, struct instant wanted, struct serving_clock *c)
{
    struct q_journal_recent *last;
    size_t count;
    struct instant recorded;
    enum err err = q_journal_recent(s->db, s->arena, NULL, INT64_MAX, 1, &last, &count);

    if (err)
        return complain_err("cannot read the journal", err, s->db);
    if (count && !instant_parse(last[0].recorded_at, &recorded) && instant_cmp(recorded, wanted) >= 0)
        wanted.ms = recorded.ms + 1000;
    c->shift_ms = wanted.ms - clock_now().ms;
    return EXIT_DONE;
}

struct serve_options {
    struct str address, listen, workers, clock, base, trust;
    struct sign_trusted *trusted;
    struct sign_key_asked seal_asked;
    struct sign_key *seal;
    struct str tsa, agent_port;
    struct sign_stamper stamper;
    bool demo, has_clock, has_workers;
};

static enum exit_status wait_for_end(void)
{
    sigset_t ends;
    int signal_number;

    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    while (sigwait(&ends, &signal_number) != 0)
        ;
    log_line(LOG_LEVEL_INFO, "stopping");
    return EXIT_DONE;
}

static enum exit_status serve(struct session *s, const struct serve_options *o, struct serving_clock *clock)
{
    struct web_setup setup = {.pool = s->pool, .now = serving_now, .now_arg = clock, .public_base = o->base, .trusted = o->trusted,
                              .stamper = o->tsa.n ? &o->stamper : NULL};
    struct http_app app = web_app(&setup);
    struct http_options options = {.listen = o->listen};
    struct http_server *server;
    int64_t workers = 0, agent_port = WEB_AGENT_PORT;

    if (o->has_workers && str_parse_int(o->workers, 1, 1000, &workers)) {
        complain("--workers must be a number from 1 to 1000");
        return EXIT_USAGE;
    }
    if (o->agent_port.n && str_parse_int(o->agent_port, 1, 65535, &agent_port)) {
        complain("--agent-port must be a port: that of the signing agents");
        return EXIT_USAGE;
    }
    setup.agent_port = (int)agent_port;
    options.workers = (int)workers;
    enum err err = http_start(&app, &options, &server);
    if (err) {
        complain("cannot listen on %" PRIstr ": the address is taken or not ours", STR_ARG(o->listen));
        web_app_close(&app);
        return EXIT_FAILED;
    }
    size_t colon = o->listen.n;
    while (colon && o->listen.p[colon - 1] != ':')
        colon--;
    fprintf(stderr, "Một Cửa: http://%.*s%d/\n", (int)colon, o->listen.p, http_port(server));
    if (o->demo)
        demo_accounts_print();
    struct job_runner *jobs = NULL;
    const struct job_setup work = {.pool = s->pool, .now = serving_now, .now_arg = clock, .trusted = o->trusted, .seal = o->seal};
    err = job_runner_start(&work, &jobs);
    enum exit_status status = err ? complain_err("cannot start the jobs", err, NULL) : wait_for_end();
    job_runner_stop(jobs);
    http_stop(server);
    web_app_close(&app);
    return status;
}

enum exit_status command_serve(struct args *args)
{
    struct serve_options o = {.address = store_address(args), .listen = STR("127.0.0.1:8080"), .base = STR("")};
    struct serving_clock clock = {0};
    struct session s;
    sigset_t ends;

    args_option(args, "--listen", &o.listen);
    args_option(args, "--public-base", &o.base);
    args_option(args, "--trust", &o.trust);
    sign_key_options(args, &o.seal_asked);
    args_option(args, "--tsa", &o.tsa);
    args_option(args, "--agent-port", &o.agent_port);
    o.stamper = (struct sign_stamper){sign_ask_tsa, &o.tsa};
    o.has_workers = args_option(args, "--workers", &o.workers);
    o.has_clock = args_option(args, "--clock", &o.clock);
    o.demo = args_flag(args, "--demo");
    if (!args_done(args))
        return EXIT_USAGE;
    /* Blocked before any thread starts, so that every thread leaves them to sigwait. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    enum exit_status status = session_open(&s, o.address, STORE_FILLED, false);
    if (status)
        return status;
    if (o.demo && !o.has_clock) {
        o.clock = STR(DEMO_CLOCK);
        o.has_clock = true;
    }
    const struct zone *zone;
    struct instant wanted;
    if (o.has_clock && (zone_open(STR("Asia/Ho_Chi_Minh"), &zone) || !time_typed(o.clock, zone, &wanted))) {
        complain("--clock must be a time like 2018-03-01T07:30");
        status = EXIT_USAGE;
    } else if (o.has_clock) {
        status = clock_set(&s, wanted, &clock);
    }
    if (!status && o.trust.n)
        status = trust_load(s.arena, o.trust, &o.trusted);
    if (!status && (o.seal_asked.token.n || o.seal_asked.p12.n))
        status = sign_open_key(s.arena, &o.seal_asked, &o.seal);
    if (!status)
        status = serve(&s, &o, &clock);
    session_close(&s);
    return status;
}
