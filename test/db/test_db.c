/* Values, statements and reads through db/: the same suite on both engines. */
#include "test.h"

#include <pthread.h>

#include "fixture.h"
#include "sql_all.h"
#include "sql_probe.h"

/* Runs one generated statement as a work of its own. */
#define AS_WORK(name, statement)                                                                   \
    static enum err name(struct db *tx, void *arg)                                                 \
    {                                                                                              \
        (void)arg;                                                                                 \
        return statement;                                                                          \
    }
#define DONE(work) assert_err(db_transact(fixture.db, work, NULL), OK)

static void statements_prepare(void **state)
{
    (void)state;
    for (int i = 0; i < SQL__COUNT; i++) {
        bool wrong = SQL_ALL[i] == &SQL_DECLARED_WRONG && db_engine(fixture.db) == DB_POSTGRES;
        assert_err(db_prepare(fixture.db, SQL_ALL[i]), wrong ? ERR_STORE : OK);
    }
}

static void texts_differ_where_they_must(void **state)
{
    struct q_engine row;
    struct q_counter_get counter;
    bool lite = db_engine(fixture.db) == DB_SQLITE;

    (void)state;
    assert_err(q_engine(fixture.db, fixture.arena, &row), OK);
    assert_str(row.name, lite ? STR("sqlite") : STR("postgres"));
    assert_err(q_counter_get(fixture.db, fixture.arena, STR("engine"), &counter), OK);
    assert_int_equal(counter.n, lite ? 1 : 2); /* the blocks of a script as well */
}

static void parameters_are_bound_by_name(void **state)
{
    struct q_backwards row;

    (void)state;
    assert_err(q_backwards(fixture.db, fixture.arena, STR("một"), STR("hai"), &row), OK);
    assert_str(row.first, STR("một"));
    assert_str(row.second, STR("hai"));
}

/* ---- values ---- */

static const char BYTES[] = "\0\x01\xff\\x'\"\0end";
static const struct str PHOTO = {BYTES, sizeof BYTES};
static const struct str NAME =
    STR_INIT("Nguyễn Thị Hạnh — Đường số 5, 'phường' \"Bửu Long\" \\ %s $1 ; --");
static const struct str EMPTY = STR_INIT("");
static const int64_t LARGEST = INT64_MAX, SMALLEST = INT64_MIN;

AS_WORK(add_full, q_item_add(tx, 1, STR("A"), &NAME, &PHOTO, &LARGEST, NULL))
AS_WORK(add_null, q_item_add(tx, 2, STR("B"), NULL, NULL, NULL, NULL))
AS_WORK(add_empty, q_item_add(tx, 3, STR("C"), &EMPTY, &EMPTY, &SMALLEST, NULL))

static void values_come_back(void **state)
{
    struct q_item_get row;

    (void)state;
    DONE(add_full);
    DONE(add_null);
    DONE(add_empty);
    assert_err(q_item_get(fixture.db, fixture.arena, 1, &row), OK);
    assert_str(row.label, NAME);
    assert_int_equal(row.photo.n, PHOTO.n);
    assert_memory_equal(row.photo.p, PHOTO.p, PHOTO.n);
    assert_true(row.number == INT64_MAX);
    assert_false(row.label_null || row.photo_null || row.number_null);

    assert_err(q_item_get(fixture.db, fixture.arena, 2, &row), OK);
    assert_true(row.label_null && row.photo_null && row.number_null);

    assert_err(q_item_get(fixture.db, fixture.arena, 3, &row), OK);
    assert_false(row.label_null || row.photo_null); /* empty is not null */
    assert_int_equal(row.label.n, 0);
    assert_int_equal(row.photo.n, 0);
    assert_true(row.number == INT64_MIN);

    assert_err(q_item_get(fixture.db, fixture.arena, 4, &row), ERR_NOT_FOUND);
}

static struct str large;
AS_WORK(add_large, q_item_add(tx, 9, STR("L"), NULL, &large, NULL, NULL))

static void blobs_may_be_large(void **state)
{
    enum { BYTES_LARGE = 5 * 1000 * 1000 };
    char *p = ARENA_ARRAY(fixture.arena, char, BYTES_LARGE);
    struct q_item_get row;

    (void)state;
    for (size_t i = 0; i < BYTES_LARGE; i++)
        p[i] = (char)(i * 7);
    large = (struct str){p, BYTES_LARGE};
    DONE(add_large);
    assert_err(q_item_get(fixture.db, fixture.arena, 9, &row), OK);
    assert_true(str_eq(row.photo, large));
}

static const struct str WITH_ZERO = {"a\0b", 3};
AS_WORK(add_zero, q_item_add(tx, 5, WITH_ZERO, NULL, NULL, NULL, NULL))

static void text_with_a_zero_byte_is_refused(void **state)
{
    struct q_item_get row;

    (void)state;
    assert_err(db_transact(fixture.db, add_zero, NULL), ERR_INVALID);
    assert_true(str_find(db_why(fixture.db), STR("zero byte")) != STR_NONE);
    assert_err(q_item_get(fixture.db, fixture.arena, 5, &row), ERR_NOT_FOUND);
}

static void values_over_the_limit_are_refused(void **state)
{
    struct q_backwards row;
    struct str endless = {"x", ((size_t)256 << 20) + 1}; /* never read */

    (void)state;
    assert_err(q_backwards(fixture.db, fixture.arena, STR(""), endless, &row), ERR_LIMIT);
}

static void rows_must_be_as_declared(void **state)
{
    struct q_declared_wrong wrong;
    struct q_declared_not_null null;

    (void)state;
    assert_err(q_declared_wrong(fixture.db, fixture.arena, &wrong), ERR_STORE);
    assert_true(str_find(db_why(fixture.db), STR("another kind")) != STR_NONE);
    assert_err(q_declared_not_null(fixture.db, fixture.arena, &null), ERR_STORE);
    assert_true(str_find(db_why(fixture.db), STR("is null")) != STR_NONE);
}

/* ---- rows ---- */

static enum err add_order(struct db *tx, void *arg)
{
    static const struct str CODES[] = {STR_INIT("đ"), STR_INIT("b"), STR_INIT("Z"), STR_INIT("a b"),
                                       STR_INIT("ab")};
    enum err err = OK;

    (void)arg;
    for (int i = 0; !err && i < 5; i++)
        err = q_item_add(tx, 11 + i, CODES[i], NULL, NULL, NULL, NULL);
    return err;
}

static void text_is_in_order_of_bytes(void **state)
{
    static const struct str WANT[] = {STR_INIT("Z"), STR_INIT("a b"), STR_INIT("ab"), STR_INIT("b"),
                                      STR_INIT("đ")};
    struct q_item_list *row;
    size_t count;

    (void)state;
    DONE(add_order);
    assert_err(q_item_list(fixture.db, fixture.arena, 100, &row, &count), OK);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++)
        assert_str(row[i].code, WANT[i]);
    assert_err(q_item_list(fixture.db, fixture.arena, 0, &row, &count), OK);
    assert_int_equal(count, 0);
}

AS_WORK(remove_all, q_item_remove_all(tx, arg))

static void changed_rows_are_counted(void **state)
{
    int64_t changed = -1;

    (void)state;
    DONE(add_order);
    assert_err(db_transact(fixture.db, remove_all, &changed), OK);
    assert_int_equal(changed, 5);
    assert_err(db_transact(fixture.db, remove_all, &changed), OK);
    assert_int_equal(changed, 0);
}

struct sum {
    int64_t n, total, stop_at;
};

static enum err sum_row(void *arg, const struct q_numbers *row)
{
    struct sum *s = arg;

    s->n++;
    s->total += row->n;
    assert_true(str_has_prefix(row->label, STR("số; ")));
    return s->n == s->stop_at ? ERR_LIMIT : OK;
}

static void many_rows_stream(void **state)
{
    enum { ROWS = 200000 };
    struct sum sum = {.stop_at = -1};

    (void)state;
    assert_err(q_numbers_each(fixture.db, ROWS, sum_row, &sum), OK);
    assert_int_equal(sum.n, ROWS);
    assert_int_equal(sum.total, (int64_t)ROWS * (ROWS + 1) / 2);
}

static void reading_may_stop(void **state)
{
    struct sum sum = {.stop_at = 10};

    (void)state;
    assert_err(q_numbers_each(fixture.db, 5000, sum_row, &sum), ERR_LIMIT);
    assert_int_equal(sum.n, 10);
    sum = (struct sum){.stop_at = -1}; /* and the same statement begins anew */
    assert_err(q_numbers_each(fixture.db, 3, sum_row, &sum), OK);
    assert_int_equal(sum.n, 3);
}

static enum err nested_row(void *arg, const struct q_numbers *row)
{
    struct q_engine engine;

    (void)row;
    return q_engine(arg, fixture.arena, &engine);
}

static void nest(void)
{
    struct db *db; /* of the child: a connection is not shared by processes */
    enum err err = db_open(fixture.pool, &db);

    if (!err)
        err = q_numbers_each(db, 1, nested_row, db);
    (void)err;
}

static void reading_does_not_nest(void **state)
{
    (void)state;
    assert_true(fixture_aborts(nest));
}

/* ---- snapshots and readers ---- */

AS_WORK(add_one, q_item_add(tx, 21, STR("sau"), NULL, NULL, NULL, NULL))

static void a_snapshot_stands_still(void **state)
{
    struct q_item_count row;

    (void)state;
    assert_err(db_snapshot_begin(fixture.db), OK);
    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    assert_int_equal(row.n, 0);
    DONE(add_one);
    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    assert_int_equal(row.n, 0);
    db_snapshot_end(fixture.db);
    db_snapshot_end(fixture.db); /* once too often does no harm */
    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    assert_int_equal(row.n, 1);
}

static void readers_cannot_write(void **state)
{
    struct q_item_count row;

    (void)state;
    assert_err(q_item_add(fixture.db, 31, STR("x"), NULL, NULL, NULL, NULL), ERR_STORE);
    assert_true(str_find(db_why(fixture.db), STR("read")) != STR_NONE);
    assert_err(q_item_count(fixture.db, fixture.arena, &row), OK);
    assert_int_equal(row.n, 0);
}

/* ---- addresses ---- */

static void addresses_are_refused(void **state)
{
    static const struct {
        struct str address;
        enum err err;
    } CASES[] = {
        {STR_INIT(""), ERR_INVALID},
        {STR_INIT("test.db"), ERR_INVALID},
        {STR_INIT("sqlite:"), ERR_INVALID},
        {STR_INIT("mysql://localhost/x"), ERR_INVALID},
        {STR_INIT("sqlite:a\0b"), ERR_INVALID},
        {STR_INIT("sqlite:/nonexistent/folder/test.db"), ERR_STORE},
        {STR_INIT("sqlite:/"), ERR_STORE},
        {STR_INIT("postgresql://nobody@/none?host=/nonexistent"), ERR_STORE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct db_pool *pool = NULL;
        assert_err(db_pool_open(CASES[i].address, &pool), CASES[i].err);
        assert_null(pool);
        assert_true(db_pool_why().n > 0);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_open, fixture_close)

static const struct CMUnitTest TESTS[] = {
    TEST(statements_prepare),
    TEST(texts_differ_where_they_must),
    TEST(parameters_are_bound_by_name),
    TEST(values_come_back),
    TEST(blobs_may_be_large),
    TEST(text_with_a_zero_byte_is_refused),
    TEST(values_over_the_limit_are_refused),
    TEST(rows_must_be_as_declared),
    TEST(text_is_in_order_of_bytes),
    TEST(changed_rows_are_counted),
    TEST(many_rows_stream),
    TEST(reading_may_stop),
    TEST(reading_does_not_nest),
    TEST(a_snapshot_stands_still),
    TEST(readers_cannot_write),
    TEST(addresses_are_refused),
};

int main(void)
{
    return FIXTURE_RUN(TESTS);
}
