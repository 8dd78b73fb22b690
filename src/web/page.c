/* The frames around a page: staff, public, and papers to print. */
#include "acts/desk.h"
#include "base/text.h"
#include "web/answer.h"
#include "web/routes.h"
#include "web/url.h"

#include "view_page.h"

/* ---- the menu ---- */

enum menu_group { GROUP_DOSSIER, GROUP_COUNTER, GROUP_DOCUMENT, GROUP_LEADER, GROUP_ADMIN, GROUP__COUNT };

static const enum word GROUPS[] = {WORD_PAGE_GROUP_DOSSIER, WORD_PAGE_GROUP_COUNTER, WORD_PAGE_GROUP_DOCUMENT, WORD_PAGE_GROUP_LEADER,
                                   WORD_PAGE_GROUP_ADMIN};
_Static_assert(sizeof GROUPS / sizeof GROUPS[0] == GROUP__COUNT, "every group has a word");

static const struct menu_entry {
    enum web_menu menu;
    enum menu_group group;
    struct str path;
    enum right right;
    enum word label;
    struct str icon;
} ENTRIES[] = {
    {MENU_QUEUE, GROUP_DOSSIER, STR_INIT("/cb/viec"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_QUEUE, STR_INIT("inbox")},
    {MENU_UNIT_QUEUE, GROUP_DOSSIER, STR_INIT("/cb/viec-phong"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_UNIT_QUEUE,
     STR_INIT("users")},
    {MENU_SEARCH, GROUP_DOSSIER, STR_INIT("/cb/tim"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_SEARCH, STR_INIT("search")},
    {MENU_NOTICE, GROUP_DOSSIER, STR_INIT("/cb/nhac-viec"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_NOTICE, STR_INIT("bell")},
    {MENU_SHEET, GROUP_DOSSIER, STR_INIT("/cb/phieu-ban-giao"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_SHEET, STR_INIT("clipboard-check")},
    {MENU_ABSENCE, GROUP_DOSSIER, STR_INIT("/cb/vang-mat"), RIGHT_DOSSIER_PROCESS, WORD_PAGE_MENU_ABSENCE, STR_INIT("calendar-clock")},
    {MENU_INTAKE, GROUP_COUNTER, STR_INIT("/cb/tiep-nhan"), RIGHT_DOSSIER_RECEIVE, WORD_PAGE_MENU_INTAKE,
     STR_INIT("file-plus")},
    {MENU_HAND_OVER, GROUP_COUNTER, STR_INIT("/cb/ban-giao"), RIGHT_DOSSIER_RECEIVE, WORD_PAGE_MENU_HAND_OVER,
     STR_INIT("handshake")},
    {MENU_RETURN, GROUP_COUNTER, STR_INIT("/cb/tra-ket-qua"), RIGHT_DOSSIER_HAND_OUT, WORD_PAGE_MENU_RETURN,
     STR_INIT("package-check")},
    {MENU_REGISTER, GROUP_COUNTER, STR_INIT("/cb/so-theo-doi"), RIGHT_DOSSIER_SEARCH, WORD_PAGE_MENU_REGISTER,
     STR_INIT("book-open")},
    {MENU_DOCUMENT_WAITING, GROUP_DOCUMENT, STR_INIT("/vb"), RIGHT_DOCUMENT_DRAFT, WORD_PAGE_MENU_DOCUMENT_WAITING, STR_INIT("pen-line")},
    {MENU_DOCUMENT_SIGN, GROUP_DOCUMENT, STR_INIT("/vb/ky"), RIGHT_DOCUMENT_SIGN, WORD_DOCUMENT_SIGN_MENU, STR_INIT("key")},
    {MENU_DOCUMENT_SIGN, GROUP_DOCUMENT, STR_INIT("/vb/ky"), RIGHT_DOCUMENT_REGISTER, WORD_DOCUMENT_SIGN_MENU, STR_INIT("key")},
    {MENU_DOCUMENT_IN, GROUP_DOCUMENT, STR_INIT("/vb/den"), RIGHT_DOCUMENT_DRAFT, WORD_PAGE_MENU_DOCUMENT_IN, STR_INIT("arrow-down")},
    {MENU_DOCUMENT_OUT, GROUP_DOCUMENT, STR_INIT("/vb/di"), RIGHT_DOCUMENT_DRAFT, WORD_PAGE_MENU_DOCUMENT_OUT, STR_INIT("arrow-up")},
    {MENU_TASK, GROUP_DOCUMENT, STR_INIT("/vb/viec"), RIGHT_DOCUMENT_DRAFT, WORD_PAGE_MENU_TASK, STR_INIT("list-checks")},
    {MENU_WORK_FILE, GROUP_DOCUMENT, STR_INIT("/vb/ho-so"), RIGHT_DOCUMENT_DRAFT, WORD_PAGE_MENU_WORK_FILE, STR_INIT("folder")},
    {MENU_SERIES, GROUP_DOCUMENT, STR_INIT("/vt/day-so"), RIGHT_DOCUMENT_REGISTER, WORD_PAGE_MENU_SERIES, STR_INIT("stamp")},
    {MENU_EXCHANGE, GROUP_DOCUMENT, STR_INIT("/vt/lien-thong"), RIGHT_DOCUMENT_REGISTER, WORD_PAGE_MENU_EXCHANGE, STR_INIT("refresh-cw")},
    {MENU_CERTIFICATE, GROUP_DOCUMENT, STR_INIT("/vt/chung-thu-so"), RIGHT_CERTIFICATE_READ, WORD_PAGE_MENU_CERTIFICATE, STR_INIT("shield-check")},
    {MENU_LEADER, GROUP_LEADER, STR_INIT("/ld"), RIGHT_FIGURE_READ, WORD_PAGE_MENU_LEADER,
     STR_INIT("layout-dashboard")},
    {MENU_AGENCY, GROUP_LEADER, STR_INIT("/ld/lien-thong"), RIGHT_FIGURE_READ, WORD_PAGE_MENU_AGENCY,
     STR_INIT("waypoints")},
    {MENU_REPORT, GROUP_LEADER, STR_INIT("/bc"), RIGHT_REPORT_READ, WORD_PAGE_MENU_REPORT, STR_INIT("chart-column")},
    {MENU_BOOK, GROUP_LEADER, STR_INIT("/cc"), RIGHT_BOOK_READ, WORD_BOOK_PAGE_MENU, STR_INIT("book-open")},
    {MENU_CATALOGUE, GROUP_ADMIN, STR_INIT("/qt/thu-tuc"), RIGHT_CATALOGUE_READ, WORD_PAGE_MENU_CATALOGUE,
     STR_INIT("clipboard-list")},
    {MENU_PROCESS, GROUP_ADMIN, STR_INIT("/qt/quy-trinh"), RIGHT_CATALOGUE_READ, WORD_PAGE_MENU_PROCESS, STR_INIT("workflow")},
    {MENU_COOPERATION, GROUP_ADMIN, STR_INIT("/qt/quy-che"), RIGHT_CATALOGUE_READ, WORD_PAGE_MENU_COOPERATION,
     STR_INIT("file-text")},
    {MENU_UNITS, GROUP_ADMIN, STR_INIT("/qt/don-vi"), RIGHT_UNIT_EDIT, WORD_PAGE_MENU_UNITS, STR_INIT("network")},
    {MENU_PEER, GROUP_ADMIN, STR_INIT("/qt/ket-noi"), RIGHT_UNIT_EDIT, WORD_PAGE_MENU_PEER, STR_INIT("link")},
    {MENU_PEOPLE, GROUP_ADMIN, STR_INIT("/qt/nguoi-dung"), RIGHT_PERSON_EDIT, WORD_PAGE_MENU_PEOPLE,
     STR_INIT("user-check")},
    {MENU_CALENDAR, GROUP_ADMIN, STR_INIT("/qt/lich"), RIGHT_CALENDAR_EDIT, WORD_PAGE_MENU_CALENDAR,
     STR_INIT("calendar-days")},
    {MENU_JOURNAL, GROUP_ADMIN, STR_INIT("/qt/nhat-ky"), RIGHT_JOURNAL_READ, WORD_PAGE_MENU_JOURNAL,
     STR_INIT("history")},
};
enum { ENTRY_COUNT = sizeof ENTRIES / sizeof ENTRIES[0] };

static struct url entry_url(struct arena *a, const struct menu_entry *e)
{
    struct url url;

    if (!url_own(a, e->path, &url))
        BUG("the menu names a path that is none: %" PRIstr, STR_ARG(e->path));
    return url;
}

static bool may_enter(const struct web *w, const struct menu_entry *e)
{
    return w->right[e->right] && routes_has_page(w->routes, e->path);
}

struct url web_home(const struct web *w)
{
    struct arena *a = w->ctx->arena;

    for (size_t i = 0; i < ENTRY_COUNT; i++)
        if (may_enter(w, &ENTRIES[i]))
            return entry_url(a, &ENTRIES[i]);
    return URL_PATH(a, "/cb/mat-khau"); /* signed in, and nothing to do yet */
}

static size_t menu_group_fill(const struct web *w, enum menu_group group, enum web_menu here,
                              struct view_menu_item *item)
{
    struct arena *a = w->ctx->arena;
    size_t n = 0;

    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        const struct menu_entry *e = &ENTRIES[i];
        bool is_there = i > 0 && ENTRIES[i - 1].menu == e->menu && may_enter(w, &ENTRIES[i - 1]); /* by another right */
        if (e->group != group || is_there || !may_enter(w, e))
            continue;
        item[n++] = (struct view_menu_item){
            .page = entry_url(a, e),
            .sign = web_icon(w, e->icon),
            .label = word(w->ctx->lang, e->label),
            .here = e->menu == here,
        };
    }
    return n;
}

static size_t menu_fill(const struct web *w, enum web_menu here, struct view_menu_group *group)
{
    struct arena *a = w->ctx->arena;
    size_t n = 0;

    for (int g = 0; g < GROUP__COUNT; g++) {
        struct view_menu_item *item = ARENA_ARRAY(a, struct view_menu_item, ENTRY_COUNT);
        size_t count = menu_group_fill(w, (enum menu_group)g, here, item);
        if (count)
            group[n++] = (struct view_menu_group){word(w->ctx->lang, GROUPS[g]), item, count};
    }
    return n;
}

/* ---- small pieces ---- */

/* First letters of the first and last word: "Trần Thị Mai" -> "TM". */
static struct str initials(struct arena *a, struct str name)
{
    struct buf b = buf_in(a);
    struct str rest = name, word, last = STR("");

    while (str_split(&rest, ' ', &word)) {
        if (str_is_empty(word))
            continue;
        size_t n = 1;
        while (n < word.n && ((unsigned char)word.p[n] & 0xc0) == 0x80)
            n++;
        if (b.n == 0)
            buf_put(&b, str_sub(word, 0, n));
        else
            last = str_sub(word, 0, n);
    }
    buf_put(&b, last);
    return text_upper(a, buf_str(&b));
}

static struct str page_title(const struct web *w, struct str title)
{
    return w->ctx->problems.count ? word_format(w->ctx->arena, w->ctx->lang, WORD_COMMON_ERROR_PREFIX, &title, 1)
                                  : title;
}

/* This page, without what was said once and without a language of its own. */
static struct str own_address(const struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct buf b = buf_in(a);
    struct str rest = w->rq->method == HTTP_GET ? w->rq->query : STR(""), pair;

    buf_put(&b, w->rq->path);
    char before = '?';
    while (str_split(&rest, '&', &pair)) {
        if (str_is_empty(pair) || str_has_prefix(pair, STR("lang=")) || str_has_prefix(pair, STR("bao=")) ||
            str_has_prefix(pair, STR("ve=")) || str_has_prefix(pair, STR("dau=")))
            continue;
        buf_char(&b, before);
        buf_put(&b, pair);
        before = '&';
    }
    return buf_str(&b);
}

static struct url other_language(const struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct url url;

    if (!url_own(a, own_address(w), &url))
        url = URL_PATH(a, "/");
    return url_with(a, url, "lang", w->ctx->lang == LANG_VI ? STR("en") : STR("vi"));
}

static enum err answer(struct web *w, struct html_out *o)
{
    w->rs->body = o->buf.n ? buf_str(&o->buf) : STR("");
    return OK;
}

/* ---- frames ---- */

enum err web_staff_page(struct web *w, enum web_menu here, struct str title, struct html main)
{
    struct ctx *ctx = w->ctx;
    struct arena *a = ctx->arena;
    struct view_menu_group *group = ARENA_ARRAY(a, struct view_menu_group, GROUP__COUNT);
    struct html_out o = web_out(w);
    size_t count = menu_fill(w, here, group);

    view_staff_page(
        &o, &(struct view_staff_page){
                .title = page_title(w, title),
                .shows_drawing = w->drawing == WEB_DRAWS_TO_SHOW,
                .changes_drawing = w->drawing == WEB_DRAWS_TO_CHANGE,
                .signs = w->signs,
                .home = web_home(w),
                .unit = ctx->actor.unit_name,
                .search = URL_PATH(a, "/cb/tim"),
                .may_search = w->right[RIGHT_DOSSIER_SEARCH],
                .words = here == MENU_SEARCH ? web_field(w, "q") : STR(""),
                .menu_group = group,
                .menu_group_count = count,
                .initials = initials(a, ctx->actor.name),
                .name = ctx->actor.name,
                .job = ctx->actor.title,
                .other_lang = other_language(w),
                .other_lang_name = word(ctx->lang, ctx->lang == LANG_VI ? WORD_COMMON_LANG_EN : WORD_COMMON_LANG_VI),
                .other_lang_code = ctx->lang == LANG_VI ? STR("en") : STR("vi"),
                .sign_out = URL_PATH(a, "/dang-xuat"),
                .own = URL_PATH(a, "/cb/ca-nhan"),
                .password = URL_PATH(a, "/cb/mat-khau"),
                .csrf = w->csrf,
                .intake = w->right[RIGHT_DOSSIER_RECEIVE],
                .intake_page = url_intake(a),
                .said = web_said(w),
                .main = main,
            });
    w->rs->no_store = true;
    w->rs->local_port = w->signs ? w->agent_port : 0;
    return answer(w, &o);
}

enum err web_public_page(struct web *w, enum web_nav here, struct str title, struct html main)
{
    struct ctx *ctx = w->ctx;
    struct arena *a = ctx->arena;
    struct html_out o = web_out(w);
    struct act_site site = {.name = STR_INIT("")};
    bool procedures = routes_has_page(w->routes, STR("/thu-tuc")), track = routes_has_page(w->routes, STR("/tra-cuu"));

    if (act_site(&site, ctx) != OK) /* the frame must stand even where the store does not */
        site = (struct act_site){.name = STR_INIT("")};
    view_public_page(&o, &(struct view_public_page){
                             .title = page_title(w, title),
                             .home = URL_PATH(a, "/"),
                             .owner = site.name,
                             .address = site.address,
                             .phone = site.phone,
                             .at_home = here == NAV_HOME,
                             .has_procedures = procedures,
                             .procedures = URL_PATH(a, "/thu-tuc"),
                             .at_procedures = here == NAV_PROCEDURES,
                             .has_track = track,
                             .track = URL_PATH(a, "/tra-cuu"),
                             .at_track = here == NAV_TRACK,
                             .signed_in = w->signed_in,
                             .desk = URL_PATH(a, "/cb"),
                             .sign_in = url_sign_in(a, STR("")),
                             .has_signatures = routes_has_page(w->routes, STR("/kiem-tra-chu-ky")),
                             .signatures = URL_PATH(a, "/kiem-tra-chu-ky"),
                             .is_vietnamese = ctx->lang == LANG_VI,
                             .other_lang = other_language(w),
                             .said = web_said(w),
                             .main = main,
                         });
    return answer(w, &o);
}

enum err web_paper(struct web *w, struct str title, struct html main)
{
    struct html_out o = web_out(w);

    view_paper_page(&o, &(struct view_paper_page){.title = title, .main = main});
    w->rs->no_store = true;
    return answer(w, &o);
}
