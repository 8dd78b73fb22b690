#include "test.h"

#include "html/html.h"
#include "view_frame.h"
#include "view_sample.h"
#include "web/asset.h"

static struct arena *arena;
static struct html_out out;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(16 << 20);
    out = html_out_in(arena, LANG_VI);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static struct str written(void)
{
    return html_done(&out).html_only;
}

static struct str escaped(struct str s)
{
    out = html_out_in(arena, LANG_VI);
    html_text(&out, s);
    return written();
}

/* --- escaping --- */

static void the_five_special_characters_are_escaped(void **state)
{
    (void)state;
    assert_str(escaped(STR("<a href=\"x\" id='y'>&amp;</a>")),
               STR("&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;"));
    assert_str(escaped(STR("")), STR(""));
    assert_str(escaped(STR("Nguyễn Thị Ánh, 100 %")), STR("Nguyễn Thị Ánh, 100 %"));
}

static struct str escaped_slowly(struct str s)
{
    struct buf b = buf_in(arena);

    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_put(&b, STR("&amp;")); break;
        case '<': buf_put(&b, STR("&lt;")); break;
        case '>': buf_put(&b, STR("&gt;")); break;
        case '"': buf_put(&b, STR("&quot;")); break;
        case '\'': buf_put(&b, STR("&#39;")); break;
        default: buf_char(&b, s.p[i]);
        }
    return buf_str(&b);
}

/* Every byte at every place of a text of every length to 24: the eight-byte steps meet all of them. */
static void escaping_in_steps_equals_escaping_byte_by_byte(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 24; n++)
        for (size_t at = 0; at < n; at++) {
            for (int c = 0; c < 256; c++) {
                char text[24];
                memset(text, 'x', sizeof text);
                text[at] = (char)c;
                struct str s = {text, n};
                if (!str_eq(escaped(s), escaped_slowly(s)))
                    fail_msg("byte %02x at %zu of %zu", (unsigned)c, at, n);
            }
            arena_reset(arena);
        }
}

static void random_text_is_escaped_as_byte_by_byte(void **state)
{
    uint64_t seed = 20260715;

    (void)state;
    for (int turn = 0; turn < 20000; turn++) {
        char text[64];
        size_t n = (size_t)turn % 65;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[i] = "&<>\"'aáz0 \x80\xff%=;?!"[(seed >> 33) % 19];
        }
        struct str s = {text, n};
        if (!str_eq(escaped(s), escaped_slowly(s)))
            fail_msg("turn %d", turn);
        if (turn % 100 == 0)
            arena_reset(arena);
    }
}

static void numbers_follow_the_language(void **state)
{
    (void)state;
    html_int(&out, 15210);
    out.lang = LANG_EN;
    html_int(&out, 15210);
    html_digits(&out, -15210);
    assert_str(written(), STR("15.21015,210-15210"));
}

static void the_values_of_a_word_are_escaped(void **state)
{
    struct str value[] = {STR("<b>"), STR("\"'")};

    (void)state;
    html_fill(&out, WORD_COMMON_AT_TIME, value, 2);
    assert_str(written(), STR("&lt;b&gt; lúc &quot;&#39;"));
}

/* --- addresses --- */

static void a_part_of_a_path_is_percent_encoded(void **state)
{
    (void)state;
    assert_str(url_text(URL_PATH(arena, "/")), STR("/"));
    assert_str(url_text(URL_PATH(arena, "/cb/ho-so/%/%", STR("H99.12-0042"), STR("a~b_c"))),
               STR("/cb/ho-so/H99.12-0042/a~b_c"));
    assert_str(url_text(URL_PATH(arena, "/x/%", STR("a/b?c=d&e#f g%<\"'\n"))),
               STR("/x/a%2Fb%3Fc%3Dd%26e%23f%20g%25%3C%22%27%0A"));
    assert_str(url_text(URL_PATH(arena, "/x/%", STR("Hòa"))), STR("/x/H%C3%B2a"));
    assert_str(url_text(URL_PATH(arena, "/x/%/y", STR(""))), STR("/x//y"));
}

static void dots_do_not_climb(void **state)
{
    (void)state;
    assert_str(url_text(URL_PATH(arena, "/x/%/y", STR(".."))), STR("/x/_../y"));
    assert_str(url_text(URL_PATH(arena, "/x/%", STR("."))), STR("/x/_."));
    assert_str(url_text(URL_PATH(arena, "/x/%", STR("..."))), STR("/x/..."));
}

static void a_query_grows_by_and(void **state)
{
    struct url url = URL_PATH(arena, "/cb/viec");

    (void)state;
    url = url_with(arena, url, "han", STR("hôm nay"));
    assert_str(url_text(url), STR("/cb/viec?han=h%C3%B4m%20nay"));
    url = url_with(arena, url, "q", STR("a&b=c"));
    assert_str(url_text(url), STR("/cb/viec?han=h%C3%B4m%20nay&q=a%26b%3Dc"));
}

static void an_address_is_escaped_in_markup(void **state)
{
    struct url url = URL_PATH(arena, "/x");

    (void)state;
    url = url_with(arena, url_with(arena, url, "a", STR("1")), "b", STR("2"));
    html_href(&out, url);
    assert_str(written(), STR("/x?a=1&amp;b=2"));
}

/* --- assets --- */

static void each_asset_is_found_by_its_hashed_name_only(void **state)
{
    (void)state;
    for (int i = 0; i < ASSET__COUNT; i++) {
        const struct asset *a = &ASSETS[i];
        assert_ptr_equal(asset_find(a->hashed), a);
        assert_null(asset_find(a->name));
        assert_true(str_has_prefix(url_text(asset_url((enum asset_id)i)), STR("/a/")));
        assert_true(a->bytes.n > 0);
        assert_true(a->gzip.n < a->bytes.n);
        assert_int_equal(a->sha256.n, 64);
    }
    assert_null(asset_find(STR("")));
    assert_null(asset_find(STR("mc.00000000.css")));
    assert_null(asset_find(STR("../mc.css")));
}

static void a_style_sheet_names_fonts_by_their_hash(void **state)
{
    struct str css = ASSETS[ASSET_MC_CSS].bytes;

    (void)state;
    assert_true(str_find(css, ASSETS[ASSET_SOURCE_SANS_3_VIETNAMESE_WOFF2].hashed) != STR_NONE);
    assert_true(str_find(css, STR("url(/a/source-sans-3-latin.woff2)")) == STR_NONE);
    assert_str(str_sub(ASSETS[ASSET_SOURCE_SANS_3_LATIN_WOFF2].bytes, 0, 4), STR("wOF2"));
    assert_str(str_sub(ASSETS[ASSET_MC_CSS].gzip, 0, 2), STR("\x1f\x8b"));
}

/* --- views, run for real --- */

static bool has(struct str page, struct str part)
{
    return str_find(page, part) != STR_NONE;
}

#define assert_has(part)                                                                           \
    do {                                                                                           \
        if (!has(written(), STR(part)))                                                            \
            fail_msg("no %s in\n%.*s", part, STR_ARG(written()));                                  \
    } while (0)
#define assert_has_not(part)                                                                       \
    do {                                                                                           \
        if (has(written(), STR(part)))                                                             \
            fail_msg("%s in\n%.*s", part, STR_ARG(written()));                                     \
    } while (0)

#define HOSTILE STR("</textarea></title><script>alert(1)</script>\" onload='x' &")

static struct html some_markup(const char *literal)
{
    struct html_out o = html_out_in(arena, LANG_VI);

    html_markup(&o, literal, strlen(literal));
    return html_done(&o);
}

static struct view_sample sample(void)
{
    struct view_sample_row *row = ARENA_ARRAY(arena, struct view_sample_row, 2);
    row[0] = (struct view_sample_row){
        .page = URL_PATH(arena, "/h/%", STR("1&2")), .code = STR("A1"), .late = true, .days = 1500};
    row[1] = (struct view_sample_row){
        .page = URL_PATH(arena, "/h/2"), .code = STR("A2"), .title = STR("Sửa <nhà>"), .days = 3};
    return (struct view_sample){.heading = STR("Việc"),
                                .count = 15210,
                                .row = row,
                                .row_count = 2,
                                .is_open = true,
                                .home = URL_PATH(arena, "/home"),
                                .other = URL_PATH(arena, "/other"),
                                .words = STR("w")};
}

static void values_are_printed_where_they_stand(void **state)
{
    struct view_sample v = sample();

    (void)state;
    view_sample(&out, &v);
    assert_has("<h1 title=\"Việc\" data-n='15210'>Việc: 15.210</h1>");
    assert_has("<a href=\"/h/1%262#top\">A1</a> <strong>1.500\u00a0ngày</strong></td>");
    assert_has("<a href=\"/h/2#top\">A2</a> Sửa &lt;nhà&gt;</td>");
    assert_has("<i aria-label=\"1.500\" data-days=\"1500\"></i>");
    assert_has("<label for=\"w\">Việc lúc 15.210</label>");
    assert_has("<input type=\"hidden\" name=\"n\" value=\"15210\">");
    assert_has("<button>Lưu <kbd>Enter</kbd></button>");
    assert_has("<code>kept   blanks</code>");
    assert_has("<hr>");
    assert_has_not("author");
    assert_has_not("{{");
}

static void branches_and_attributes_follow_conditions(void **state)
{
    struct view_sample v = sample();

    (void)state;
    view_sample(&out, &v);
    assert_has("<form action=\"/home\" method=\"post\" class=\"open long\">");
    assert_has(" required>");
    assert_has_not(" disabled");
    assert_has("<p>–</p>");

    v.is_open = false;
    v.words = STR("");
    v.aside = some_markup("<aside>finished</aside>");
    out = html_out_in(arena, LANG_EN);
    view_sample(&out, &v);
    assert_has("<form action=\"/other\" method=\"post\">");
    assert_has(" disabled");
    assert_has_not(" required");
    assert_has("<aside>finished</aside>");
    assert_has("<p>/home</p>");
    assert_has("15,210</h1>");
}

static void an_empty_list_says_so(void **state)
{
    struct view_sample v = sample();

    (void)state;
    view_sample(&out, &v);
    assert_has_not("<p>Không có</p>");
    v.row_count = 0;
    out = html_out_in(arena, LANG_VI);
    view_sample(&out, &v);
    assert_has("<p>Không có</p>");
    assert_has_not("<tr>");
}

static void a_missing_one_is_passed_over(void **state)
{
    struct view_sample_person chief = {.name = STR("Vinh")}, head = {STR("Mai"), &chief, NULL, 0},
                              clerk = {STR("An"), &head, NULL, 0};
    struct view_sample v = sample();

    (void)state;
    view_sample(&out, &v);
    assert_has_not("<b>An</b>");
    v.person = &clerk;
    view_sample(&out, &v);
    assert_has("<b>An</b> &lt; Mai &lt; Vinh<b>An</b>"); /* called twice in the view */
}

static void hostile_text_stays_text(void **state)
{
    struct view_sample v = sample();
    struct view_sample_row row = {.page = URL_PATH(arena, "/h/%", HOSTILE),
                                  .code = HOSTILE, .title = HOSTILE};

    (void)state;
    v.heading = v.words = HOSTILE;
    v.row = &row;
    v.row_count = 1;
    view_sample(&out, &v);
    assert_has_not("<script");
    assert_has_not("onload='");
    assert_has_not("\" onload");
    assert_has("value=\"&lt;/textarea&gt;&lt;/title&gt;&lt;script&gt;");
    assert_has("href=\"/h/%3C%2Ftextarea%3E");
}

static void a_line_feed_that_begins_a_textarea_survives(void **state)
{
    struct view_sample v = sample();

    (void)state;
    v.words = STR("\nsecond line");
    view_sample(&out, &v);
    assert_has("\">\n\nsecond line</textarea>"); /* parsers drop the first */
}

static void a_frame_holds_markup_assets_and_icons(void **state)
{
    struct view_sample_row row = {.code = STR("<x>")};
    struct view_frame v = {.lang = STR("vi"), .title = STR("</title>"),
                           .body = some_markup("<main></main>"), .row = &row, .row_count = 1};
    struct str css = ASSETS[ASSET_MC_CSS].hashed;

    (void)state;
    view_frame(&out, &v);
    assert_has("<!doctype html>\n<html lang=\"vi\">");
    assert_has("<title>&lt;/title&gt;</title>");
    assert_true(has(written(), str_format(arena, "href=\"/a/%" PRIstr "\">", STR_ARG(css))));
    assert_has("\" defer></script>");
    assert_has("<svg class=\"ic\" aria-hidden=\"true\"><use href=\"/a/icons.");
    assert_has(".svg#search\"/></svg><main></main><b>&lt;x&gt;</b></body>");
    v.style_only = true;
    out = html_out_in(arena, LANG_VI);
    view_frame(&out, &v);
    assert_has_not("<script");
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_five_special_characters_are_escaped),
        T(escaping_in_steps_equals_escaping_byte_by_byte),
        T(random_text_is_escaped_as_byte_by_byte),
        T(numbers_follow_the_language),
        T(the_values_of_a_word_are_escaped),
        T(a_part_of_a_path_is_percent_encoded),
        T(dots_do_not_climb),
        T(a_query_grows_by_and),
        T(an_address_is_escaped_in_markup),
        T(each_asset_is_found_by_its_hashed_name_only),
        T(a_style_sheet_names_fonts_by_their_hash),
        T(values_are_printed_where_they_stand),
        T(branches_and_attributes_follow_conditions),
        T(an_empty_list_says_so),
        T(a_missing_one_is_passed_over),
        T(hostile_text_stays_text),
        T(a_line_feed_that_begins_a_textarea_survives),
        T(a_frame_holds_markup_assets_and_icons),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
