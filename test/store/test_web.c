/* The web as http_start sees it: what a request may carry, who may come, what is kept of a form. */
#include "world.h"

#include "acts/session.h"
#include "web/app.h"
#include "web/url.h"

enum { FIELDS_MAX = 64 };

static struct web_setup setup;
static struct http_app app;
static void *worker;

/* One visitor: its cookie, and the last answer. */
struct visitor {
    struct str session;
    struct http_request rq;
    struct http_response rs;
    struct http_value value[FIELDS_MAX];
};

static struct instant stands(void *arg)
{
    (void)arg;
    return world()->ctx.now;
}

/* ---- a request without a wire ---- */

struct pair {
    const char *name;
    struct str text;
};

static void visit(struct visitor *v, enum http_method method, const char *path, const struct pair *pair)
{
    const struct http_field *field = app.fields(app.arg, method, str_of(path));
    size_t n = 0;

    v->rs = (struct http_response){.status = 200};
    for (; pair && pair->name; pair++)
        for (const struct http_field *f = field; f && f->name; f++)
            if (strcmp(f->name, pair->name) == 0)
                v->value[n++] = (struct http_value){.field = f, .name = f->name, .text = pair->text};
    bool cross = v->rq.is_cross_site;
    v->rq = (struct http_request){.method = method, .path = str_of(path), .value = v->value, .value_count = n,
                                  .session = v->session, .peer = STR("10.0.0.1"), .request_id = STR("r1"),
                                  .is_cross_site = cross};
    app.answer(app.arg, worker, world()->arena, &v->rq, &v->rs);
    for (int i = 0; i < v->rs.cookie_count; i++) {
        struct str rest = v->rs.set_cookie[i], cookie, name;
        str_split(&rest, ';', &cookie);
        str_split(&cookie, '=', &name);
        if (str_eq(name, STR("mc_session")))
            v->session = cookie;
    }
}
#define GET(v, path)       visit((v), HTTP_GET, (path), NULL)
#define POST(v, path, ...) visit((v), HTTP_POST, (path), (const struct pair[]){__VA_ARGS__, {NULL, {NULL, 0}}})

static bool says(const struct visitor *v, const char *text)
{
    return str_find(v->rs.body, str_of(text)) != STR_NONE;
}
#define assert_says(v, text)                                                                                           \
    do {                                                                                                               \
        if (!says((v), (text)))                                                                                        \
            fail_msg("%d: does not say \"%s\":\n%.*s", (v)->rs.status, (text), STR_ARG((v)->rs.body));                 \
    } while (0)

/* What stands in `before…"` of the last page. */
static struct str value_after(const struct visitor *v, const char *before)
{
    size_t at = str_find(v->rs.body, str_of(before));

    if (at == STR_NONE)
        fail_msg("the page has no %s", before);
    struct str rest = str_sub(v->rs.body, at + strlen(before), v->rs.body.n);
    return str_sub(rest, 0, str_find(rest, STR("\"")));
}

static struct visitor signed_in(const char *login)
{
    struct visitor v = {.session = {NULL, 0}};

    POST(&v, "/dang-nhap", {"login", str_of(login)}, {"password", STR("mot-cua-mot-cua")});
    assert_int_equal(v.rs.status, 303);
    return v;
}

/* ---- the stage ---- */

static void people_once(void)
{
    struct ctx ctx = world_system();
    struct actor known;

    if (actor_load(&ctx, STR("quay"), &known) == OK)
        return;
    struct act_password counter = {world_person("quay", "26041", "mot-cua"), STR(""), STR("mot-cua-mot-cua")};
    struct act_password other = {world_person("khac", "26002", "mot-cua"), STR(""), STR("mot-cua-mot-cua")};
    assert_err(act_password(&counter, &ctx), OK);
    assert_err(act_password(&other, &ctx), OK);
}

static int begin(void **state)
{
    (void)state;
    people_once();
    setup = (struct web_setup){.pool = world()->pool, .now = stands, .public_base = STR("https://mc.example.vn")};
    app = web_app(&setup);
    return app.worker_open(app.arg, &worker) != OK;
}

static int end(void **state)
{
    (void)state;
    app.worker_close(app.arg, worker);
    web_app_close(&app);
    return 0;
}

/* ---- the door ---- */

static void a_stranger_is_sent_to_sign_in_and_back(void **state)
{
    struct visitor v = {.session = STR("0123456789abcdef")};

    (void)state;
    GET(&v, "/cb/viec");
    assert_int_equal(v.rs.status, 303);
    assert_str(v.rs.location, STR("/dang-nhap?tiep=%2Fcb%2Fviec"));
    POST(&v, "/dang-nhap", {"login", STR("quay")}, {"password", STR("mot-cua-mot-cua")}, {"tiep", STR("/cb/tim?q=a%20b")});
    assert_int_equal(v.rs.status, 303);
    assert_str(v.rs.location, STR("/cb/tim?q=a%20b"));
    GET(&v, "/cb/viec");
    assert_int_equal(v.rs.status, 200);
    assert_true(v.rs.no_store);
}

static void nobody_is_sent_to_another_site(void **state)
{
    static const char *const away[] = {"//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""};
    struct arena *a = world()->arena;
    struct url url;

    (void)state;
    for (size_t i = 0; i < sizeof away / sizeof away[0]; i++) {
        struct visitor v = {.session = {NULL, 0}};
        POST(&v, "/dang-nhap", {"login", STR("quay")}, {"password", STR("mot-cua-mot-cua")}, {"tiep", str_of(away[i])});
        assert_int_equal(v.rs.status, 303);
        assert_true(v.rs.location.n > 1 && v.rs.location.p[0] == '/' && v.rs.location.p[1] != '/' &&
                    v.rs.location.p[1] != '\\');
    }
    assert_true(url_own(a, STR("/cb/ho-so/%E1%BA%A2nh?q=a+b&x="), &url));
    assert_str(url_text(url), STR("/cb/ho-so/%E1%BA%A2nh?q=a%20b&x="));
    assert_false(url_own(a, STR("//a"), &url));
    assert_false(url_own(a, STR("/a//b"), &url));
    assert_false(url_own(a, STR("/a/%"), &url));
    assert_false(url_own(a, STR("/a/%f"), &url));
    assert_false(url_own(a, STR("/a/%zz"), &url));
    assert_false(url_own(a, STR("/a/%ff"), &url));
    assert_false(url_own(a, STR("/a/%00"), &url));
    assert_false(url_own(a, STR("/1/2/3/4/5/6/7"), &url));
    assert_true(url_own(a, STR("/1/2/3/4/5/6"), &url));
}

static void a_wrong_password_waits_after_five(void **state)
{
    struct visitor v = {.session = {NULL, 0}};

    (void)state;
    for (int i = 0; i < SIGN_IN_TRIES; i++) {
        POST(&v, "/dang-nhap", {"login", STR("khac")}, {"password", STR("không phải")});
        assert_int_equal(v.rs.status, 422);
    }
    POST(&v, "/dang-nhap", {"login", STR("khac")}, {"password", STR("mot-cua-mot-cua")});
    assert_int_equal(v.rs.status, 429);
    assert_true(v.rs.retry_after > 0);
    assert_int_equal(v.session.n, 0);
}

static void a_form_needs_the_token_of_its_session(void **state)
{
    struct visitor v = signed_in("quay");
    int64_t lines = world_lines();

    (void)state;
    POST(&v, "/cb/tiep-nhan", {"csrf", STR("wrong")}, {"procedure", STR("1.001193")}, {"name", STR("Lê Văn A")});
    assert_int_equal(v.rs.status, 409);
    assert_says(&v, "name=\"name\" value=\"Lê Văn A\"");
    v.rq.is_cross_site = true;
    POST(&v, "/cb/tiep-nhan", {"csrf", STR("wrong")}, {"procedure", STR("1.001193")});
    assert_int_equal(v.rs.status, 403);
    assert_int_equal(world_lines(), lines);
}

static void a_form_outlives_its_session(void **state)
{
    struct visitor v = {.session = {NULL, 0}};

    (void)state;
    POST(&v, "/cb/tiep-nhan", {"csrf", STR("old")}, {"procedure", STR("1.001193")}, {"name", STR("Lê \"B\" <b>")},
         {"p_note", STR("một")}, {"p_note", STR("hai")});
    assert_int_equal(v.rs.status, 401);
    struct str kept = value_after(&v, "name=\"giu\" value=\"");
    assert_true(kept.n > 0);
    /* a browser sends back what the page means, not how it is written */
    struct str plain = STR("{\"field\":[{\"name\":\"procedure\",\"text\":\"1.001193\"},{\"name\":\"name\",\"text\":"
                           "\"Lê \\\"B\\\" <b>\"},{\"name\":\"p_note\",\"text\":\"một\"},{\"name\":\"p_note\",\"text\":"
                           "\"hai\"}],\"path\":\"/cb/tiep-nhan\"}");
    POST(&v, "/dang-nhap", {"login", STR("quay")}, {"password", STR("mot-cua-mot-cua")}, {"giu", plain});
    assert_int_equal(v.rs.status, 200);
    assert_says(&v, "action=\"/cb/tiep-nhan\"");
    assert_says(&v, "value=\"Lê &quot;B&quot; &lt;b&gt;\"");
    assert_says(&v, "value=\"hai\"");
    POST(&v, "/dang-nhap", {"login", STR("quay")}, {"password", STR("mot-cua-mot-cua")},
         {"giu", STR("{\"path\":\"https://evil.example/\",\"field\":[]}")});
    assert_int_equal(v.rs.status, 400);
}

/* ---- the day at the counter ---- */

static struct str csrf_of(struct visitor *v)
{
    GET(v, "/cb/viec");
    return value_after(v, "name=\"csrf\" value=\"");
}

static void intake_says_all_that_is_wrong_and_keeps_what_was_typed(void **state)
{
    struct visitor v = signed_in("quay");
    struct str csrf = csrf_of(&v);
    int64_t lines = world_lines();

    (void)state;
    POST(&v, "/cb/tiep-nhan", {"csrf", csrf}, {"procedure", STR("1.001193")}, {"phone", STR("12")},
         {"sets", STR("nhiều")}, {"summary", STR("Con thứ hai")});
    assert_int_equal(v.rs.status, 422);
    assert_says(&v, "href=\"#f-name\"");
    assert_says(&v, "href=\"#f-phone\"");
    assert_says(&v, "href=\"#f-sets\"");
    assert_says(&v, "href=\"#f-paper\"");
    assert_says(&v, "Con thứ hai");
    assert_int_equal(world_lines(), lines);
}

static struct str receive(struct visitor *v, struct str csrf, const char *name)
{
    POST(v, "/cb/tiep-nhan", {"csrf", csrf}, {"procedure", STR("1.001193")}, {"name", str_of(name)},
         {"id_no", STR("075099000001|1|Từ Thẻ|01021990|Nam|Số 1")}, {"p_case", STR("1")},
         {"p_here", STR("0")}, {"p_here", STR("1")}, {"p_here", STR("2")}, {"p_here", STR("3")}, {"p_here", STR("4")},
         {"p_here", STR("5")}, {"same_seen", STR("1")});
    assert_int_equal(v->rs.status, 303);
    size_t at = str_find(v->rs.location, STR("ma="));
    assert_true(at != STR_NONE);
    return str_sub(v->rs.location, at + 3, v->rs.location.n);
}

static void what_is_taken_in_can_be_seen_printed_and_handed_over(void **state)
{
    struct visitor v = signed_in("quay");
    struct arena *a = world()->arena;
    struct str csrf = csrf_of(&v), code = receive(&v, csrf, "Bị thẻ thay");
    const char *page = str_z(a, str_format(a, "/cb/ho-so/%" PRIstr, STR_ARG(code)));

    (void)state;
    GET(&v, page);
    assert_int_equal(v.rs.status, 200);
    assert_says(&v, "Từ Thẻ");
    assert_says(&v, "01/02/1990");
    GET(&v, str_z(a, str_format(a, "%s/giay-tiep-nhan", page)));
    assert_int_equal(v.rs.status, 200);
    assert_says(&v, "<path d=\"M4 4h7v1h-7z");
    GET(&v, str_z(a, str_format(a, "%s/phieu-xin-loi", page)));
    assert_int_equal(v.rs.status, 404);
    GET(&v, str_z(a, str_format(a, "%s/khong-co", page)));
    assert_int_equal(v.rs.status, 404);
    POST(&v, str_z(a, str_format(a, "%s/bo-sung", page)), {"csrf", csrf}, {"d_paper", STR("1")}, {"d_what", STR(" ")});
    assert_int_equal(v.rs.status, 422);
    POST(&v, str_z(a, str_format(a, "%s/chuyen", page)), {"csrf", csrf}, {"version", STR("77")});
    assert_int_equal(v.rs.status, 409);
    POST(&v, str_z(a, str_format(a, "%s/chuyen", page)), {"csrf", csrf});
    assert_int_equal(v.rs.status, 303);
}

static void another_ward_sees_nothing_of_it(void **state)
{
    struct visitor v = signed_in("quay");
    struct arena *a = world()->arena;
    struct str code = receive(&v, csrf_of(&v), "Không ai biết");
    struct ctx ctx = world_system();
    struct act_password fresh = {world_person("khac2", "26002", "mot-cua"), STR(""), STR("mot-cua-mot-cua")};

    (void)state;
    assert_err(act_password(&fresh, &ctx), OK);
    struct visitor other = signed_in("khac2");
    GET(&other, str_z(a, str_format(a, "/cb/ho-so/%" PRIstr, STR_ARG(code))));
    assert_true(other.rs.status == 403 || other.rs.status == 404);
    assert_false(says(&other, "Từ Thẻ"));
    visit(&other, HTTP_GET, "/cb/tim", (const struct pair[]){{"q", STR("tu the")}, {NULL, {NULL, 0}}});
    assert_int_equal(other.rs.status, 200);
    assert_false(says(&other, "Từ Thẻ"));
}

static void many_at_once_say_how_each_went(void **state)
{
    struct visitor v = signed_in("quay");
    struct arena *a = world()->arena;
    struct str csrf = csrf_of(&v);
    int64_t id = world_receive("26002", "1.001193", 1, "2018-03-30T08:00");

    (void)state;
    POST(&v, "/cb/ban-giao", {"csrf", csrf});
    assert_int_equal(v.rs.status, 303); /* nothing chosen: said on the page */
    POST(&v, "/cb/ban-giao", {"csrf", csrf}, {"id", str_format(a, "%lld X", (long long)id)});
    assert_int_equal(v.rs.status, 200);
    assert_says(&v, "1 hồ sơ chưa làm được");
    POST(&v, "/cb/ban-giao", {"csrf", csrf}, {"id", STR("not a number")});
    assert_int_equal(v.rs.status, 400);
}

static void a_sentence_is_shown_only_if_we_said_it(void **state)
{
    struct visitor v = signed_in("quay");

    (void)state;
    visit(&v, HTTP_GET, "/cb/viec", (const struct pair[]){{"bao", STR("queue.bulk_taken")}, {"ve", STR("Gọi số lừa đảo")},
                                                          {"dau", STR("00000000000000000000")}, {NULL, {NULL, 0}}});
    assert_int_equal(v.rs.status, 200);
    assert_false(says(&v, "lừa đảo"));
}

static void it_speaks_the_language_that_was_chosen(void **state)
{
    struct visitor v = signed_in("quay");

    (void)state;
    visit(&v, HTTP_GET, "/cb/viec", (const struct pair[]){{"lang", STR("en")}, {NULL, {NULL, 0}}});
    assert_says(&v, "<html lang=\"en\">");
    assert_says(&v, "My work");
    assert_str(v.rs.set_cookie[0], STR("mc_lang=en; Max-Age=31536000"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stranger_is_sent_to_sign_in_and_back, begin, end),
        cmocka_unit_test_setup_teardown(nobody_is_sent_to_another_site, begin, end),
        cmocka_unit_test_setup_teardown(a_form_needs_the_token_of_its_session, begin, end),
        cmocka_unit_test_setup_teardown(a_form_outlives_its_session, begin, end),
        cmocka_unit_test_setup_teardown(intake_says_all_that_is_wrong_and_keeps_what_was_typed, begin, end),
        cmocka_unit_test_setup_teardown(what_is_taken_in_can_be_seen_printed_and_handed_over, begin, end),
        cmocka_unit_test_setup_teardown(another_ward_sees_nothing_of_it, begin, end),
        cmocka_unit_test_setup_teardown(many_at_once_say_how_each_went, begin, end),
        cmocka_unit_test_setup_teardown(a_sentence_is_shown_only_if_we_said_it, begin, end),
        cmocka_unit_test_setup_teardown(it_speaks_the_language_that_was_chosen, begin, end),
        cmocka_unit_test_setup_teardown(a_wrong_password_waits_after_five, begin, end),
    };

    return world_main("web", tests, sizeof tests / sizeof tests[0]);
}
