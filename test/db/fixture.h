/* fixture.h - runs one suite on both engines: SQLite in a folder of its own, and the PostgreSQL
 * that MOTCUA_TEST_PG names (test/pg/with-postgres starts a private one). */
#ifndef TEST_STORE_FIXTURE_H
#define TEST_STORE_FIXTURE_H

#include "db/db.h"

struct fixture {
    struct arena *arena;
    struct str address; /* of the store */
    struct str folder;  /* for files of the test */
    struct db_pool *pool;
    struct db *db;
};
extern struct fixture fixture;

/* Of the engine being tested; false: there is none. */
bool fixture_begin(enum db_engine engine);
void fixture_end(void);

/* Runs an array of tests on each engine there is; says what is skipped. */
#define FIXTURE_RUN(tests)                                                                         \
    (FIXTURE_ON(DB_SQLITE, "sqlite", tests) + FIXTURE_ON(DB_POSTGRES, "postgres", tests))
#define FIXTURE_ON(engine, name, tests)                                                            \
    (cmocka_set_message_output(CM_OUTPUT_TAP),                                                     \
     fixture_begin(engine)                                                                         \
         ? fixture_ended(cmocka_run_group_tests_name(name, tests, NULL, NULL))                     \
         : (printf("1..1\nok 1 - postgres # SKIP MOTCUA_TEST_PG names no server\n"), 0))
int fixture_ended(int failed); /* fixture_end, then `failed` */

/* cmocka's setup and teardown of each test: an open store with the tables of 0001-probe.sql. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Runs a script of test/db as a work. */
enum err fixture_script(struct db *db, const struct sql_script *script) MUST_CHECK;

/* Does `run` end the process by BUG? */
bool fixture_aborts(void (*run)(void));

#endif
