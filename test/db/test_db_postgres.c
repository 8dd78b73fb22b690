/* What only PostgreSQL has: connections that break, and databases that do not fit. */
#include "test.h"

#include <libpq-fe.h>

#include "fixture.h"
#include "sql_probe.h"

/* The administrator's connection. */
static void administer(const char *text)
{
    PGconn *conn = PQconnectdb(str_z(fixture.arena, fixture.address));
    PGresult *r = PQexec(conn, text);
    ExecStatusType status = PQresultStatus(r);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        print_message("%s: %s", text, PQerrorMessage(conn));
    PQclear(r);
    PQfinish(conn);
    assert_true(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
}

static void cut_all(void)
{
    administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
               "WHERE pid <> pg_backend_pid() AND datname = current_database()");
}

static enum err add(struct db *tx, void *arg)
{
    int64_t *id = arg;

    return q_item_add(tx, *id, str_format(fixture.arena, "%d", (int)*id), NULL, NULL, NULL, NULL);
}

static int64_t items(void)
{
    struct q_item_count row;

    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    return row.n;
}

static void a_lost_connection_comes_back(void **state)
{
    int64_t id = 1;

    (void)state;
    assert_int_equal(items(), 0);
    assert_err(db_transact(fixture.db, add, &id), OK);
    cut_all();
    assert_int_equal(items(), 1); /* nobody notices: nothing was begun */
    id = 2;
    assert_err(db_transact(fixture.db, add, &id), OK);
    assert_int_equal(items(), 2);
    assert_err(q_item_add(fixture.db, 3, STR("c"), NULL, NULL, NULL, NULL),
               ERR_STORE); /* still a reader */
}

static enum err add_and_cut(struct db *tx, void *arg)
{
    enum err err = add(tx, arg);
    struct q_item_count row;

    if (err)
        return err;
    cut_all();
    return q_item_count(tx, fixture.arena, &row);
}

static void a_transaction_dies_with_its_connection(void **state)
{
    int64_t id = 1;

    (void)state;
    assert_err(db_transact(fixture.db, add_and_cut, &id), ERR_STORE);
    assert_int_equal(items(), 0);
    assert_err(db_transact(fixture.db, add, &id), OK);
    assert_int_equal(items(), 1);
}

static void a_snapshot_is_not_replaced_by_another(void **state)
{
    struct q_item_count row;

    (void)state;
    assert_err(db_snapshot_begin(fixture.db), OK);
    assert_int_equal(items(), 0);
    cut_all();
    assert_err(q_item_count(fixture.db, fixture.arena, &row), ERR_STORE);
    assert_err(q_item_count(fixture.db, fixture.arena, &row), ERR_STORE);
    db_snapshot_end(fixture.db);
    assert_int_equal(items(), 0);
}

static void unfit_databases_are_refused(void **state)
{
    static const struct {
        const char *make, *drop, *name;
    } CASES[] = {
        {"CREATE DATABASE probe_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'",
         "DROP DATABASE probe_ascii", "probe_ascii"},
        {"CREATE DATABASE probe_icu TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu "
         "ICU_LOCALE 'vi' LOCALE 'C.UTF-8'",
         "DROP DATABASE probe_icu", "probe_icu"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct db_pool *pool = NULL;
        size_t slash = str_find(fixture.address, STR("/motcua?"));
        assert_true(slash != STR_NONE); /* as test/pg/with-postgres makes it */
        struct str address = str_format(
            fixture.arena, "%" PRIstr "/%s%" PRIstr, STR_ARG(str_sub(fixture.address, 0, slash)),
            CASES[i].name, STR_ARG(str_sub(fixture.address, slash + 7, fixture.address.n)));
        administer(CASES[i].make);
        enum err err = db_pool_open(address, &pool);
        administer(CASES[i].drop);
        assert_err(err, ERR_STORE);
        assert_true(str_find(db_pool_why(), STR("createdb")) != STR_NONE);
    }
}

static void copies_are_made_with_its_own_tools(void **state)
{
    (void)state;
    assert_err(db_backup(fixture.db, STR("/nonexistent/copy")), ERR_UNAVAILABLE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        TEST(a_lost_connection_comes_back),          TEST(a_transaction_dies_with_its_connection),
        TEST(a_snapshot_is_not_replaced_by_another), TEST(unfit_databases_are_refused),
        TEST(copies_are_made_with_its_own_tools),
    };

    return FIXTURE_ON(DB_POSTGRES, "postgres", TESTS);
}
