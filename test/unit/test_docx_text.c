/* The words of DOCX, ODT and PDF: ours come out as they went in; files that want to be large or are broken are refused. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "format/docx_text.h"
#include "link/file_words.h"
#include "link/pdf_text.h"
#include "paper/docx.h"
#include "paper/package.h"
#include "paper/pdf.h"

static struct arena *a;
static struct fault fault;

static int begin(void **state)
{
    (void)state;
    a = arena_new((size_t)1 << 30);
    fault = (struct fault){.why = STR("")};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static bool has(struct str s, const char *what)
{
    return str_find(s, str_of(what)) != STR_NONE;
}

static struct paper_document letter(void)
{
    static const struct paper_span span[] = {{STR_INIT("Đặng Quỳnh Như, "), true, false}, {STR_INIT("phường Trảng Dài"), false, true}};
    static const struct paper_block block[] = {{.kind = PAPER_TITLE, .span = span, .span_count = 1},
                                               {.kind = PAPER_PARAGRAPH, .span = span, .span_count = 2, .align = PAPER_JUSTIFIED}};

    return (struct paper_document){.title = STR("Báo cáo"), .author = STR("UBND"), .on = date_of(2018, 3, 1),
                                   .made_at = STR("2018-03-01T00:00:00+07:00"), .block = block, .block_count = 2};
}

static struct str package(const char *name, struct str part)
{
    struct package p;

    package_begin(&p, a);
    package_add(&p, "mimetype", STR("x"));
    package_add(&p, name, part);
    return package_end(&p);
}

#define W  "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" " \
           "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
#define WE "</w:document>"
#define O  "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" " \
           "xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">"
#define OE "</o:document-content>"

static void a_docx_of_ours(void **state)
{
    struct paper_document d = letter();
    struct str docx, words = STR("");
    bool is_cut = true;

    (void)state;
    assert_err(paper_docx(a, &d, &docx), OK);
    assert_err(docx_text(a, docx, &words, &is_cut, &fault), OK);
    assert_true(has(words, "Đặng Quỳnh Như, phường Trảng Dài"));
    assert_false(is_cut);
}

static void only_what_a_reader_sees(void **state)
{
    struct str words = STR("");

    (void)state;
    assert_err(docx_text(a, package("word/document.xml",
                                    STR(W "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Số</w:t><w:tab/><w:t>12 &amp; 13</w:t></w:r>"
                                        "<w:del><w:delText>bỏ</w:delText></w:del><w:instrText>PAGE</w:instrText></w:p>"
                                        "<mc:Fallback><w:p><w:t>lặp</w:t></w:p></mc:Fallback><w:p><w:t>dòng<!-- x --> hai</w:t></w:p>" WE)),
                         &words, NULL, &fault), OK);
    assert_str(words, STR("Số 12 & 13\ndòng hai"));
    assert_err(docx_text(a, package("content.xml",
                                    STR(O "<t:tracked-changes><t:p>bỏ</t:p></t:tracked-changes><t:h>Báo<t:s t:c=\"9\"/>cáo</t:h><t:p>một "
                                        "<t:span>hai</t:span><t:line-break/>ba<o:annotation><t:p>ghi</t:p></o:annotation></t:p>ngoài" OE)),
                         &words, NULL, &fault), OK);
    assert_str(words, STR("Báo cáo\nmột hai\nba"));
}

static void what_is_refused(void **state)
{
    struct str good = package("word/document.xml", STR(W "<w:p><w:t>a</w:t></w:p>" WE)), words = STR("untouched");

    (void)state;
    assert_err(docx_text(a, STR(""), &words, NULL, &fault), ERR_INVALID);
    assert_err(docx_text(a, STR("PK\x03\x04"), &words, NULL, &fault), ERR_INVALID);
    assert_err(docx_text(a, str_sub(good, 0, good.n - 30), &words, NULL, &fault), ERR_INVALID);
    assert_err(docx_text(a, package("other.xml", STR("<a/>")), &words, NULL, &fault), ERR_INVALID);
    assert_str(fault.why, STR("neither a DOCX nor an ODT"));
    assert_err(docx_text(a, package("word/document.xml", STR("<w:p>")), &words, NULL, &fault), ERR_INVALID);
    assert_str(fault.why, STR("a part is not XML"));
    assert_err(docx_text(a, package("word/document.xml", STR("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")), &words, NULL, &fault), ERR_INVALID);
    assert_str(fault.why, STR("a DOCTYPE"));
    assert_err(docx_text(a, (struct str){"PK", (size_t)DOCX_TEXT_FILE_MAX + 1}, &words, NULL, &fault), ERR_LIMIT);
    assert_str(words, STR("untouched"));
}

/* A part of `n` bytes, packed; libzip gives its bytes back through a buffer of its own. */
static struct str packed(const char *before, char fill, size_t n, const char *after)
{
    struct str head = str_of(before), tail = str_of(after);
    char *part = ARENA_ARRAY(a, char, head.n + n + tail.n);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);

    memcpy(part, head.p, head.n);
    memset(part + head.n, fill, n);
    memcpy(part + head.n + n, tail.p, tail.n);
    zip_source_keep(source);
    assert_true(zip_file_add(zip, "word/document.xml", zip_source_buffer(zip, part, head.n + n + tail.n, 0), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t s;
    zip_source_stat(source, &s);
    char *bytes = ARENA_ARRAY(a, char, s.size);
    zip_source_open(source);
    assert_int_equal(zip_source_read(source, bytes, s.size), s.size);
    zip_source_close(source);
    zip_source_free(source);
    return (struct str){bytes, s.size};
}

/* A bomb: sixty-five million bytes in as many thousand; and one that says that it is small. */
static void a_small_file_does_not_become_a_large_one(void **state)
{
    struct str words = STR(""), bomb = packed(W, ' ', DOCX_TEXT_PART_MAX, WE);
    bool is_cut = false;

    (void)state;
    assert_true(bomb.n < 200 * 1000);
    assert_err(docx_text(a, bomb, &words, NULL, &fault), ERR_LIMIT);
    char *liar = ARENA_ARRAY(a, char, bomb.n);
    memcpy(liar, bomb.p, bomb.n);
    size_t at = str_find(bomb, STR("PK\x01\x02"));
    memcpy(liar + at + 24, "\x10\x00\x00\x00", 4); /* the size in the directory */
    assert_true(docx_text(a, (struct str){liar, bomb.n}, &words, NULL, &fault) != OK);
    assert_err(docx_text(a, packed(W "<w:p><w:t>", 'a', DOCX_TEXT_MAX + 10, "</w:t></w:p>" WE), &words, &is_cut, &fault), OK);
    assert_true(is_cut);
    assert_int_equal(words.n, DOCX_TEXT_MAX);
}

/* ---- PDF ---- */

static void skip_without_tool(void)
{
    FILE *f = fopen(PDF_TEXT_TOOL, "rb");

    if (!f) {
        print_message("# " PDF_TEXT_TOOL " is not here\n");
        skip();
    }
    fclose(f);
}

static void a_pdf_of_ours(void **state)
{
    struct paper_document d = letter();
    struct str pdf, words = STR("");

    (void)state;
    skip_without_tool();
    assert_err(paper_pdf(a, &d, &pdf), OK);
    assert_err(link_pdf_text(a, STR(""), pdf, &words), OK);
    assert_true(has(words, "Đặng Quỳnh Như, phường Trảng Dài"));
}

static void a_pdf_that_is_none(void **state)
{
    struct str words = STR("untouched");

    (void)state;
    assert_err(link_pdf_text(a, STR("/nowhere/pdftotext"), STR("%PDF-1.7"), &words), ERR_UNAVAILABLE);
    assert_err(link_pdf_text(a, STR(""), (struct str){"", (size_t)PDF_TEXT_FILE_MAX + 1}, &words), ERR_LIMIT);
    skip_without_tool();
    assert_err(link_pdf_text(a, STR(""), STR("%PDF-1.7"), &words), ERR_INVALID);
    assert_err(link_pdf_text(a, STR(""), STR(""), &words), ERR_INVALID);
    assert_str(words, STR("untouched"));
}

/* Any program in the tool's place is held to the same bounds. */
static void a_tool_is_bounded(void **state)
{
    struct str words = STR("untouched");

    (void)state;
    assert_err(link_pdf_text(a, STR("/bin/false"), STR("x"), &words), ERR_INVALID);
    assert_err(link_pdf_text(a, STR("/usr/bin/yes"), STR("x"), &words), ERR_INVALID); /* it knows no -q */
    assert_str(words, STR("untouched"));
    assert_err(link_pdf_text(a, STR("/bin/true"), STR("x"), &words), OK);
    assert_str(words, STR(""));
}

/* A program of the line after #!, which gets the name of its file and what the tool is given. */
static struct str tool_of(const char *line)
{
    static char path[] = "/tmp/pdf_text_XXXXXX";
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
    assert_int_equal(fchmod(fd, 0700), 0);
    close(fd);
    return str_of(path);
}

static void a_tool_that_never_ends_is_ended(void **state)
{
    struct str words = STR("untouched"), tool = tool_of("#!/usr/bin/env -S yes --\n");

    (void)state;
    assert_err(link_pdf_text(a, tool, STR("x"), &words), OK);
    assert_true(words.n <= PDF_TEXT_MAX && words.n > PDF_TEXT_MAX - 64 * 1024);
    unlink(tool.p);
}

/* The tool has the file, and neither our environment nor a descriptor that is open here. */
static void a_tool_sees_nothing_else(void **state)
{
    struct str words = STR("untouched"), tool = tool_of("#!/usr/bin/env -S sh -c 'cat; env; for i in 3 4 5 6 7 8 9; do "
                                                        "[ ! -e /proc/$$/fd/$i ] || exit 1; done'\n");
    int ours = dup(STDOUT_FILENO);

    (void)state;
    assert_true(ours > 2 && ours < 10);
    setenv("SECRET_OF_THE_SERVER", "x", 1);
    assert_err(link_pdf_text(a, tool, STR("the file\n"), &words), OK);
    unsetenv("SECRET_OF_THE_SERVER");
    close(ours);
    unlink(tool.p);
    assert_true(str_has_prefix(words, STR("the file\n")) && has(words, "LC_ALL=C") && !has(words, "SECRET"));
}

static void real_signed_documents(void **state)
{
    static const char *const NAME[] = {"SRC-A__01.pdf", "SRC-A__02.pdf", "SRC-A__03.pdf"};
    char path[600], *part = ARENA_ARRAY(a, char, 2 << 20);
    struct str words = STR("");

    (void)state;
    skip_without_tool();
    for (size_t i = 0; i < sizeof NAME / sizeof *NAME; i++) {
        snprintf(path, sizeof path, SOURCE_ROOT "/../shared/data/documents/vn_gov_pdf/%s", NAME[i]);
        FILE *f = fopen(path, "rb");
        if (!f) {
            print_message("# %s is not here\n", NAME[i]);
            skip();
        }
        size_t n = fread(part, 1, 2 << 20, f);
        fclose(f);
        assert_err(link_pdf_text(a, STR(""), (struct str){part, n}, &words), OK);
        assert_true(has(words, "Email: thongtinchinhphu@chinhphu.vn"));
    }
}

/* ---- whatever it is ---- */

static void a_file_is_what_its_bytes_say(void **state)
{
    struct paper_document d = letter();
    struct str file, words, why = STR("");

    (void)state;
    skip_without_tool();
    assert_err(paper_pdf(a, &d, &file), OK);
    assert_err(link_file_words(NULL, a, STR("a.docx"), STR("text/plain"), file, &words, &why), OK);
    assert_true(has(words, "phường Trảng Dài"));
    assert_err(paper_docx(a, &d, &file), OK);
    assert_err(link_file_words(NULL, a, STR("a.pdf"), STR("application/pdf"), file, &words, &why), OK);
    assert_true(has(words, "phường Trảng Dài"));
    assert_err(link_file_words(NULL, a, STR("a.bin"), STR("text/plain"), STR("\xef\xbb\xbfmột hai\r\n"), &words, &why), OK);
    assert_str(words, STR("một hai"));
    assert_str(why, STR(""));
}

static void a_file_without_words_says_why(void **state)
{
    static const struct {
        struct str name, media, bytes;
        const char *why;
    } CASE[] = {
        {STR_INIT("a.pdf"), STR_INIT("application/pdf"), STR_INIT("%PDF-1.7 broken"), "a PDF that is damaged or locked"},
        {STR_INIT("a.docx"), STR_INIT(""), STR_INIT("PK\x05\x06"), "not a ZIP file"},
        {STR_INIT("a.png"), STR_INIT("image/png"), STR_INIT("\x89PNG"), "a kind of file that has no words"},
        {STR_INIT("a.txt"), STR_INIT("text/plain"), STR_INIT("a\xff"), "no text in UTF-8"},
        {STR_INIT("a.txt"), STR_INIT("text/plain"), STR_INIT("a\0b"), "no text in UTF-8"},
    };

    (void)state;
    skip_without_tool();
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        struct str words = STR("x"), why = STR("");
        assert_err(link_file_words(NULL, a, CASE[i].name, CASE[i].media, CASE[i].bytes, &words, &why), OK);
        assert_str(words, STR(""));
        assert_str(why, str_of(CASE[i].why));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_docx_of_ours), TEST(only_what_a_reader_sees), TEST(what_is_refused),
        TEST(a_small_file_does_not_become_a_large_one), TEST(a_pdf_of_ours), TEST(a_pdf_that_is_none), TEST(a_tool_is_bounded),
        TEST(a_tool_that_never_ends_is_ended), TEST(a_tool_sees_nothing_else), TEST(real_signed_documents),
        TEST(a_file_is_what_its_bytes_say), TEST(a_file_without_words_says_why),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("docx_text", tests, NULL, NULL);
}
