/* The reader of PDF structure, value by value and file by file: what it says, and what it refuses. */
#include "test.h"

#include "sign/field.h"
#include "sign/pdf.h"

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new(PDF_ARENA);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static const struct pdf_value *value(const char *text)
{
    const struct pdf_value *v = NULL;

    assert_err(pdf_parse(arena, str_of(text), &v), OK);
    return v;
}

static enum err refused(const char *text)
{
    const struct pdf_value *v;
    return pdf_parse(arena, str_of(text), &v);
}

static void values_of_each_kind(void **state)
{
    (void)state;
    assert_int_equal(value("null")->kind, PDF_NULL);
    assert_int_equal(value("true")->integer, 1);
    assert_int_equal(value("false")->integer, 0);
    assert_int_equal(value("-17")->integer, -17);
    assert_int_equal(value("+0")->integer, 0);
    assert_int_equal(value("1.5")->kind, PDF_REAL);
    assert_int_equal(value("-.5")->kind, PDF_REAL);
    assert_str(value("/Na#6De")->text, STR("Name"));
    assert_str(value("/")->text, STR(""));
    assert_str(value("(a(b)c)")->text, STR("a(b)c"));
    assert_str(value("(\\101\\n\\)\\\\)")->text, STR("A\n)\\"));
    assert_str(value("(a\\\nb)")->text, STR("ab"));
    assert_str(value("<48 65 6c6C 6f>")->text, STR("Hello"));
    assert_str(value("<484>")->text, STR("H@"));
    assert_int_equal(value("12 0 R")->kind, PDF_REF);
    assert_int_equal(value("12 7 R")->generation, 7);
    assert_int_equal(value("[1 2 R 3]")->count, 2);
}

static void dictionaries_and_arrays(void **state)
{
    (void)state;
    const struct pdf_value *d = value("<< /A 1 /B [1 (x) /N 4 0 R] % said\n /C << /D true >> >>");

    assert_int_equal(d->count, 3);
    assert_int_equal(pdf_get_raw(d, "A")->integer, 1);
    assert_int_equal(pdf_get_raw(d, "B")->count, 4);
    assert_int_equal(pdf_at_raw(pdf_get_raw(d, "B"), 3)->kind, PDF_REF);
    assert_int_equal(pdf_at_raw(pdf_get_raw(d, "B"), 4)->kind, PDF_NULL);
    assert_int_equal(pdf_get_raw(d, "Z")->kind, PDF_NULL);
    assert_int_equal(pdf_get_raw(d, "A")->at, 6);
    assert_true(pdf_equal(value("<< /A 1 /B 2 >>"), value("<</B 2/A 1>>")));
    assert_false(pdf_equal(value("[1 2]"), value("[2 1]")));
    assert_false(pdf_equal(value("1 0 R"), value("1 1 R")));
}

static void what_is_refused(void **state)
{
    (void)state;
    const char *const bad[] = {"", "(", "(a", "<4", "<4x>", "[1", "<< /A >>", "<< 1 2 >>", "<< /A 1", "nul", "truex", "1.2.3", "--1", "1a",
                               "/#4", "/#zz", "1 2", "]", ">>", "99999999999999999999", "<< /A 1 /A 2 >>", "{}", "(\\"};

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (refused(bad[i]) == OK)
            fail_msg("'%s' was read", bad[i]);
}

static void depth_and_number_have_limits(void **state)
{
    (void)state;
    struct buf deep = buf_in(arena), many = buf_in(arena);

    for (int i = 0; i <= PDF_DEPTH_MAX + 1; i++)
        buf_char(&deep, '[');
    for (int i = 0; i <= PDF_DEPTH_MAX + 1; i++)
        buf_char(&deep, ']');
    assert_int_equal(pdf_parse(arena, buf_str(&deep), &(const struct pdf_value *){NULL}), ERR_LIMIT);
    assert_err(pdf_parse(arena, str_sub(buf_str(&deep), 2, (PDF_DEPTH_MAX + 1) * 2 - 2), &(const struct pdf_value *){NULL}), OK);
    buf_char(&many, '[');
    for (int i = 0; i < PDF_VALUES_MAX; i++)
        buf_put(&many, STR("1 "));
    buf_char(&many, ']');
    assert_int_equal(pdf_parse(arena, buf_str(&many), &(const struct pdf_value *){NULL}), ERR_LIMIT);
}

static void texts(void **state)
{
    (void)state;
    assert_str(pdf_text(arena, value("(Hoa)")), STR("Hoa"));
    assert_str(pdf_text(arena, value("<FEFF004B00FD>")), STR("Ký"));
    assert_str(pdf_text(arena, value("<FEFFD83DDE00>")), STR("\xf0\x9f\x98\x80"));
    assert_str(pdf_text(arena, value("<EFBBBF4BC3BD>")), STR("Ký"));
    assert_str(pdf_text(arena, value("(a\\000b)")), STR("a?b"));
    assert_str(pdf_text(arena, value("<E9>")), STR("é"));
    assert_str(pdf_text(arena, value("12")), STR(""));
}

/* ---- files ---- */

static const char HEAD[] = "%PDF-1.7\n";

/* Objects 1… and a table that names them; `trailer` goes into the trailer. */
static struct str file(const char *const *object, size_t count, const char *trailer)
{
    struct buf b = buf_in(arena);
    size_t at[16];

    buf_put(&b, str_of(HEAD));
    for (size_t i = 0; i < count; i++) {
        at[i] = b.n;
        buf_format(&b, "%zu 0 obj\n%s\nendobj\n", i + 1, object[i]);
    }
    size_t table = b.n;
    buf_format(&b, "xref\n0 %zu\n0000000000 65535 f \n", count + 1);
    for (size_t i = 0; i < count; i++)
        buf_format(&b, "%010zu 00000 n \n", at[i]);
    buf_format(&b, "trailer\n<< /Size %zu /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", count + 1, trailer, table);
    return buf_str(&b);
}

static const char *why_not(struct str bytes)
{
    struct pdf *pdf;
    const char *why = NULL;
    enum err err = pdf_open(arena, bytes, &pdf, &why);

    return err ? why : NULL;
}

static void a_file_is_opened(void **state)
{
    (void)state;
    const char *const object[] = {"<< /Type /Catalog /X 2 0 R >>", "<< /Length 5 >>\nstream\nhello\nendstream", "[ 3 0 R ]"};
    struct str bytes = file(object, 3, ""), opened;
    struct pdf *pdf;
    size_t revision;

    assert_err(pdf_open(arena, bytes, &pdf, NULL), OK);
    struct pdf_view v = {pdf, 0};
    const struct pdf_value *root = pdf_get(v, pdf_trailer(pdf, 0), "Root"), *stream = pdf_get(v, root, "X");
    assert_int_equal(stream->kind, PDF_STREAM);
    assert_err(pdf_inflate(v, stream, &opened), OK);
    assert_str(opened, STR("hello"));
    assert_ptr_equal(pdf_object(v, 1, 0), root);
    assert_int_equal(pdf_object(v, 1, 1)->kind, PDF_NULL);
    assert_int_equal(pdf_object(v, 99, 0)->kind, PDF_NULL);
    assert_int_equal(pdf_next_number(pdf), 4);
    assert_err(pdf_revision_of(pdf, bytes.n, &revision), OK);
    assert_int_equal(pdf_revision_of(pdf, bytes.n - 3, &revision), ERR_NOT_FOUND);
    assert_int_equal(pdf_revision_of(pdf, bytes.n + 1, &revision), ERR_NOT_FOUND);
    assert_null(pdf_doubt(pdf));
}

static void broken_files_are_named(void **state)
{
    (void)state;
    const char *const object[] = {"<< /Type /Catalog >>"}, *const none[] = {"null"};
    struct str good = file(object, 1, "");

    assert_null(why_not(good));
    assert_string_equal(why_not(STR("")), "it does not begin like a PDF file");
    assert_string_equal(why_not(str_sub(good, 1, good.n)), "it does not begin like a PDF file");
    assert_string_equal(why_not(str_sub(good, 0, good.n - 3)), "the file does not end with startxref and %%EOF");
    assert_string_equal(why_not(file(none, 1, "")), "it has no catalogue");
    assert_string_equal(why_not(file(object, 1, "/Prev 999999")), "a table of references points out of the file");
    assert_string_equal(why_not(file(object, 1, "/Prev 9")), "a table of references cannot be read");
    struct str circle = file(object, 1, "/Prev 45");
    assert_string_equal(why_not(circle), "the tables of references run in a circle");
}

static void a_length_that_lies_is_doubted(void **state)
{
    (void)state;
    const char *const object[] = {"<< /Type /Catalog /X 2 0 R >>", "<< /Length 4 >>\nstream\nhello\nendstream", "<< /Length 3 0 R >>\nstream\nx\nendstream"};
    struct pdf *pdf;

    assert_err(pdf_open(arena, file(object, 3, ""), &pdf, NULL), OK);
    struct pdf_view v = {pdf, 0};
    assert_int_equal(pdf_object(v, 2, 0)->kind, PDF_NULL);
    assert_string_equal(pdf_doubt(pdf), "an object cannot be read");
    assert_int_equal(pdf_object(v, 3, 0)->kind, PDF_NULL); /* its length is itself */
}

static struct sign_fields fields_of(struct str bytes)
{
    struct sign_fields fields = {0};
    struct pdf *pdf;

    assert_err(pdf_open(arena, bytes, &pdf, NULL), OK);
    assert_err(sign_fields_find(pdf, &fields), OK);
    return fields;
}

/* Ranges that name anything but the file around /Contents are not sound. */
static void odd_ranges(void **state)
{
    (void)state;
    const char *const range[] = {"[0 10 20 30]", "[0 0 0 0]", "[0 -1 2 3]", "[1 10 20 30]", "[0 10 5 30]", "[0 10 20 99999999]", "[0 10 20]",
                                 "[0 10 20 30 40 50]", "(x)", "[0 10 20 9223372036854775807]", "[9223372036854775807 1 1 1]", "[0 1.0 2 3]"};

    for (size_t i = 0; i < sizeof range / sizeof range[0]; i++) {
        const char *const object[] = {
            "<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>", "<< /FT /Sig /T (S) /V 3 0 R >>",
            str_z(arena, str_format(arena, "<< /Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange %s /Contents <00> >>", range[i]))};
        struct sign_fields fields = fields_of(file(object, 3, ""));
        assert_int_equal(fields.count, 1);
        if (fields.field[0].is_sound || fields.field[0].covers_revision || fields.field[0].covers_file)
            fail_msg("%s is called sound", range[i]);
    }
}

static void fields_are_found_through_kids(void **state)
{
    (void)state;
    const char *const object[] = {"<< /Type /Catalog /AcroForm << /Fields [2 0 R 4 0 R] >> >>", "<< /FT /Sig /T (Bên) /Kids [3 0 R] >>",
                                  "<< /T (trong) /V 5 0 R /Parent 2 0 R >>", "<< /FT /Sig /T (empty) >>",
                                  "<< /SubFilter /ETSI.CAdES.detached /Contents <3000> /ByteRange [0 1 2 3] /Reason (a\\000b) >>"};
    struct sign_fields fields = fields_of(file(object, 5, ""));

    assert_int_equal(fields.count, 1);
    assert_int_equal(fields.field[0].format, SIGN_FORMAT_PADES);
    assert_str(fields.field[0].reason, STR("a?b"));
    assert_true(str_has_suffix(fields.field[0].name, STR(".trong")));
}

static void too_many_fields_are_refused(void **state)
{
    (void)state;
    struct buf list = buf_in(arena);
    struct pdf *pdf;
    struct sign_fields fields;

    buf_put(&list, STR("<< /Type /Catalog /AcroForm << /Fields ["));
    for (int i = 0; i <= SIGN_FIELDS_MAX; i++)
        buf_put(&list, STR("<< /FT /Sig /V << /Contents <00> >> >>"));
    buf_put(&list, STR("] >> >>"));
    const char *const object[] = {str_z(arena, buf_str(&list))};
    assert_err(pdf_open(arena, file(object, 1, ""), &pdf, NULL), OK);
    assert_int_equal(sign_fields_find(pdf, &fields), ERR_LIMIT);
}

static void a_tree_that_bites_its_tail_ends(void **state)
{
    (void)state;
    const char *const object[] = {"<< /Type /Catalog /AcroForm << /Fields [2 0 R] >> >>", "<< /FT /Sig /Kids [2 0 R 2 0 R] >>"};
    struct pdf *pdf;
    struct sign_fields fields;

    assert_err(pdf_open(arena, file(object, 2, ""), &pdf, NULL), OK);
    assert_int_equal(sign_fields_find(pdf, &fields), ERR_LIMIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

static const struct CMUnitTest TESTS[] = {
    TEST(values_of_each_kind), TEST(dictionaries_and_arrays), TEST(what_is_refused), TEST(depth_and_number_have_limits), TEST(texts),
    TEST(a_file_is_opened), TEST(broken_files_are_named), TEST(a_length_that_lies_is_doubted), TEST(odd_ranges),
    TEST(fields_are_found_through_kids), TEST(too_many_fields_are_refused), TEST(a_tree_that_bites_its_tail_ends),
};

TEST_MAIN("pdf", TESTS)
