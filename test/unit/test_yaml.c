#include "test.h"

#include "format/yaml.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(512 * 1024 * 1024);
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
    struct fault fault = {0};

    if (yaml_parse(arena, str_of(text), &j, &fault))
        fail_msg("line %zu: %.*s", fault.line, STR_ARG(fault.why));
    return j;
}

static void test_reads_scalars_as_written(void **state)
{
    (void)state;
    struct json o = parse("\xef\xbb\xbf%YAML 1.1\n---\n"
                          "name: Phường Trảng Dài # a comment\n"
                          "no: no\nversion: 1.10\noctal: 0777\ndate: 2018-02-12\nnull: ~\nempty:\n"
                          "quoted: \"a\\tb\"\nfolded: >\n  one\n  two\nlist: [1, '2', {k: v}]\n"
                          "block:\n  - a\n  - - b\n    - c\n...\n");

    assert_str(json_canonical(arena, o),
               STR("{\"block\":[\"a\",[\"b\",\"c\"]],\"date\":\"2018-02-12\",\"empty\":\"\","
                   "\"folded\":\"one "
                   "two\\n\",\"list\":[\"1\",\"2\",{\"k\":\"v\"}],\"name\":\"Phường Trảng "
                   "Dài\",\"no\":\"no\",\"null\":\"~\",\"octal\":\"0777\",\"quoted\":\"a\\tb\","
                   "\"version\":\"1."
                   "10\"}"));
}

static void test_numbers_and_yes(void **state)
{
    (void)state;
    struct json o =
        parse("days: 15\nminus: -3\nhalf: 1.5\nyes: yes\non: true\noff: false\nempty:\n");
    int64_t n = 99;
    bool b = true;

    assert_err(yaml_int(o, "days", 1, 15, &n), OK);
    assert_int_equal(n, 15);
    assert_err(yaml_int(o, "minus", -3, 0, &n), OK);
    assert_int_equal(n, -3);
    assert_err(yaml_int(o, "days", 1, 14, &n), ERR_LIMIT);
    assert_err(yaml_int(o, "half", 0, 9, &n), ERR_INVALID);
    assert_err(yaml_int(o, "empty", 0, 9, &n), ERR_NOT_FOUND);
    assert_err(yaml_int(o, "absent", 0, 9, &n), ERR_NOT_FOUND);
    assert_int_equal(n, -3);
    assert_err(yaml_bool(o, "off", &b), OK);
    assert_false(b);
    assert_err(yaml_bool(o, "on", &b), OK);
    assert_true(b);
    assert_err(yaml_bool(o, "yes", &b), ERR_INVALID);
    assert_err(yaml_bool(o, "absent", &b), ERR_NOT_FOUND);
    assert_true(b);
}

static void test_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *why;
    } table[] = {
        {"", 1, "no document"},
        {"# only a comment\n", 2, "no document"},
        {"just text\n", 1, "the document is neither"},
        {"a: 1\nb: &x 2\n", 2, "an anchor"},
        {"a: &x [1]\n", 1, "an anchor"},
        {"a: *x\n", 1, "an alias"},
        {"a: 1\nb: !!int 2\n", 2, "a tag"},
        {"a: !str b\n", 1, ""},
        {"--- !x\na: 1\n", 1, ""},
        {"%TAG ! tag:x,2018:\n---\na: 1\n", 1, "a %TAG"},
        {"a: 1\nb: 2\na: 3\n", 3, "a key twice"},
        {"a: 1\n? [x]\n: 2\n", 2, "a key that is not text"},
        {"? {x: y}\n: 2\n", 1, "a key that is not text"},
        {"a: 1\n---\nb: 2\n", 2, "a second document"},
        {"a: [1, 2\nb: 3\n", 2, ""},
        {"a: \"open\n", 2, "while scanning a quoted scalar"},
        {"a: 1\n\tb: 2\n", 2, ""},
        {"a: \"\\0\"\n", 1, "a NUL"},
        {"ok: 1\na: \xc3\x28\n", 2, "invalid trailing UTF-8"},
        {"ok: 1\nb: 2\na: \x01\n", 3, "control characters"},
        {"a: {b: 1\n", 2, ""},
        {"\xff\xfe"
         "a",
         1, ""},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct json j = {NULL};
        struct fault fault = {0, STR("")};
        assert_err(yaml_parse(arena, str_of(table[i].text), &j, &fault), ERR_INVALID);
        assert_null(j.p);
        if (fault.line != table[i].line || !str_has_prefix(fault.why, str_of(table[i].why)))
            fail_msg("%s: line %zu: %.*s", table[i].text, fault.line, STR_ARG(fault.why));
        assert_true(fault.why.n > 0);
    }
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

    assert_err(yaml_parse(arena, nested(YAML_DEPTH_MAX), &j, &fault), OK);
    assert_err(yaml_parse(arena, nested(YAML_DEPTH_MAX + 1), &j, &fault), ERR_LIMIT);
    assert_err(yaml_parse(arena, nested(20000), &j, &fault), ERR_LIMIT);
    char *big = ARENA_ARRAY(arena, char, YAML_SIZE_MAX + 1);
    memset(big, '\n', YAML_SIZE_MAX + 1);
    memcpy(big, "a: 1", 4);
    assert_err(yaml_parse(arena, (struct str){big, YAML_SIZE_MAX + 1}, &j, &fault), ERR_LIMIT);
}

/* Nine lines that unfold to a billion items where aliases are followed. */
static void test_bomb(void **state)
{
    (void)state;
    struct json j;
    struct fault fault;

    assert_err(yaml_parse(arena, STR("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"), &j, &fault),
               ERR_INVALID);
    assert_int_equal(fault.line, 1);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reads_scalars_as_written, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_numbers_and_yes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_refuses, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_bomb, set_up, tear_down),
};

TEST_MAIN("yaml", tests)
