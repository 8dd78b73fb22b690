#include "app/command.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "acts/cache.h"
#include "sql_person.h"
#include "store/migrate.h"

enum { SESSION_BYTES = 1 << 30 };

void complain(const char *fmt, ...)
{
    va_list ap;

    fputs("motcua: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

enum exit_status complain_err(const char *what, enum err err, const struct db *db)
{
    struct str why = db ? db_why(db) : STR("");

    if (err == OK)
        return EXIT_DONE;
    complain("%s: %s%s%" PRIstr, what, word(LANG_EN, WORD_ERR_INVALID).n ? err_name(err) : "", why.n ? ": " : "",
             STR_ARG(why));
    return err == ERR_INVALID || err == ERR_NOT_FOUND || err == ERR_LIMIT ? EXIT_USAGE : EXIT_FAILED;
}

struct str store_address(struct args *args)
{
    struct str address;

    if (args_option(args, "--db", &address))
        return address;
    const char *env = getenv("MOTCUA_DB");
    return env && *env ? str_of(env) : STR("sqlite:motcua.db");
}

struct instant clock_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (struct instant){(int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

static enum exit_status migrate(struct session *s, bool may_migrate)
{
    struct migration_report report;
    enum err err = store_migrate(s->db, s->arena, clock_now(), true, &report);

    if (!err && report.known && report.pending_count && !may_migrate) {
        complain("the store is of an older version; make a backup and run 'motcua upgrade'");
        return EXIT_FAILED;
    }
    if (!err && report.pending_count)
        err = store_migrate(s->db, s->arena, clock_now(), false, &report);
    if (!err)
        return EXIT_DONE;
    complain("%" PRIstr, STR_ARG(report.why.n ? report.why : db_why(s->db)));
    return EXIT_FAILED;
}

static enum exit_status open_steps(struct session *s, struct str address, enum store_need need, bool may_migrate)
{
    if (db_pool_open(address, &s->pool)) {
        complain("cannot open the store %" PRIstr ": %" PRIstr, STR_ARG(address), STR_ARG(db_pool_why()));
        return EXIT_FAILED;
    }
    enum err err = db_open(s->pool, &s->db);
    if (err)
        return complain_err("cannot open the store", err, NULL);
    enum exit_status status = migrate(s, may_migrate);
    if (status)
        return status;
    random_open(&s->random);
    s->ctx = (struct ctx){.arena = s->arena, .db = s->db, .now = clock_now(), .lang = LANG_VI, .random = &s->random,
                          .cache = cache_new()};
    err = actor_load(&s->ctx, STR("he-thong"), &s->ctx.actor);
    if (err == ERR_NOT_FOUND && need == STORE_FILLED) {
        complain("the store is empty; run 'motcua init' or 'motcua demo' first");
        return EXIT_USAGE;
    }
    return err && err != ERR_NOT_FOUND ? complain_err("cannot read the store", err, s->db) : EXIT_DONE;
}

enum exit_status session_open(struct session *s, struct str address, enum store_need need, bool may_migrate)
{
    *s = (struct session){.arena = arena_new(SESSION_BYTES)};
    enum exit_status status = open_steps(s, address, need, may_migrate);
    if (status)
        session_close(s);
    return status;
}

void session_close(struct session *s)
{
    cache_free(s->ctx.cache);
    db_close(s->db);
    db_pool_close(s->pool);
    arena_free(s->arena);
    *s = (struct session){.arena = NULL};
}

bool time_typed(struct str text, const struct zone *zone, struct instant *ret)
{
    struct local local;
    struct date date;

    if (date_parse(text, &date) == OK) {
        *ret = zone_day_start(zone, date);
        return true;
    }
    if (local_parse(text, &local) == OK) {
        *ret = zone_instant(zone, local);
        return true;
    }
    return instant_parse_rfc3339(text, ret) == OK;
}

void say(struct str text)
{
    fwrite(text.p, 1, text.n, stdout);
    fputc('\n', stdout);
}

enum exit_status write_file(struct arena *a, struct str path, struct str bytes)
{
    FILE *f = fopen(str_z(a, path), "wb");
    bool written = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;

    if (f)
        written = fclose(f) == 0 && written;
    if (!written) {
        complain("cannot write %" PRIstr ": %s", STR_ARG(path), strerror(errno));
        return EXIT_FAILED;
    }
    return EXIT_DONE;
}
