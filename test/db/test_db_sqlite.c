/* What only SQLite has: a file, its log, its copy. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/sql.h"
#include "fixture.h"
#include "migrations.h"
#include "sql_probe.h"

static const char *path_of(const char *name)
{
    return str_z(fixture.arena,
                 str_format(fixture.arena, "%" PRIstr "/%s", STR_ARG(fixture.folder), name));
}

static struct str address_of(const char *name)
{
    return str_format(fixture.arena, "sqlite:%s", path_of(name));
}

static off_t size_of(const char *name)
{
    struct stat s;

    return stat(path_of(name), &s) == 0 ? s.st_size : -1;
}

static void the_file_is_private(void **state)
{
    static const char *const NAMES[] = {"test.db", "test.db-wal", "test.db-shm"};
    struct stat s;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(stat(path_of(NAMES[i]), &s), 0);
        assert_int_equal(s.st_mode & 0777, 0600);
    }
}

static void a_foreign_file_is_refused(void **state)
{
    struct db_pool *pool = NULL;
    FILE *file = fopen(path_of("letter.txt"), "w");

    (void)state;
    for (int i = 0; i < 100; i++)
        fputs("Kính gửi: Ủy ban nhân dân thành phố Biên Hòa\n", file);
    fclose(file);
    off_t size = size_of("letter.txt");
    assert_err(db_pool_open(address_of("letter.txt"), &pool), ERR_STORE);
    assert_null(pool);
    assert_true(str_find(db_pool_why(), STR("not a database")) != STR_NONE);
    assert_int_equal(size_of("letter.txt"), size); /* and left as it was */
}

static void memory_is_no_store(void **state)
{
    struct db_pool *pool = NULL;
    char old[4096];

    (void)state;
    assert_non_null(getcwd(old, sizeof old));
    assert_int_equal(chdir(path_of(".")), 0); /* ":memory:" becomes a file name there */
    assert_err(db_pool_open(STR("sqlite::memory:"), &pool), ERR_STORE);
    assert_null(pool);
    assert_int_equal(chdir(old), 0);
}

static enum err counter_set(struct db *tx, void *arg)
{
    return q_counter_set(tx, STR("n"), *(int64_t *)arg, NULL);
}

static void idle_the_log_is_cut_off(void **state)
{
    int64_t n = 1;

    (void)state;
    assert_err(db_transact(fixture.db, counter_set, &n), OK);
    assert_true(size_of("test.db-wal") > 0);
    for (int i = 0; i < 100 && size_of("test.db-wal") > 0; i++)
        usleep(100 * 1000);
    assert_int_equal(size_of("test.db-wal"), 0);
}

/* A store that is served is looked at, copied and verified by other processes. */
static void a_visitor_leaves_the_log(void **state)
{
    int64_t n = 2;
    pid_t child;
    int status;
    struct stat before, after;

    (void)state;
    assert_err(db_transact(fixture.db, counter_set, &n), OK);
    assert_int_equal(stat(path_of("test.db-wal"), &before), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execlp("sqlite3", "sqlite3", path_of("test.db"), ".output /dev/null", "SELECT n FROM probe_counter;", (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(stat(path_of("test.db-wal"), &after), 0); /* the last one out would have removed it */
    assert_int_equal(after.st_ino, before.st_ino);
}

static enum err add_large(struct db *tx, void *arg)
{
    static char bytes[1 << 20];
    struct str photo = {bytes, sizeof bytes};
    int64_t id = *(int64_t *)arg;

    return q_item_add(tx, id, str_of(id == 1 ? "một" : "hai"), NULL, &photo, NULL, NULL);
}

static void a_full_store_says_so(void **state)
{
    int64_t first = 1, second = 2, n = 5;
    struct q_item_count row;

    (void)state;
    assert_err(fixture_script(fixture.db, &MIGRATIONS[1]), OK);
    assert_err(db_transact(fixture.db, add_large, &first), ERR_STORE);
    assert_true(str_find(db_why(fixture.db), STR("full")) != STR_NONE);
    assert_err(db_transact(fixture.db, counter_set, &n), OK); /* what needs no room still works */
    assert_err(fixture_script(fixture.db, &MIGRATIONS[2]), OK);
    assert_err(db_transact(fixture.db, add_large, &second), OK);
    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    assert_int_equal(row.n, 1);
}

/* ---- backup ---- */

/* Two counters that are equal in every state of the store. */
static enum err pair_set(struct db *tx, void *arg)
{
    int64_t n = *(int64_t *)arg;
    enum err err = q_counter_set(tx, STR("left"), n, NULL);

    return err ? err : q_counter_set(tx, STR("right"), n, NULL);
}

static atomic_bool writing;

static void *write_pairs(void *arg)
{
    struct db *db;

    (void)arg;
    if (db_open(fixture.pool, &db))
        return NULL;
    for (int64_t n = 1; atomic_load(&writing); n++)
        if (db_transact(db, pair_set, &n))
            break;
    db_close(db);
    return NULL;
}

static void a_copy_is_one_state(void **state)
{
    pthread_t thread;
    struct db_pool *pool;
    struct db *db;
    struct q_counter_get left, right;

    (void)state;
    atomic_store(&writing, true);
    assert_int_equal(pthread_create(&thread, NULL, write_pairs, NULL), 0);
    usleep(100 * 1000);
    assert_err(db_backup(fixture.db, str_of(path_of("copy.db"))), OK);
    atomic_store(&writing, false);
    pthread_join(thread, NULL);
    assert_err(db_pool_open(address_of("copy.db"), &pool), OK);
    assert_err(db_open(pool, &db), OK);
    assert_err(q_counter_get(db, fixture.arena, STR("left"), &left), OK);
    assert_err(q_counter_get(db, fixture.arena, STR("right"), &right), OK);
    assert_true(left.n > 0);
    assert_int_equal(left.n, right.n);
    db_close(db);
    db_pool_close(pool);
}

static void a_copy_overwrites_nothing(void **state)
{
    FILE *file = fopen(path_of("there.db"), "w");
    struct stat s;

    (void)state;
    fclose(file);
    assert_err(db_backup(fixture.db, str_of(path_of("there.db"))), ERR_CONFLICT);
    assert_int_equal(size_of("there.db"), 0);
    assert_err(db_backup(fixture.db, STR("/nonexistent/folder/copy.db")), ERR_IO);
    assert_err(db_backup(fixture.db, str_of(path_of("private.db"))), OK);
    assert_int_equal(stat(path_of("private.db"), &s), 0);
    assert_int_equal(s.st_mode & 0777, 0600);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        TEST(the_file_is_private),       TEST(a_foreign_file_is_refused), TEST(memory_is_no_store),
        TEST(idle_the_log_is_cut_off),   TEST(a_full_store_says_so),      TEST(a_copy_is_one_state),
        TEST(a_copy_overwrites_nothing), TEST(a_visitor_leaves_the_log),
    };

    return FIXTURE_ON(DB_SQLITE, "sqlite", TESTS);
}
