#include "world.h"

#include <unistd.h>

#include "acts/base_data.h"
#include "acts/cache.h"
#include "acts/verify.h"
#include "acts/people.h"
#include "db/sql.h"
#include "sql_journal.h"
#include "sql_procedure.h"
#include "sql_unit.h"
#include "store/migrate.h"

enum { WORLD_BYTES = 1024 * 1024 * 1024 };

static struct world the_world;

struct world *world(void)
{
    return &the_world;
}

/* ---- opening ---- */

static bool file_find(struct str path, struct str *ret)
{
    char name[512], *text;
    long size;

    snprintf(name, sizeof name, SOURCE_ROOT "/data/%" PRIstr, STR_ARG(path));
    FILE *f = fopen(name, "rb");
    if (!f)
        return false;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    text = ARENA_ARRAY(the_world.arena, char, (size_t)size);
    size_t n = fread(text, 1, (size_t)size, f);
    fclose(f);
    *ret = (struct str){text, n};
    return true;
}

static const struct sql_script EMPTY = {"empty", "DROP SCHEMA public CASCADE; CREATE SCHEMA public;", ""};

/* The last suite may have left its tables. */
static enum err empty_in_transaction(struct db *tx, void *arg)
{
    (void)arg;
    return db_script(tx, &EMPTY);
}

static void now_set(struct world *w)
{
    assert_err(instant_parse(STR("2018-04-02T01:00:00.000Z"), &w->ctx.now), OK); /* a Monday, 08:00 there */
}

static int world_open(void **state)
{
    struct world *w = &the_world;
    const char *pg = *state;
    struct migration_report report;
    struct fault fault = {.why = STR("")};

    w->arena = arena_new(WORLD_BYTES);
    random_open_seeded(&w->random, 1);
    if (!pg)
        snprintf(w->path, sizeof w->path, "/tmp/motcua-world-%ld.db", (long)getpid());
    struct str address = pg ? str_of(pg) : str_format(w->arena, "sqlite:%s", w->path);
    assert_err(db_pool_open(address, &w->pool), OK);
    assert_err(db_open(w->pool, &w->db), OK);
    if (pg)
        assert_err(db_transact(w->db, empty_in_transaction, NULL), OK);
    w->ctx = (struct ctx){.arena = w->arena, .db = w->db, .lang = LANG_VI, .random = &w->random, .cache = cache_new()};
    now_set(w);
    assert_err(store_migrate(w->db, w->arena, w->ctx.now, false, &report), OK);
    enum err err = base_data_load(&w->ctx, file_find, &fault);
    if (err)
        fail_msg("base data: %s: %.*s", err_name(err), STR_ARG(fault.why));
    *state = NULL;
    return 0;
}

static int world_close(void **state)
{
    struct world *w = &the_world;

    (void)state;
    cache_free(w->ctx.cache);
    db_close(w->db);
    db_pool_close(w->pool);
    arena_free(w->arena);
    if (w->path[0]) {
        char side[300];
        static const char *const ends[] = {"", "-wal", "-shm"};
        for (int i = 0; i < 3; i++) {
            snprintf(side, sizeof side, "%s%s", w->path, ends[i]);
            unlink(side);
        }
    }
    *w = (struct world){.pool = NULL};
    return 0;
}

static const char *pg_address;

static int open_sqlite(void **state)
{
    *state = NULL;
    return world_open(state);
}

static int open_postgres(void **state)
{
    *state = (void *)(uintptr_t)pg_address;
    return world_open(state);
}

void world_verify(void)
{
    char path[280];
    struct db_pool *pool;
    struct db *scratch;
    struct migration_report migrated;
    struct verify_report *report = ARENA_NEW(the_world.arena, struct verify_report);
    struct ctx ctx = world_system();

    snprintf(path, sizeof path, "/tmp/motcua-replay-%ld.db", (long)getpid());
    assert_err(db_pool_open(str_format(the_world.arena, "sqlite:%s", path), &pool), OK);
    assert_err(db_open(pool, &scratch), OK);
    assert_err(store_migrate(scratch, the_world.arena, ctx.now, false, &migrated), OK);
    enum err err = act_verify(&ctx, scratch, report);
    db_close(scratch);
    db_pool_close(pool);
    unlink(path);
    assert_err(err, OK);
    for (size_t i = 0; i < report->finding_count; i++)
        print_message("%.*s: %.*s\n", STR_ARG(report->finding[i].where), STR_ARG(report->finding[i].why));
    assert_int_equal(report->finding_count, 0);
}

int world_main(const char *name, const struct CMUnitTest *tests, size_t count)
{
    char on[128];

    cmocka_set_message_output(CM_OUTPUT_TAP);
    snprintf(on, sizeof on, "%s on SQLite", name);
    int failed = _cmocka_run_group_tests(on, tests, count, open_sqlite, world_close);
    pg_address = getenv("MOTCUA_TEST_PG");
    if (pg_address && *pg_address) {
        snprintf(on, sizeof on, "%s on PostgreSQL", name);
        failed += _cmocka_run_group_tests(on, tests, count, open_postgres, world_close);
    }
    return failed;
}

/* ---- actors and things ---- */

struct ctx world_system(void)
{
    struct ctx ctx = the_world.ctx;

    ctx.problems = (struct problems){.first = NULL};
    return ctx;
}

struct ctx world_as(struct str login)
{
    struct ctx ctx = world_system();

    assert_err(actor_load(&ctx, login, &ctx.actor), OK);
    return ctx;
}

int64_t world_unit(const char *code)
{
    struct q_unit_by_code_any unit;

    assert_err(q_unit_by_code_any(the_world.db, the_world.arena, str_of(code), &unit), OK);
    return unit.id;
}

int64_t world_field(const char *code)
{
    struct q_field_by_code field;

    assert_err(q_field_by_code(the_world.db, the_world.arena, str_of(code), &field), OK);
    return field.id;
}

int64_t world_procedure(const char *code)
{
    struct q_procedure_by_code procedure;

    assert_err(q_procedure_by_code(the_world.db, the_world.arena, str_of(code), &procedure), OK);
    return procedure.id;
}

int64_t world_person(const char *login, const char *unit, const char *role)
{
    struct ctx ctx = world_system();
    struct act_person_add person = {.login = str_of(login), .name = STR("Nguyễn Văn Thử"), .unit = world_unit(unit)};

    assert_err(act_person_add(&person, &ctx), OK);
    if (role) {
        struct act_grant_add grant = {.person = person.id, .role = str_of(role), .unit = world_unit(unit),
                                      .valid_from = date_of(2018, 1, 1), .valid_to = DATE_NEVER};
        assert_err(act_grant_add(&grant, &ctx), OK);
    }
    return person.id;
}

struct instant world_at(const char *local)
{
    const struct zone *zone;
    struct local at;

    assert_err(zone_open(STR("Asia/Ho_Chi_Minh"), &zone), OK);
    assert_err(local_parse(str_of(local), &at), OK);
    return zone_instant(zone, at);
}

void world_now(const char *local)
{
    the_world.ctx.now = world_at(local);
}

struct q_dossier_by_id world_dossier(int64_t id)
{
    struct q_dossier_by_id d;

    assert_err(q_dossier_by_id(the_world.db, the_world.arena, id, &d), OK);
    return d;
}

struct act_on world_on(int64_t id, const char *note)
{
    return (struct act_on){.id = id, .note = str_of(note)};
}

int64_t world_receive(const char *ward, const char *procedure, int64_t case_no, const char *local)
{
    struct ctx ctx = world_system();
    struct act_receive act = {
        .unit = world_unit(ward),
        .procedure = world_procedure(procedure),
        .case_no = case_no,
        .channel = CHANNEL_COUNTER,
        .applicant = {.name = STR("Trần Thị Mẫu")},
        .sets = 1,
        .count = 1,
        .happened_at = world_at(local),
        .from_history = true,
    };

    assert_err(act_receive(&act, &ctx), OK);
    assert_int_equal(act.verdict.why, DOSSIER_ALLOWED);
    return act.received[0].id;
}

int64_t world_lines(void)
{
    struct q_journal_last last;

    assert_err(q_journal_last(the_world.db, the_world.arena, &last), OK);
    return last.pos;
}

bool world_problem(const struct ctx *ctx, const char *field)
{
    for (const struct problem *p = ctx->problems.first; p; p = p->next)
        if (strcmp(p->field, field) == 0)
            return true;
    return false;
}
