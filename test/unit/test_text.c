#include "test.h"

#include "base/text.h"

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

#define BYTES(lit) ((struct str){lit, sizeof(lit) - 1})

static void only_well_formed_utf8_is_text(void **state)
{
    static const struct str GOOD[] = {
        STR_INIT(""),     STR_INIT("abc"),          STR_INIT("Nguyễn Văn Thành, số 12"), STR_INIT("\x7f"),
        STR_INIT("\xc2\x80"), STR_INIT("\xdf\xbf\xe0\xa0\x80"), STR_INIT("\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"),      STR_INIT("\U00010000\U0010ffff"),
    };
    static const struct str BAD[] = {
        STR_INIT("\x80"),             STR_INIT("abcdefghi\xff"), STR_INIT("\xc3"),         STR_INIT("\xc0\x80"),
        STR_INIT("\xc1\xbf"),         STR_INIT("\xe0\x80\x80"),  STR_INIT("\xe0\x9f\xbf"), STR_INIT("\xed\xa0\x80"),
        STR_INIT("\xed\xbf\xbf"),     STR_INIT("\xf0\x8f\xbf\xbf"), STR_INIT("\xf4\x90\x80\x80"),
        STR_INIT("\xf8\x88\x80\x80\x80"), STR_INIT("\xe1\xbb"), STR_INIT("\xe1\xbb\x41"), STR_INIT("abc\xc3\x28"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++)
        assert_true(text_is_utf8(GOOD[i]));
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        if (text_is_utf8(BAD[i]))
            fail_msg("taken: case %zu", i);
    assert_true(text_is_utf8(BYTES("a\0b")));
    /* Cut anywhere inside a letter, it is not text any more. */
    assert_false(text_is_utf8((struct str){"ễ", 1}));
    assert_false(text_is_utf8((struct str){"ễ", 2}));
}

static void control_characters_are_found(void **state)
{
    static const struct str WITH[] = {
        STR_INIT("a\rb"), STR_INIT("\x01"), STR_INIT("\x1b[0m"), STR_INIT("\x7f"), STR_INIT("\xc2\x85"),
        STR_INIT("Tên\u202e"), STR_INIT("\u2066x"), STR_INIT("\xc2\x9f"), STR_INIT("x\u2069"), STR_INIT("\u202a"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof WITH / sizeof WITH[0]; i++)
        if (!text_has_control(WITH[i]))
            fail_msg("not found: case %zu", i);
    assert_true(text_has_control(BYTES("a\0b")));
    assert_false(text_has_control(STR("Họ tên:\tNguyễn\n\u00a0Văn \u2029 \u202f \u2070")));
    assert_false(text_has_control(STR("")));
}

static void parts_are_put_together(void **state)
{
    struct str composed = STR("Nguyễn Thị Hoà");

    (void)state;
    assert_str(text_nfc(arena, STR("Nguye\u0302\u0303n Thi\u0323 Hoa\u0300")), composed);
    /* The dot below comes first in the canonical order, in whatever order it was typed. */
    assert_str(text_nfc(arena, STR("e\u0302\u0323")), STR("ệ"));
    assert_str(text_nfc(arena, STR("e\u0323\u0302")), STR("ệ"));
    assert_ptr_equal(text_nfc(arena, composed).p, composed.p);
    assert_str(text_nfc(arena, STR("plain")), STR("plain"));
    assert_str(text_nfc(arena, STR("")), STR(""));
    assert_str(text_nfc(arena, STR("\u212b")), STR("\u00c5"));
}

static void folding_makes_search_keys(void **state)
{
    static const struct {
        const char *text, *key;
    } CASES[] = {
        {"Đặng  Thị Hòa", "dang thi hoa"},
        {"dang thi hoà", "dang thi hoa"},
        {"ĐƯỜNG Nguyễn Ái Quốc, số 12/3-A", "duong nguyen ai quoc so 12 3 a"},
        {"ă â đ ê ô ơ ư Ă Â Đ Ê Ô Ơ Ư", "a a d e o o u a a d e o o u"},
        {"  --  Thủy_Thuỷ  ", "thuy thuy"},
        {"Nguye\u0302\u0303n", "nguyen"},
        {"", ""},
        {" \t\n.,;", ""},
        {"Ö ñ Å", "o n a"},
        {"H\u00a0T", "h t"},
        {"İ", "i"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str key = text_fold(arena, str_of(CASES[i].text));
        assert_str(key, str_of(CASES[i].key));
        assert_str(text_fold(arena, key), key);
    }
}

/* All letters with all tones, in both cases and both forms. */
static void every_vietnamese_letter_folds(void **state)
{
    static const char *const ROWS[] = {
        "aáàảãạăắằẳẵặâấầẩẫậ", "eéèẻẽẹêếềểễệ", "iíìỉĩị", "oóòỏõọôốồổỗộơớờởỡợ", "uúùủũụưứừửữự", "yýỳỷỹỵ", "dđ",
    };

    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        struct str row = str_of(ROWS[i]);
        struct str folded = text_fold(arena, row), upper = text_fold(arena, text_upper(arena, row));
        assert_str(upper, folded);
        assert_int_equal(folded.n, text_length(row));
        for (size_t n = 0; n < folded.n; n++)
            assert_int_equal(folded.p[n], ROWS[i][0]);
        assert_str(text_lower(arena, text_upper(arena, row)), row);
    }
}

static void case_follows_unicode(void **state)
{
    (void)state;
    assert_str(text_upper(arena, STR("Nguyễn Thị Hồng, ử")), STR("NGUYỄN THỊ HỒNG, Ử"));
    assert_str(text_lower(arena, STR("ĐẶNG THÙY TRÂM")), STR("đặng thùy trâm"));
    assert_str(text_upper(arena, STR("")), STR(""));
    assert_str(text_upper(arena, STR("ﬃ straße")), STR("FFI STRASSE"));
    assert_str(text_upper(arena, STR("\u0390")), STR("\u0399\u0308\u0301"));
    assert_str(text_lower(arena, STR("I İ")), STR("i i\u0307"));
}

static void assert_ascending(const char *const *text, size_t count, struct str (*key)(struct arena *, struct str))
{
    for (size_t i = 1; i < count; i++)
        if (str_cmp(key(arena, str_of(text[i - 1])), key(arena, str_of(text[i]))) >= 0)
            fail_msg("\"%s\" is not before \"%s\"", text[i - 1], text[i]);
}

static void order_is_vietnamese(void **state)
{
    static const char *const LETTERS[] = {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n",
                                          "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"};
    static const char *const TONES[] = {"ma", "mà", "mả", "mã", "má", "mạ", "măn", "mân"};
    static const char *const WORDS[] = {"An", "Anh", "Ánh", "Ân", "Bình", "Cường", "Dũng", "Đức", "Hà", "Hoa", "Hòa", "Yến"};

    (void)state;
    assert_ascending(LETTERS, sizeof LETTERS / sizeof LETTERS[0], text_sort_key);
    assert_ascending(TONES, sizeof TONES / sizeof TONES[0], text_sort_key);
    assert_ascending(WORDS, sizeof WORDS / sizeof WORDS[0], text_sort_key);
    assert_str(text_sort_key(arena, STR(" Hoa ")), text_sort_key(arena, STR("Hoa")));
    assert_str(text_sort_key(arena, STR("Hoa\u0300")), text_sort_key(arena, STR("Hoà")));
}

static void people_stand_by_given_name(void **state)
{
    static const char *const PEOPLE[] = {
        "Trần Văn An", "Lê Thị Ánh", "Nguyễn Thị Hoa", "Phạm Thị Hoa", "Bùi Thị Hòa", "Nguyễn Văn Thành", "Nguyễn Văn Thạnh",
    };

    (void)state;
    assert_ascending(PEOPLE, sizeof PEOPLE / sizeof PEOPLE[0], text_name_key);
    assert_str(text_name_key(arena, STR("Nguyễn Thị  Hoa ")), text_name_key(arena, STR("Nguyễn Thị  Hoa")));
    /* One word is a given name without a family name, and stands before those with one. */
    assert_true(str_cmp(text_name_key(arena, STR("Hoa")), text_name_key(arena, STR("Bùi Hoa"))) < 0);
}

static void keys_are_lower_case_hex(void **state)
{
    struct str key = text_name_key(arena, STR("Nguyễn Văn Thành"));

    (void)state;
    assert_true(key.n > 0 && key.n % 2 == 0);
    for (size_t i = 0; i < key.n; i++)
        assert_true((key.p[i] >= '0' && key.p[i] <= '9') || (key.p[i] >= 'a' && key.p[i] <= 'f'));
}

static void code_points_are_counted(void **state)
{
    (void)state;
    assert_int_equal(text_length(STR("")), 0);
    assert_int_equal(text_length(STR("Nguyễn")), 6);
    assert_int_equal(text_length(STR("a\u0300")), 2);
    assert_int_equal(text_length(STR("\U0001f600")), 1);
}

static void names_are_masked(void **state)
{
    static const struct {
        const char *name, *masked;
    } CASES[] = {
        {"Nguyễn Văn Thành", "N*** V** T****"}, {"Đặng Thị Ý", "Đ*** T** Ý*"}, {"  Hoa  ", "H**"},
        {"Lê  A", "L* A*"},                     {"", ""},                      {"Y Moan", "Y* M***"},
        {"Tha\u0300nh", "T****"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct str masked = text_mask_name(arena, str_of(CASES[i].name));
        if (!str_eq(masked, str_of(CASES[i].masked)))
            fail_msg("%s: %.*s", CASES[i].name, STR_ARG(masked));
    }
}

static void tails_are_kept(void **state)
{
    (void)state;
    assert_str(text_mask_tail(arena, STR("0912345678"), 3), STR("•••••••678"));
    assert_str(text_mask_tail(arena, STR("Hoàng"), 2), STR("•••ng"));
    assert_str(text_mask_tail(arena, STR("àbcđ"), 1), STR("•••đ"));
    assert_str(text_mask_tail(arena, STR("abc"), 3), STR("abc"));
    assert_str(text_mask_tail(arena, STR("abc"), 9), STR("abc"));
    assert_str(text_mask_tail(arena, STR("abc"), 0), STR("•••"));
    assert_str(text_mask_tail(arena, STR("abc"), SIZE_MAX), STR("abc"));
    assert_str(text_mask_tail(arena, STR(""), 2), STR(""));
}

/* Bytes at random, also ill-formed ones that slipped past the door, stop nothing. */
static void no_bytes_stop_the_program(void **state)
{
    uint64_t random = 7;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        char bytes[24];
        size_t n = (size_t)i % sizeof bytes;
        for (size_t k = 0; k < n; k++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            bytes[k] = (char)(random >> 56);
        }
        struct str s = {bytes, n};
        bool is_text = text_is_utf8(s);
        text_has_control(s);
        struct str out[] = {text_nfc(arena, s),       text_fold(arena, s),     text_upper(arena, s),
                            text_lower(arena, s),     text_sort_key(arena, s), text_name_key(arena, s),
                            text_mask_name(arena, s), text_mask_tail(arena, s, 2)};
        for (size_t k = 0; is_text && k < sizeof out / sizeof out[0]; k++)
            assert_true(text_is_utf8(out[k]));
        assert_true(text_is_utf8(out[1]));
        arena_reset(arena);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(only_well_formed_utf8_is_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown(control_characters_are_found, set_up, tear_down),
    cmocka_unit_test_setup_teardown(parts_are_put_together, set_up, tear_down),
    cmocka_unit_test_setup_teardown(folding_makes_search_keys, set_up, tear_down),
    cmocka_unit_test_setup_teardown(every_vietnamese_letter_folds, set_up, tear_down),
    cmocka_unit_test_setup_teardown(case_follows_unicode, set_up, tear_down),
    cmocka_unit_test_setup_teardown(order_is_vietnamese, set_up, tear_down),
    cmocka_unit_test_setup_teardown(people_stand_by_given_name, set_up, tear_down),
    cmocka_unit_test_setup_teardown(keys_are_lower_case_hex, set_up, tear_down),
    cmocka_unit_test_setup_teardown(code_points_are_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(names_are_masked, set_up, tear_down),
    cmocka_unit_test_setup_teardown(tails_are_kept, set_up, tear_down),
    cmocka_unit_test_setup_teardown(no_bytes_stop_the_program, set_up, tear_down),
};
TEST_MAIN("text", tests)
