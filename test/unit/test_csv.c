#include "test.h"

#include "format/csv.h"
#include "format/csv_writer.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(256 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* What was read, as one text: h/header, line numbers, fields between bars, !line refusals. */
struct seen {
    struct buf out;
    size_t rows, refused;
    enum err answer;
};

static void put_row(struct seen *seen, const char *label, struct csv_row row)
{
    buf_format(&seen->out, "%s%zu", label, row.line);
    for (size_t i = 0; i < row.count; i++)
        buf_format(&seen->out, "|%.*s", STR_ARG(row.field[i]));
    buf_char(&seen->out, '~');
}

static enum err on_header(void *arg, struct csv_row row)
{
    put_row(arg, "h", row);
    return OK;
}

static enum err on_row(void *arg, struct csv_row row)
{
    struct seen *seen = arg;

    seen->rows++;
    if (row.field[0].n < 1000)
        put_row(seen, "", row);
    return seen->answer;
}

static void on_refused(void *arg, size_t line, struct str why)
{
    struct seen *seen = arg;

    seen->refused++;
    buf_format(&seen->out, "!%zu %.*s~", line, STR_ARG(why));
}

static enum err read_str(struct str text, struct seen *seen, struct fault *fault)
{
    *seen = (struct seen){.out = buf_in(arena), .answer = seen->answer};
    return csv_read_text(arena, text, &(struct csv_reader){seen, on_header, on_row, on_refused},
                         fault);
}

static void test_reads(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"a,b\n1,2\n", "h1|a|b~2|1|2~"},
        {"a,b\r\n1,2\r\n\r\n3,4", "h1|a|b~2|1|2~4|3|4~"},
        {"a,b\r1,2\r3,4\r", "h1|a|b~2|1|2~3|3|4~"},
        {"\xef\xbb\xbf\"a\" ; b\n1,5;2\n", NULL}, /* a quote not at the edge of its field */
        {"\xef\xbb\xbf\"a\"; b\n1,5; 2\n", "h1|a|b~2|1,5| 2~"},
        {"a\tb\n1;2\t3\n", "h1|a|b~2|1;2|3~"},
        {"sep=;\r\na;b,c\r\n1;2\r\n", "h2|a|b,c~3|1|2~"},
        {"\"x,y,z\";b\n1;2\n", "h1|x,y,z|b~2|1|2~"},
        {"one\nĐặng\n", "h1|one~2|Đặng~"},
        {"a,b\n\"x\ny\",2\n3,4\n", "h1|a|b~2|x\ny|2~4|3|4~"},
        {"a,b\r\n\"x\r\n\r\ny\",2\r\n3,4\r\n", "h1|a|b~2|x\r\n\r\ny|2~5|3|4~"},
        {"a,b\n\"say \"\"yes\"\"\",\n", "h1|a|b~2|say \"yes\"|~"},
        {"\n\n a ,b\n1,2\n", "h3|a|b~4|1|2~"},
        {"a,b\n,\n", "h1|a|b~2||~"},
        {"\r\n\na;b\n1;2\n", "h3|a|b~4|1|2~"},
        /* refused, and reading goes on */
        {"a,b\n1\n1,2,3\n4,5\n",
         "h1|a|b~!2 1 fields where the header has 2~!3 3 fields where the header "
         "has 2~4|4|5~"},
        {"a,b\n1,x\"y\n3,4\n", "h1|a|b~!2 a stray quote~3|3|4~"},
        {"a,b\r\n1,\"x\"y\r\n3,4\r\n", "h1|a|b~!2 a stray quote~3|3|4~"},
        {"a,b\n1,\"x\n2,\"y\"\n3,4\n",
         "h1|a|b~!2 a stray quote; the lines up to 3 are lost with it~4|3|4~"},
        {"a,b\n1,2\n3,\"x\n4,5\n",
         "h1|a|b~2|1|2~!3 a quote that never closes; the lines up to 5 are lost "
         "with it~"},
        {"a,b\n1,\"x", "h1|a|b~!2 a quote that never closes~"},
        {"a,b\n1,\xff\n3,4\n", "h1|a|b~!2 not UTF-8~3|3|4~"},
        {"a,b\n\xc3,\xa9\n3,4\n", "h1|a|b~!2 not UTF-8~3|3|4~"},
        {"a,b\n1,\x01\n3,4\n", "h1|a|b~!2 a control character~3|3|4~"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seen seen = {0};
        enum err err = read_str(str_of(table[i][0]), &seen, NULL);
        assert_err(err, table[i][1] ? OK : ERR_INVALID);
        if (table[i][1])
            assert_str(buf_str(&seen.out), str_of(table[i][1]));
    }
}

static void test_nul_is_refused(void **state)
{
    (void)state;
    struct seen seen = {0};

    assert_err(read_str(STR("a,b\n1,\0\n3,4\n"), &seen, NULL), OK);
    assert_str(buf_str(&seen.out), STR("h1|a|b~!2 a control character~3|3|4~"));
}

static void test_refuses_headers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *why;
    } table[] = {
        {"", 0, "empty: no header"},
        {"\n\r\n", 0, "empty: no header"},
        {"\xef\xbb\xbf", 0, "empty: no header"},
        {"a,,c\n", 1, "a column without a name"},
        {"\na, a\n", 2, "two columns of the same name"},
        {"a,\"b\n1,2\n", 1, "header: a quote that never closes; "},
        {"a,b\"\n1,2\n", 1, "header: a stray quote"},
        {"a,\xff\n", 1, "header: not UTF-8"},
        {"\xff\xfe"
         "a",
         1, "UTF-16"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seen seen = {0};
        struct fault fault = {99, STR("")};
        assert_err(read_str(str_of(table[i].text), &seen, &fault), ERR_INVALID);
        assert_int_equal(seen.rows + seen.refused, 0);
        if (fault.line != table[i].line || fault.why.n == 0)
            fail_msg("%s: line %zu: %.*s", table[i].text, fault.line, STR_ARG(fault.why));
        if (!str_has_prefix(fault.why, str_sub(str_of(table[i].why), 0, 22)))
            fail_msg("%s: %.*s", table[i].text, STR_ARG(fault.why));
    }
}

static struct str repeat(const char *piece, size_t times)
{
    struct buf b = buf_in(arena);

    for (size_t i = 0; i < times; i++)
        buf_put(&b, str_of(piece));
    return buf_str(&b);
}

static void test_limits(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct str wide = repeat(",x", CSV_COLUMNS_MAX - 1);
    struct buf names = buf_in(arena);

    for (int i = 0; i < CSV_COLUMNS_MAX; i++)
        buf_format(&names, "%sc%d", i ? "," : "", i);
    struct str ok = str_format(arena, "%.*s\n1%.*s\n", STR_ARG(buf_str(&names)), STR_ARG(wide));
    assert_err(read_str(ok, &seen, NULL), OK);
    assert_int_equal(seen.rows, 1);
    struct str over = str_format(arena, "%.*s,more\n", STR_ARG(buf_str(&names)));
    assert_err(read_str(over, &seen, NULL), ERR_INVALID);

    /* A row of CSV_ROW_MAX bytes with its line feed passes, one more does not, and the next does.
     */
    struct str field = repeat("x", CSV_ROW_MAX - 1);
    struct str rows = str_format(arena, "a\n%.*s\nx%.*s\n1\n", STR_ARG(field), STR_ARG(field));
    assert_err(read_str(rows, &seen, NULL), OK);
    assert_int_equal(seen.rows, 2);
    assert_str(buf_str(&seen.out),
               STR("h1|a~!3 a row too long, or a quote that never closes~4|1~"));

    /* An open quote takes no more than CSV_ROW_MAX bytes with it. */
    struct str lines = repeat("1,2\n", CSV_ROW_MAX / 2);
    assert_err(read_str(str_format(arena, "a,b\n\"%.*s", STR_ARG(lines)), &seen, NULL), OK);
    assert_int_equal(seen.refused, 1);
    assert_int_equal(seen.rows, CSV_ROW_MAX / 2 - CSV_ROW_MAX / 4);
}

static void test_callback_ends_the_reading(void **state)
{
    (void)state;
    struct seen seen = {.answer = ERR_LIMIT};

    assert_err(read_str(STR("a\n1\n2\n"), &seen, NULL), ERR_LIMIT);
    assert_int_equal(seen.rows, 1);
}

/* Law: however the file is cut into chunks, the rows and their lines are the same. */
static void test_file_of_many_chunks(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    struct seen seen = {.out = buf_in(arena)};
    struct buf want = buf_in(arena);
    size_t line = 2;

    assert_non_null(file);
    fputs("number,text\r\n", file);
    buf_put(&want, STR("h1|number|text~"));
    for (int i = 0; i < 20000; i++) {
        fprintf(file, i % 3 ? "%d,plain\r\n" : "%d,\"two\r\n\"\"lines\"\"\"\r\n", i);
        buf_format(&want, i % 3 ? "%zu|%d|plain~" : "%zu|%d|two\r\n\"lines\"~", line, i);
        line += i % 3 ? 1 : 2;
    }
    rewind(file);
    assert_err(csv_read_file(arena, file,
                             &(struct csv_reader){&seen, on_header, on_row, on_refused}, NULL),
               OK);
    fclose(file);
    assert_true(str_eq(buf_str(&seen.out), buf_str(&want)));
}

static void test_writes(void **state)
{
    (void)state;
    struct buf out = buf_in(arena);
    struct csv_writer w;
    static const char *const field[] = {
        "plain", "a;b",      "say \"yes\"", "two\nlines", " edge", "=1+1", "+84",
        "-x",    "@SUM(A1)", "\tx",         "\rx",        "Đặng",  "a=b",
    };

    csv_writer_init_buf(&w, &out, ';');
    for (size_t i = 0; i < sizeof field / sizeof *field; i++)
        csv_write_text(&w, str_of(field[i]));
    csv_write_int(&w, -5);
    csv_write_row_end(&w);
    assert_err(csv_writer_end(&w), OK);
    assert_str(buf_str(&out), STR("\xef\xbb\xbfplain;\"a;b\";\"say \"\"yes\"\"\";\"two\nlines\";\" "
                                  "edge\";'=1+1;'+84;'-x;'@SUM("
                                  "A1);\"'\tx\";\"'\rx\";Đặng;a=b;-5\r\n"));
}

static enum err take_nothing(void *arg, struct str bytes)
{
    (void)arg;
    (void)bytes;
    return ERR_IO;
}

static void test_writer_remembers_a_full_disk(void **state)
{
    (void)state;
    struct csv_writer w;

    csv_writer_init(&w, take_nothing, NULL, ',');
    csv_write_int(&w, 1);
    csv_write_row_end(&w);
    assert_err(csv_writer_end(&w), ERR_IO);
}

struct trip {
    struct str (*row)[3];
    size_t at;
};

static enum err same_row(void *arg, struct csv_row row)
{
    struct trip *trip = arg;

    for (size_t i = 0; i < 3; i++)
        assert_str(row.field[i], trip->row[trip->at][i]);
    trip->at++;
    return OK;
}

/* Law: what was written reads back the same, whatever stands in the fields. */
static void test_round_trip(void **state)
{
    (void)state;
    enum { ROWS = 500 };
    static const char *const alphabet[] = {"a", "\"", ",", ";", "\n", "\r\n",
                                           " ", "\t", "ệ", "1", "",   "x="};
    struct str row[ROWS][3];
    struct buf out = buf_in(arena);
    struct csv_writer w;
    unsigned seed = 7;

    csv_writer_init_buf(&w, &out, ',');
    for (int i = 0; i < 3; i++)
        csv_write_int(&w, i);
    csv_write_row_end(&w);
    for (int i = 0; i < ROWS; i++) {
        for (int k = 0; k < 3; k++) {
            struct buf b = buf_in(arena);
            seed = seed * 1103515245U + 12345U;
            for (unsigned n = (seed >> 16) % 6; n > 0; n--) {
                seed = seed * 1103515245U + 12345U;
                const char *piece = alphabet[(seed >> 16) % (sizeof alphabet / sizeof *alphabet)];
                if (b.n || (piece[0] != '\t' && piece[0] != '\r'))
                    buf_put(&b, str_of(piece));
            }
            row[i][k] = buf_str(&b);
            csv_write_text(&w, row[i][k]);
        }
        csv_write_row_end(&w);
    }
    assert_err(csv_writer_end(&w), OK);
    struct trip trip = {row, 0};
    assert_err(csv_read_text(arena, buf_str(&out),
                             &(struct csv_reader){&trip, NULL, same_row, NULL}, NULL),
               OK);
    assert_int_equal(trip.at, ROWS);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reads, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_nul_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_refuses_headers, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_callback_ends_the_reading, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_file_of_many_chunks, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_writes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_writer_remembers_a_full_disk, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
};

TEST_MAIN("csv", tests)
