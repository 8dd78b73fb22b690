/* Expressions: what they may say, and that they end. */
#include "test.h"

#include "script/script.h"

static struct arena *a;
static struct str message;

static enum err ask(const char *text, struct script_value *ret)
{
    static const struct script_field field[] = {
        {STR_INIT("area"), {.kind = SCRIPT_NUMBER, .number = 600}},
        {STR_INIT("loai"), {.kind = SCRIPT_TEXT, .text = STR_INIT("đất ở")}},
        {STR_INIT("gap"), {.kind = SCRIPT_BOOL, .yes = true}},
    };

    return script_eval(a, str_of(text), field, 3, ret, &message);
}

static void fields_are_asked(void **state)
{
    struct script_value v;

    (void)state;
    assert_err(ask("area > 500 and loai == 'đất ở'", &v), OK);
    assert_true(v.kind == SCRIPT_BOOL && v.yes);
    assert_err(ask("= area * 2", &v), OK);
    assert_true(v.kind == SCRIPT_NUMBER && v.number == 1200);
    assert_err(ask("${ not gap }", &v), OK);
    assert_true(v.kind == SCRIPT_BOOL && !v.yes);
    assert_err(ask("loai .. '!'", &v), OK);
    assert_str(v.text, STR("đất ở!"));
    assert_err(ask("nobody", &v), OK);
    assert_int_equal(v.kind, SCRIPT_NIL);
}

static void nothing_else_is_there(void **state)
{
    static const char *const NAUGHTY[] = {
        "os.exit()", "io", "print(1)", "require 'x'", "load('return 1')()", "('x'):rep(10)", "string.rep('x', 10)",
        "setmetatable({}, {})", "_G.area", "area +", "area; area = 1", "nobody.field", "area()", "\x1bLua",
    };
    struct script_value v;

    (void)state;
    for (size_t i = 0; i < sizeof NAUGHTY / sizeof NAUGHTY[0]; i++) {
        v = (struct script_value){.kind = SCRIPT_NIL};
        enum err err = ask(NAUGHTY[i], &v);
        assert_true(err == ERR_INVALID || (err == OK && v.kind == SCRIPT_NIL));
    }
    assert_err(ask("", &v), ERR_INVALID);
    assert_err(script_check(a, STR("area >"), &message), ERR_INVALID);
    assert_true(message.n > 0);
    assert_err(script_check(a, STR("area > 1"), &message), OK);
}

static void what_never_ends_is_ended(void **state)
{
    struct script_value v;
    struct buf deep = buf_in(a);

    (void)state;
    assert_err(ask("(function() while true do end end)()", &v), ERR_LIMIT);
    assert_err(ask("(function() local s = 'x' for i = 1, 100 do s = s .. s end return s end)()", &v), ERR_LIMIT);
    assert_err(ask("(function() local t = {} for i = 1, 1e9 do t[i] = i end end)()", &v), ERR_LIMIT);
    assert_int_not_equal(ask("(function() local function f() return 1 + f() end return f() end)()", &v), OK);
    for (int i = 0; i < 900; i++)
        buf_char(&deep, '(');
    assert_int_not_equal(script_eval(a, buf_str(&deep), NULL, 0, &v, &message), OK);
    for (int i = 0; i < SCRIPT_TEXT_MAX; i++)
        buf_char(&deep, ' ');
    buf_char(&deep, '1');
    assert_err(script_check(a, buf_str(&deep), &message), ERR_LIMIT);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(64 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(fields_are_asked, set_up, tear_down),
    cmocka_unit_test_setup_teardown(nothing_else_is_there, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_never_ends_is_ended, set_up, tear_down),
};
TEST_MAIN("script", tests)
