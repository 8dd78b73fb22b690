/* Every statement of the program is prepared on both engines, on the schema that the migrations
 * make: a slip of dialect, a wrong count or kind is found here. */
#include "test.h"

#include <unistd.h>

#include "db/db.h"
#include "db/sql.h"
#include "sql_all.h"
#include "store/migrate.h"

static struct arena *arena;

static void prepare_all(struct str address)
{
    struct db_pool *pool;
    struct db *db;
    struct migration_report report;
    int refused = 0;

    assert_err(db_pool_open(address, &pool), OK);
    assert_err(db_open(pool, &db), OK);
    enum err err =
        store_migrate(db, arena, (struct instant){INT64_C(1521000000000)}, false, &report);
    if (err)
        print_message("%" PRIstr "\n", STR_ARG(report.why));
    assert_int_equal(err, OK);
    for (int i = 0; i < SQL__COUNT; i++)
        if (db_prepare(db, SQL_ALL[i])) {
            print_message("# %" PRIstr "\n", STR_ARG(db_why(db)));
            refused++;
        }
    db_close(db);
    db_pool_close(pool);
    assert_int_equal(refused, 0);
}

static void sqlite_takes_them(void **state)
{
    char folder[] = "/tmp/motcua-statements-XXXXXX", command[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    prepare_all(str_format(arena, "sqlite:%s/test.db", folder));
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

static void postgres_takes_them(void **state)
{
    const char *server = getenv("MOTCUA_TEST_PG");

    (void)state;
    if (!server) {
        print_message("# MOTCUA_TEST_PG names no server\n");
        skip();
    }
    prepare_all(str_of(server));
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(sqlite_takes_them),
        cmocka_unit_test(postgres_takes_them),
    };

    arena = arena_new(1 << 24);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = cmocka_run_group_tests_name("statements", TESTS, NULL, NULL);
    arena_free(arena);
    return failed;
}
