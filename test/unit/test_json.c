#include "test.h"

#include "format/json_writer.h"

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

static struct json parse(const char *text)
{
    struct json j = {NULL};

    assert_err(json_parse(arena, str_of(text), &j, NULL), OK);
    return j;
}

static void test_reads_each_kind(void **state)
{
    (void)state;
    struct json o =
        parse("{\"t\":\"Đặng\",\"i\":-9223372036854775808,\"b\":true,\"n\":null,\"r\":10.5,"
              "\"a\":[1,\"two\"],\"o\":{}}");

    assert_str(json_text(o, "t"), STR("Đặng"));
    assert_true(json_int(o, "i") == INT64_MIN);
    assert_true(json_bool(o, "b"));
    assert_true(json_has(o, "n"));
    assert_false(json_has(o, "absent"));
    assert_int_equal(json_kind(json_get(o, "n")), JSON_KIND_NULL);
    assert_int_equal(json_kind(json_get(o, "r")), JSON_KIND_REAL);
    assert_int_equal(json_kind(json_get(o, "o")), JSON_KIND_OBJECT);
    assert_int_equal(json_kind(json_get(o, "absent")), JSON_KIND_ABSENT);
    struct json a = json_get_named(o, str_sub(STR("abc"), 0, 1));
    assert_int_equal(json_length(a), 2);
    assert_int_equal(json_as_int(json_at(a, 0)), 1);
    assert_str(json_as_text(json_at(a, 1)), STR("two"));
    assert_int_equal(json_kind(json_at(a, 2)), JSON_KIND_ABSENT);
}

static void test_wrong_kinds_are_empty_or_named(void **state)
{
    (void)state;
    struct json o = parse("{\"t\":\"1\",\"i\":1,\"n\":null}");
    struct str text = STR("same");
    int64_t n = 7;
    bool b = true;
    double r = 1.5;

    assert_str(json_text(o, "i"), STR(""));
    assert_int_equal(json_int(o, "t"), 0);
    assert_false(json_bool(o, "i"));
    assert_str(json_text((struct json){NULL}, "t"), STR(""));
    assert_int_equal(json_length(o), 0);
    assert_err(json_need_text(o, "i", &text), ERR_INVALID);
    assert_err(json_need_text(o, "n", &text), ERR_NOT_FOUND);
    assert_err(json_need_int(o, "t", &n), ERR_INVALID);
    assert_err(json_need_int(o, "x", &n), ERR_NOT_FOUND);
    assert_err(json_need_bool(o, "i", &b), ERR_INVALID);
    assert_err(json_need_real(o, "t", &r), ERR_INVALID);
    assert_str(text, STR("same"));
    assert_int_equal(n, 7);
    assert_true(b && r == 1.5);
    assert_err(json_need_real(o, "i", &r), OK);
    assert_true(r == 1.0);
    assert_err(json_need_int(o, "i", &n), OK);
    assert_int_equal(n, 1);
}

struct refusal {
    const char *text;
    enum err err;
    size_t line;
    const char *why; /* begins so */
};

static void test_refuses(void **state)
{
    (void)state;
    static const struct refusal table[] = {
        {"", ERR_INVALID, 1, "'[' or '{' expected"},
        {"1", ERR_INVALID, 1, "'[' or '{' expected"},
        {"{} {}", ERR_INVALID, 1, "end of file expected"},
        {"{\"a\":1,\n\"a\":2}", ERR_INVALID, 2, "duplicate object key"},
        {"{\"a\":1,}", ERR_INVALID, 1, "string or '}' expected"},
        {"{\"a\":01}", ERR_INVALID, 1, ""},
        {"{'a':1}", ERR_INVALID, 1, ""},
        {"[\"\\u0000\"]", ERR_INVALID, 1, "\\u0000 is not allowed"},
        {"[\"\\ud800\"]", ERR_INVALID, 1, "invalid Unicode"},
        {"[\"\xc3\x28\"]", ERR_INVALID, 1, "unable to decode byte"},
        {"[\"\xc0\xaf\"]", ERR_INVALID, 1, "unable to decode byte"},
        {"[\"\xed\xa0\x80\"]", ERR_INVALID, 1, "unable to decode byte"},
        {"[9223372036854775808]", ERR_INVALID, 1, "too big integer"},
        {"[1e999]", ERR_INVALID, 1, "real number overflow"},
        {"[NaN]", ERR_INVALID, 1, "invalid token"},
        {"[\"a\nb\"]", ERR_INVALID, 1, "unexpected newline"},
        {"\xef\xbb\xbf{}", ERR_INVALID, 1, ""},
        {"[1 // two\n]", ERR_INVALID, 1, ""},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct json same = {(struct json_t *)(void *)&same}, j = same;
        struct fault fault = {0, STR("")};
        assert_err(json_parse(arena, str_of(table[i].text), &j, &fault), table[i].err);
        assert_ptr_equal(j.p, same.p); /* untouched */
        assert_int_equal(fault.line, table[i].line);
        if (!str_has_prefix(fault.why, str_of(table[i].why)))
            fail_msg("%s: %.*s", table[i].text, STR_ARG(fault.why));
    }
}

static void test_fault_quotes_no_value(void **state)
{
    (void)state;
    struct json j;
    struct fault fault;

    assert_err(json_parse(arena, STR("{\"name\":\"Lan\" \"Secret\"}"), &j, &fault), ERR_INVALID);
    assert_true(str_find(fault.why, STR("Secret")) == STR_NONE);
}

static struct str nested(size_t depth)
{
    struct buf b = buf_in(arena);

    for (size_t i = 0; i < depth; i++)
        buf_char(&b, '[');
    for (size_t i = 0; i < depth; i++)
        buf_char(&b, ']');
    return buf_str(&b);
}

static void test_limits(void **state)
{
    (void)state;
    struct json j;
    struct fault fault;

    assert_err(json_parse(arena, nested(JSON_DEPTH_MAX), &j, &fault), OK);
    assert_err(json_parse(arena, nested(JSON_DEPTH_MAX + 1), &j, &fault), ERR_LIMIT);
    assert_err(json_parse(arena, nested(100000), &j, &fault), ERR_LIMIT);
    /* Brackets in text are text, also after an escaped quote. */
    assert_err(
        json_parse(arena, str_format(arena, "[\"\\\"%.*s\"]", STR_ARG(nested(100))), &j, &fault),
        OK);

    char *big = ARENA_ARRAY(arena, char, JSON_SIZE_MAX + 1);
    memset(big, ' ', JSON_SIZE_MAX + 1);
    memcpy(big, "{}", 2);
    assert_err(json_parse(arena, (struct str){big, JSON_SIZE_MAX}, &j, &fault), OK);
    assert_err(json_parse(arena, (struct str){big, JSON_SIZE_MAX + 1}, &j, &fault), ERR_LIMIT);
    memset(big, ',', JSON_SIZE_MAX);
    assert_err(json_parse(arena, (struct str){big, JSON_VALUES_MAX - 1}, &j, &fault), ERR_INVALID);
    assert_err(json_parse(arena, (struct str){big, JSON_VALUES_MAX}, &j, &fault), ERR_LIMIT);
}

static void test_builds_canonical(void **state)
{
    (void)state;
    struct json o = json_new_object(arena), list = json_new_array(arena),
                inner = json_new_object(arena);

    json_put_text(o, "z", STR("\"\\/\b\t\n\f\r\x01\x1f\x7f Đ 😀"));
    json_put_int(o, "i", INT64_MIN);
    json_put_bool(o, "b", false);
    json_put_null(o, "n");
    json_put_text(o, "twice", STR("old"));
    json_put_text(o, "twice", STR("new"));
    json_put_json(o, "list", list);
    json_put_json(o, "absent", (struct json){NULL});
    json_put_named(inner, STR("é"), json_new_array(arena));
    json_put_named(inner, STR("e"), json_new_object(arena));
    json_append(list, inner);
    json_append_int(list, 5);
    json_append_text(list, STR(""));
    struct str bytes = json_canonical(arena, o);
    assert_str(bytes,
               STR("{\"b\":false,\"i\":-9223372036854775808,\"list\":[{\"e\":{},\"é\":[]},5,\"\"],"
                   "\"n\":null,"
                   "\"twice\":\"new\",\"z\":\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u001f\x7f Đ 😀\"}"));
    /* Reading it back and writing it again changes nothing. */
    struct json back;
    assert_err(json_parse(arena, bytes, &back, NULL), OK);
    assert_str(json_canonical(arena, back), bytes);
}

static void test_canonical_reals(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"[0.1]", "[0.1]"},
        {"[1.0]", "[1.0]"},
        {"[-0.0]", "[-0.0]"},
        {"[1e2]", "[100.0]"},
        {"[10.77701820]", "[10.7770182]"},
        {"[1E400]", NULL},
        {"[1e300]", "[1e+300]"},
        {"[0.30000000000000004]", "[0.30000000000000004]"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct json j;
        if (!table[i][1]) {
            assert_err(json_parse(arena, str_of(table[i][0]), &j, NULL), ERR_INVALID);
            continue;
        }
        assert_str(json_canonical(arena, parse(table[i][0])), str_of(table[i][1]));
    }
}

/* Law: whatever the order of building, the bytes are the same; and members come sorted. */
static void test_order_does_not_matter(void **state)
{
    (void)state;
    static const char *const key[] = {"a", "B", "aa", "", "đ", "z", "10", "9"};
    enum { KEYS = sizeof key / sizeof *key };
    struct str first = {NULL, 0};
    unsigned seed = 1;

    for (int turn = 0; turn < 200; turn++) {
        size_t order[KEYS];
        for (size_t i = 0; i < KEYS; i++)
            order[i] = i;
        for (size_t i = KEYS - 1; i > 0; i--) {
            seed = seed * 1103515245U + 12345U;
            size_t k = (seed >> 16) % (i + 1), t = order[i];
            order[i] = order[k];
            order[k] = t;
        }
        struct json o = json_new_object(arena);
        for (size_t i = 0; i < KEYS; i++)
            json_put_int(o, key[order[i]], (int64_t)order[i]);
        struct str bytes = json_canonical(arena, o);
        if (turn)
            assert_str(bytes, first);
        first = bytes;
        struct json_members all = json_members(arena, o);
        assert_int_equal(all.count, KEYS);
        for (size_t i = 1; i < all.count; i++)
            assert_true(str_cmp(all.member[i - 1].key, all.member[i].key) < 0);
    }
}

static void test_child_outlives_nothing_it_should_not(void **state)
{
    (void)state;
    struct arena *scratch = arena_new(1024 * 1024);
    struct json o = json_new_object(arena), child = json_new_object(scratch);

    json_put_text(child, "a", STR("b"));
    json_put_json(o, "child", child);
    arena_free(scratch); /* the parent keeps it */
    assert_str(json_text(json_get(o, "child"), "a"), STR("b"));
}

static void test_writer_streams(void **state)
{
    (void)state;
    struct buf out = buf_in(arena);
    struct json_writer w;

    json_writer_init_buf(&w, &out);
    json_write_object(&w);
    json_write_key(&w, STR("rows"));
    json_write_array(&w);
    for (int i = 0; i < 2; i++) {
        json_write_array(&w);
        json_write_int(&w, i);
        json_write_text(&w, STR("a\"b"));
        json_write_bool(&w, i);
        json_write_null(&w);
        json_write_array_end(&w);
    }
    json_write_array_end(&w);
    json_write_key(&w, STR("doc"));
    json_write_json(&w, arena, parse("{\"b\":1,\"a\":[]}"));
    json_write_key(&w, STR("r"));
    json_write_real(&w, 0.5);
    json_write_object_end(&w);
    json_write_line(&w);
    json_write_array(&w);
    json_write_array_end(&w);
    assert_err(json_writer_end(&w), OK);
    assert_str(buf_str(&out), STR("{\"rows\":[[0,\"a\\\"b\",false,null],[1,\"a\\\"b\",true,null]],"
                                  "\"doc\":{\"a\":[],\"b\":1},\"r\":0.5}\n[]"));
}

static void test_writer_over_chunks(void **state)
{
    (void)state;
    struct buf out = buf_in(arena);
    struct json_writer w;
    struct json back;

    json_writer_init_buf(&w, &out);
    json_write_array(&w);
    for (size_t n = 0; n < 3 * SINK_CHUNK; n += 97) {
        char *p = ARENA_ARRAY(arena, char, n);
        memset(p, n % 2 ? '"' : 'x', n);
        json_write_text(&w, (struct str){p, n});
    }
    json_write_array_end(&w);
    assert_err(json_writer_end(&w), OK);
    assert_err(json_parse(arena, buf_str(&out), &back, NULL), OK);
    for (size_t i = 0; i < json_length(back); i++)
        assert_int_equal(json_as_text(json_at(back, i)).n, i * 97);
}

static enum err full_after(void *arg, struct str bytes)
{
    size_t *room = arg;

    if (bytes.n > *room)
        return ERR_IO;
    *room -= bytes.n;
    return OK;
}

static void test_writer_remembers_a_full_disk(void **state)
{
    (void)state;
    size_t room = 10000;
    struct json_writer w;

    json_writer_init(&w, full_after, &room);
    json_write_array(&w);
    for (int i = 0; i < 10000; i++)
        json_write_int(&w, i);
    json_write_array_end(&w);
    assert_err(json_writer_end(&w), ERR_IO);
}

/* The intake of a dossier builds one such object for the journal; a limit far above what it costs
 * (about 5 us), and far below what would be felt. */
static void test_is_cheap(void **state)
{
    (void)state;
    enum { TURNS = 20000 };
    struct arena *a = arena_new(1024 * 1024);
    struct timespec from, to;

    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < TURNS; i++) {
        struct json o = json_new_object(a);
        json_put_text(o, "code", STR("000.00.01.H19-180212-0001"));
        json_put_text(o, "procedure", STR("1.001612"));
        json_put_text(o, "applicant", STR("Nguyễn Thị Thu Hà"));
        json_put_text(o, "address", STR("12 đường số 3, phường An Bình"));
        json_put_text(o, "received", STR("2018-02-12T03:30:00.000Z"));
        json_put_text(o, "due", STR("2018-02-26T10:00:00.000Z"));
        json_put_text(o, "unit", STR("H19.01"));
        json_put_text(o, "officer", STR("lan.nt"));
        json_put_int(o, "fee", 150000);
        json_put_int(o, "channel", 1);
        json_put_int(o, "copies", 2);
        json_put_bool(o, "post", false);
        json_put_bool(o, "original", true);
        json_put_null(o, "note");
        json_put_text(o, "phone", STR("0901234567"));
        assert_true(json_canonical(a, o).n > 300);
        arena_reset(a);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double us =
        ((double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3) /
        TURNS;
    arena_free(a);
    print_message("# 15 members built and made canonical in %.2f us\n", us);
    assert_true(us < 500);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reads_each_kind, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_wrong_kinds_are_empty_or_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_refuses, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_fault_quotes_no_value, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_builds_canonical, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_canonical_reals, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_order_does_not_matter, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_child_outlives_nothing_it_should_not, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_writer_streams, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_writer_over_chunks, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_writer_remembers_a_full_disk, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_is_cheap, set_up, tear_down),
};

TEST_MAIN("json", tests)
