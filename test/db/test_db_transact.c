/* The promises of db_transact, on both engines. */
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.h"
#include "sql_probe.h"

/* Reads a counter and writes it plus one: lost updates would show. */
static enum err increment(struct db *tx, void *arg)
{
    struct q_counter_get row = {.n = 0};
    struct arena *a = arena_new(4096);
    enum err err = q_counter_get(tx, a, STR("all"), &row);
    int64_t *ret = arg;

    arena_free(a);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (ret)
        *ret = row.n + 1;
    return q_counter_set(tx, STR("all"), row.n + 1, NULL);
}

static int64_t counted(void)
{
    struct q_counter_get row;

    assert_err(q_counter_get(fixture.db, fixture.arena, STR("all"), &row), OK);
    return row.n;
}

struct item {
    int64_t id;
    const char *code;
    enum err answer;
};

static enum err add_item(struct db *tx, void *arg)
{
    const struct item *item = arg;
    enum err err = q_item_add(tx, item->id, str_of(item->code), NULL, NULL, NULL, NULL);

    return err ? err : item->answer;
}

static int64_t items(void)
{
    struct q_item_count row;

    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    return row.n;
}

/* ---- one at a time ---- */

static void a_refusing_work_is_rolled_back(void **state)
{
    struct item refused = {1, "A", ERR_FORBIDDEN}, kept = {2, "B", OK};

    (void)state;
    assert_err(db_transact(fixture.db, add_item, &refused), ERR_FORBIDDEN);
    assert_int_equal(db_why(fixture.db).n, 0); /* not the store's doing */
    assert_err(db_transact(fixture.db, add_item, &kept), OK);
    assert_int_equal(items(), 1);
}

static enum err part_of_nothing(struct db *tx, void *arg)
{
    (void)arg;
    return q_part_add(tx, 1, 404, NULL);
}

static enum err late_part_of_nothing(struct db *tx, void *arg)
{
    (void)arg;
    return q_late_part_add(tx, 1, 404, NULL);
}

static void rules_of_the_schema_are_conflicts(void **state)
{
    struct item first = {1, "A", OK}, same_id = {1, "B", OK}, same_code = {2, "A", OK},
                empty = {3, "", OK};

    (void)state;
    assert_err(db_transact(fixture.db, add_item, &first), OK);
    assert_err(db_transact(fixture.db, add_item, &same_id), ERR_CONFLICT);
    assert_err(db_transact(fixture.db, add_item, &same_code), ERR_CONFLICT);
    assert_err(db_transact(fixture.db, add_item, &empty), ERR_CONFLICT);
    assert_err(db_transact(fixture.db, part_of_nothing, NULL), ERR_CONFLICT);
    assert_err(db_transact(fixture.db, late_part_of_nothing, NULL),
               ERR_CONFLICT); /* found by the commit */
    assert_true(db_why(fixture.db).n > 0);
    assert_int_equal(items(), 1);
}

/* Swallows a conflict and goes on: on PostgreSQL nothing of it would stand, so nowhere. */
static enum err swallow(struct db *tx, void *arg)
{
    enum err *seen = arg;
    enum err err = q_item_add(tx, 1, STR("A"), NULL, NULL, NULL, NULL);

    if (!err)
        err = q_item_add(tx, 1, STR("again"), NULL, NULL, NULL, NULL);
    seen[0] = err;
    seen[1] = q_item_add(tx, 2, STR("B"), NULL, NULL, NULL, NULL);
    return OK;
}

static void a_broken_work_cannot_go_on(void **state)
{
    enum err seen[2];

    (void)state;
    assert_err(db_transact(fixture.db, swallow, seen), ERR_CONFLICT);
    assert_int_equal(seen[0], ERR_CONFLICT);
    assert_int_equal(seen[1], ERR_CONFLICT);
    assert_int_equal(items(), 0);
}

static enum err save_stale(struct db *tx, void *arg)
{
    int64_t changed = -1;
    enum err err = q_counter_save(tx, STR("engine"), 7, /* version= */ *(int64_t *)arg, &changed);

    if (err)
        return err;
    return changed == 0 ? ERR_STALE : OK;
}

static void a_stale_version_changes_nothing(void **state)
{
    int64_t version = 1;

    (void)state;
    assert_err(db_transact(fixture.db, save_stale, &version), OK);
    assert_err(db_transact(fixture.db, save_stale, &version), ERR_STALE);
    version = 2;
    assert_err(db_transact(fixture.db, save_stale, &version), OK);
}

static enum err reads_its_own(struct db *tx, void *arg)
{
    struct q_item_count row;
    struct item item = {1, "A", OK};
    enum err err = db_snapshot_begin(tx); /* changes nothing here */

    if (!err)
        err = add_item(tx, &item);
    if (!err)
        err = q_item_count(tx, fixture.arena, &row);
    db_snapshot_end(tx);
    *(int64_t *)arg = err ? -1 : row.n;
    return err;
}

static void a_work_sees_what_it_wrote(void **state)
{
    int64_t n = 0;

    (void)state;
    assert_err(db_transact(fixture.db, reads_its_own, &n), OK);
    assert_int_equal(n, 1);
    assert_int_equal(items(), 1);
}

static enum err nest_work(struct db *tx, void *arg)
{
    return db_transact(tx, nest_work, arg);
}

static void nest(struct db_pool *pool, int out)
{
    struct db *db;

    (void)out;
    if (db_open(pool, &db) == OK) {
        enum err err = db_transact(db, nest_work, NULL);
        (void)err;
    }
}

/* This program again, to do something that ends badly: its own process, pool and threads. */
static pid_t child_start(const char *what, int out)
{
    const char *address = str_z(fixture.arena, fixture.address);
    char number[16];

    snprintf(number, sizeof number, "%d", out);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "test_db_transact", what, address, number, (char *)NULL);
        _exit(1);
    }
    return child;
}

static void transactions_do_not_nest(void **state)
{
    int status = 0;

    (void)state;
    waitpid(child_start("nest", STDOUT_FILENO), &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

/* ---- many at a time ---- */

enum { THREADS = 16, TURNS = 40 };

struct runner {
    pthread_t thread;
    struct db_pool *pool;
    int number, wrong;
};

static void run_all(struct db_pool *first, struct db_pool *second, void *(*run)(void *),
                    struct runner *runner)
{
    for (int i = 0; i < THREADS; i++) {
        runner[i] = (struct runner){.pool = i % 2 ? second : first, .number = i};
        assert_int_equal(pthread_create(&runner[i].thread, NULL, run, &runner[i]), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(runner[i].thread, NULL);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(runner[i].wrong, 0);
}

static void *run_increments(void *arg)
{
    struct runner *r = arg;
    struct db *db;
    int64_t last = 0, now;

    if (db_open(r->pool, &db)) {
        r->wrong++;
        return NULL;
    }
    for (int i = 0; i < TURNS; i++) {
        r->wrong += db_transact(db, increment, &now) != OK;
        r->wrong += now <= last; /* what is acknowledged is never overtaken */
        last = now;
    }
    db_close(db);
    return NULL;
}

static void no_increment_is_lost(void **state)
{
    struct runner runner[THREADS];

    (void)state;
    run_all(fixture.pool, fixture.pool, run_increments, runner);
    assert_int_equal(counted(), THREADS * TURNS);
}

/* Two pools on one store are as two processes: groups lose races against each other. */
static void nor_between_processes(void **state)
{
    struct runner runner[THREADS];
    struct db_pool *other;

    (void)state;
    assert_err(db_pool_open(fixture.address, &other), OK);
    run_all(fixture.pool, other, run_increments, runner);
    db_pool_close(other);
    assert_int_equal(counted(), THREADS * TURNS);
}

/* Every third refuses, every fifth wants the same code, every seventh fails only at the commit. */
static enum err mixed(struct db *tx, void *arg)
{
    int64_t n = *(int64_t *)arg;
    char code[32] = "same";

    if (n % 5)
        snprintf(code, sizeof code, "%d", (int)n);
    enum err err = q_item_add(tx, n, str_of(code), NULL, NULL, NULL, NULL);
    if (!err && n % 3 == 0)
        err = ERR_FORBIDDEN;
    if (!err && n % 7 == 0)
        err = q_late_part_add(tx, n, -1, NULL);
    return err;
}

static bool mixed_may_stand(int64_t n)
{
    return n % 3 && n % 7;
}

static void *run_mixed(void *arg)
{
    struct runner *r = arg;
    struct db *db;

    if (db_open(r->pool, &db)) {
        r->wrong++;
        return NULL;
    }
    for (int64_t i = 0; i < TURNS; i++) {
        int64_t n = r->number * TURNS + i;
        enum err err = db_transact(db, mixed, &n);
        struct q_item_get row;
        struct arena *a = arena_new(65536);
        bool there = q_item_get(db, a, n, &row) == OK;
        arena_free(a);
        r->wrong += there != (err == OK);
        r->wrong += err != OK && err != ERR_FORBIDDEN && err != ERR_CONFLICT;
        r->wrong += err == OK && !mixed_may_stand(n);
        r->wrong += err != OK && mixed_may_stand(n) && n % 5 != 0;
    }
    db_close(db);
    return NULL;
}

static void works_of_a_group_do_not_touch_each_other(void **state)
{
    struct runner runner[THREADS];
    int64_t want = 1; /* of those with the same code */

    (void)state;
    for (int64_t n = 0; n < THREADS * TURNS; n++)
        want += mixed_may_stand(n) && n % 5 != 0;
    run_all(fixture.pool, fixture.pool, run_mixed, runner);
    assert_int_equal(items(), want);
}

/* ---- durable ---- */

static void *acknowledge(void *arg)
{
    struct runner *r = arg;
    struct db *db;
    int out = r->wrong; /* the pipe */

    if (db_open(r->pool, &db))
        return NULL;
    for (int64_t i = 1;; i++) {
        char code[32];
        struct item item = {r->number * 1000000 + i, code, OK};
        snprintf(code, sizeof code, "%d-%d", r->number, (int)i);
        if (db_transact(db, add_item, &item) ||
            write(out, &item.id, sizeof item.id) != sizeof item.id)
            return NULL;
    }
}

static void write_until_killed(struct db_pool *pool, int out)
{
    struct runner runner[THREADS];

    for (int i = 0; i < THREADS; i++) {
        runner[i] = (struct runner){.pool = pool, .number = i, .wrong = out};
        if (pthread_create(&runner[i].thread, NULL, acknowledge, &runner[i]))
            _exit(1);
    }
    for (;;)
        pause();
}

static void what_is_acknowledged_survives_a_kill(void **state)
{
    enum { ENOUGH = 400 };
    int ends[2], acknowledged = 0;
    int64_t id;
    struct q_item_get row;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = child_start("write", ends[1]);
    close(ends[1]);
    while (read(ends[0], &id, sizeof id) == sizeof id) {
        if (++acknowledged == ENOUGH)
            kill(child, SIGKILL); /* what is in the pipe is read to its end */
        assert_err(q_item_get(fixture.db, fixture.arena, id, &row), OK);
    }
    close(ends[0]);
    waitpid(child, NULL, 0);
    assert_true(acknowledged >= ENOUGH);
    assert_err(db_transact(fixture.db, increment, NULL), OK); /* and the store goes on */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

static const struct CMUnitTest TESTS[] = {
    TEST(a_refusing_work_is_rolled_back),
    TEST(rules_of_the_schema_are_conflicts),
    TEST(a_broken_work_cannot_go_on),
    TEST(a_stale_version_changes_nothing),
    TEST(a_work_sees_what_it_wrote),
    TEST(transactions_do_not_nest),
    TEST(no_increment_is_lost),
    TEST(nor_between_processes),
    TEST(works_of_a_group_do_not_touch_each_other),
    TEST(what_is_acknowledged_survives_a_kill),
};

int main(int argc, char **argv)
{
    struct db_pool *pool;
    int64_t out;

    if (argc != 4)
        return FIXTURE_RUN(TESTS);
    if (str_parse_int(str_of(argv[3]), 0, 1024, &out) || db_pool_open(str_of(argv[2]), &pool))
        return 1;
    if (!freopen("/dev/null", "w", stderr)) /* what it ends with is expected */
        return 1;
    (strcmp(argv[1], "nest") == 0 ? nest : write_until_killed)(pool, (int)out);
    return 1;
}
