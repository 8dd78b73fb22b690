/* motcua job - what comes by itself. */
#include "app/job.h"

#include <pthread.h>

#include "acts/absence.h"
#include "acts/cache.h"
#include "acts/certificate.h"
#include "acts/document_sign.h"
#include "acts/document_task.h"
#include "acts/exchange.h"
#include "acts/peer.h"
#include "acts/work.h"
#include "base/log.h"
#include "link/axis.h"
#include "link/fetch.h"
#include "link/file_words.h"
#include "app/sign.h"
#include "app/trust.h"
#include "sql_session.h"

enum { WORK_GROUP = 100, WORDS_GROUP = 4, EXCHANGE_GROUP = 4, AXIS_SECONDS = 15, ROUND_BYTES = 256 * 1024 * 1024, PAUSE_SECONDS = 5 };

/* ---- the jobs ---- */

static enum err sweep_in_transaction(struct db *tx, void *arg)
{
    struct ctx *ctx = arg;
    struct str now = instant_iso(ctx->arena, ctx->now);
    enum err err = q_session_sweep(tx, now, NULL);

    return err ? err : q_throttle_sweep(tx, now, NULL);
}

static enum err sweep(struct ctx *ctx, int64_t *ret_done)
{
    *ret_done = 0;
    return db_transact(ctx->db, sweep_in_transaction, ctx);
}

/* One group; what is left is for the next round, so that a long list holds nobody up. */
static enum err work(struct ctx *ctx, int64_t *ret_done)
{
    return act_work_due(ctx, WORK_GROUP, ret_done);
}

static enum err cover(struct ctx *ctx, int64_t *ret_done)
{
    return act_absence_cover(ctx, WORK_GROUP, ret_done);
}

static enum err post(void *arg, struct arena *a, struct str url, struct str form, struct str *ret_answer)
{
    struct fetch question = {.url = url, .content_type = STR("application/x-www-form-urlencoded"), .body = form};

    (void)arg;
    return link_fetch(a, &question, ret_answer);
}

static enum err send(struct ctx *ctx, int64_t *ret_done)
{
    static const struct peer_sender SENDER = {post, NULL};

    return act_outbox_send(ctx, &SENDER, WORK_GROUP, ret_done);
}

/* To another installation, or to an axis. */
static enum err bring(void *arg, struct arena *a, const struct q_exchange_out_due *to, struct str bytes, struct str *ret_receipt, struct str *ret_refused)
{
    struct fetch question = {.url = str_format(a, "%" PRIstr "%s", STR_ARG(to->address), str_eq(to->line, STR("axis")) ? "/gui" : "/api/1/van-ban")};
    struct str answer;

    exchange_form(a, arg, to, bytes, &question.content_type, &question.body);
    enum err err = link_fetch(a, &question, &answer);
    return err ? err : exchange_answer(a, answer, ret_receipt, ret_refused);
}

static enum err exchange(struct ctx *ctx, int64_t *ret_done)
{
    struct exchange_line line = {bring, ctx->random};
    int64_t done;
    enum err err = act_exchange_send(ctx, &line, EXCHANGE_GROUP, &done);

    if (!err)
        *ret_done = done == EXCHANGE_GROUP ? WORK_GROUP : 0;
    return err;
}

static struct axis axis_of(const struct q_exchange_axes *from)
{
    return (struct axis){from->address, from->own_code, from->secret};
}

static enum err waiting_at(void *arg, struct arena *a, const struct q_exchange_axes *from, struct str **ret_id, size_t *ret_count)
{
    const struct ctx *ctx = arg;
    struct axis axis = axis_of(from);

    return axis_list(a, &axis, instant_iso(a, ctx->now), ret_id, ret_count);
}

static enum err get_from(void *arg, struct arena *a, const struct q_exchange_axes *from, struct str id, struct str *ret_bytes)
{
    struct axis axis = axis_of(from);

    (void)arg;
    return axis_get(a, &axis, id, ret_bytes);
}

static enum err done_with(void *arg, struct arena *a, const struct q_exchange_axes *from, struct str id, struct str refused)
{
    struct axis axis = axis_of(from);

    (void)arg;
    return axis_done(a, &axis, id, refused);
}

static enum err fetch_axes(struct ctx *ctx, int64_t *ret_done)
{
    struct exchange_axis axis = {waiting_at, get_from, done_with, ctx};
    int64_t done;
    enum err err = act_exchange_fetch(ctx, &axis, EXCHANGE_GROUP, &done);

    if (!err)
        *ret_done = done >= EXCHANGE_GROUP ? WORK_GROUP : 0;
    return err;
}

static enum err remind(struct ctx *ctx, int64_t *ret_done)
{
    return act_task_remind(ctx, WORK_GROUP, ret_done);
}

static enum err warn(struct ctx *ctx, int64_t *ret_done)
{
    return act_certificate_warn(ctx, WORK_GROUP, ret_done);
}

/* Few at a time: a file may be large, and reading a PDF takes a process of its own. */
static enum err words(struct ctx *ctx, int64_t *ret_done)
{
    static const struct document_reader READER = {link_file_words, NULL};
    int64_t done;
    enum err err = act_document_read_words(ctx, &READER, WORDS_GROUP, &done);

    if (!err)
        *ret_done = done == WORDS_GROUP ? WORK_GROUP : 0; /* a full group: there may be more */
    return err;
}

static enum err unsigned_left(struct ctx *ctx, int64_t *ret_done)
{
    return act_document_signing_sweep(ctx, WORK_GROUP, ret_done);
}

static const struct job {
    const char *name, *what;
    int every_seconds;
    enum err (*run)(struct ctx *ctx, int64_t *ret_done);
} JOBS[] = {
    {"work", "timers of processes, reminders, word to those above", PAUSE_SECONDS, work},
    {"cover", "gives the cover what those who are away have in hand", PAUSE_SECONDS, cover},
    {"send", "sends what waits for other installations", PAUSE_SECONDS, send},
    {"exchange", "brings documents and statuses to agencies outside", PAUSE_SECONDS, exchange},
    {"fetch", "fetches what waits for us at document axes", AXIS_SECONDS, fetch_axes},
    {"remind", "reminds of tasks whose day is near or has passed", 3600, remind},
    {"warn", "tells of certificates that end in 60, 30 and 7 days", 3600, warn},
    {"words", "reads the words of files, so that documents are found by them", PAUSE_SECONDS, words},
    {"unsigned", "forgets what was prepared to be signed and was not", 600, unsigned_left},
    {"sweep", "forgets sessions that have expired and throttles that are over", 3600, sweep},
};
enum { JOBS_COUNT = sizeof JOBS / sizeof JOBS[0] };

/* ---- beside the requests ---- */

struct job_runner {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    struct db *db;
    struct cache *cache;
    struct random random;
    struct arena *arena;
    struct job_setup setup;
};

static bool stopping(struct job_runner *r)
{
    pthread_mutex_lock(&r->lock);
    bool yes = r->stopping;
    pthread_mutex_unlock(&r->lock);
    return yes;
}

/* Until nothing is due; a failure is logged, and the next round tries again. */
static void run(struct job_runner *r, const struct job *job)
{
    int64_t done = WORK_GROUP;
    enum err err = OK;

    while (!err && done == WORK_GROUP && !stopping(r)) {
        struct arena *a = arena_new(ROUND_BYTES);
        struct ctx ctx = {.arena = a, .db = r->db, .now = r->setup.now(r->setup.now_arg), .lang = LANG_VI, .random = &r->random,
                          .cache = r->cache, .trusted = r->setup.trusted, .seal = r->setup.seal};
        err = actor_load(&ctx, STR("he-thong"), &ctx.actor);
        if (!err)
            err = job->run(&ctx, &done);
        arena_free(a);
    }
    if (err)
        log_line(LOG_LEVEL_ERROR, "job %s: %s", job->name, err_name(err));
}

static void pause_for(struct job_runner *r, int seconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&r->lock);
    while (!r->stopping && pthread_cond_timedwait(&r->wake, &r->lock, &until) == 0)
        ;
    pthread_mutex_unlock(&r->lock);
}

static void *rounds(void *arg)
{
    struct job_runner *r = arg;
    int elapsed[JOBS_COUNT] = {0};

    while (!stopping(r)) {
        for (int i = 0; i < JOBS_COUNT; i++) {
            if (elapsed[i] <= 0) {
                run(r, &JOBS[i]);
                elapsed[i] = JOBS[i].every_seconds;
            }
            elapsed[i] -= PAUSE_SECONDS;
        }
        pause_for(r, PAUSE_SECONDS);
    }
    return NULL;
}

enum err job_runner_start(const struct job_setup *setup, struct job_runner **ret)
{
    struct db *db;
    enum err err = db_open(setup->pool, &db);

    if (err)
        return err;
    struct arena *a = arena_new(1024 * 1024);
    struct job_runner *r = ARENA_NEW(a, struct job_runner);
    *r = (struct job_runner){.db = db, .cache = cache_new(), .arena = a, .setup = *setup};
    random_open(&r->random);
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, NULL);
    if (pthread_create(&r->thread, NULL, rounds, r)) {
        cache_free(r->cache);
        db_close(db);
        arena_free(a);
        return ERR_LIMIT;
    }
    *ret = r;
    return OK;
}

void job_runner_stop(struct job_runner *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->stopping = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    cache_free(r->cache);
    db_close(r->db);
    arena_free(r->arena);
}

/* ---- the command ---- */

static const struct job *job_find(struct str name)
{
    for (int i = 0; i < JOBS_COUNT; i++)
        if (str_eq(name, str_of(JOBS[i].name)))
            return &JOBS[i];
    return NULL;
}

static enum exit_status usage(void)
{
    complain("usage: motcua job list | job run NAME [--clock LOCAL-TIME]");
    return EXIT_USAGE;
}

static enum exit_status run_now(struct session *s, const struct job *job, struct str clock)
{
    const struct zone *zone;
    int64_t done = WORK_GROUP, sum = 0;
    enum err err = OK;

    if (clock.n && (zone_open(STR("Asia/Ho_Chi_Minh"), &zone) || !time_typed(clock, zone, &s->ctx.now))) {
        complain("--clock must be a time like 2018-03-01T07:30");
        return EXIT_USAGE;
    }
    while (!err && done == WORK_GROUP) {
        err = job->run(&s->ctx, &done);
        sum += done;
    }
    printf("%s: %lld\n", job->name, (long long)sum);
    return complain_err("the job failed", err, s->db);
}

enum exit_status command_job(struct args *args)
{
    struct str address = store_address(args), verb, name, clock = STR(""), trust = STR("");
    struct sign_key_asked seal = {.token = STR("")};
    struct sign_trusted *trusted;
    struct sign_key *key;
    struct session s;

    args_option(args, "--clock", &clock);
    args_option(args, "--trust", &trust);
    sign_key_options(args, &seal);
    if (!args_word(args, &verb))
        return usage();
    if (str_eq(verb, STR("list"))) {
        for (int i = 0; i < JOBS_COUNT; i++)
            printf("%-8s %s\n", JOBS[i].name, JOBS[i].what);
        return EXIT_DONE;
    }
    const struct job *job = str_eq(verb, STR("run")) && args_word(args, &name) ? job_find(name) : NULL;
    if (!job || !args_done(args))
        return usage();
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    if (trust.n && !(status = trust_load(s.arena, trust, &trusted)))
        s.ctx.trusted = trusted;
    if (!status && (seal.token.n || seal.p12.n) && !(status = sign_open_key(s.arena, &seal, &key)))
        s.ctx.seal = key;
    if (!status)
        status = run_now(&s, job, clock);
    session_close(&s);
    return status;
}
