/* Anybody brings a PDF and sees what is true of its signatures. The file lives as long as the request. */
#include "acts/signature.h"
#include "view_page.h"
#include "view_signature.h"
#include "web/web.h"

static const struct http_field FIELDS[] = {{.name = "tep", .max = HTTP_BODY_MAX, .file = true}, {.name = NULL}};

enum { FACTS_MAX = 8 };

static struct str say(const struct web *w, enum word id)
{
    return word(w->ctx->lang, id);
}

static struct str say_2(const struct web *w, enum word id, struct str one, struct str two)
{
    const struct str value[] = {one, two};

    return word_format(w->ctx->arena, w->ctx->lang, id, value, 2);
}

static struct html form(struct web *w)
{
    size_t roots = w->ctx->trusted ? sign_trusted_roots(w->ctx->trusted) : 0;
    struct html_out o = web_out(w);

    view_signature_form(&o, &(struct view_signature_form){
                                .action = URL_PATH(w->ctx->arena, "/kiem-tra-chu-ky"),
                                .problems = web_problems(w),
                                .help = say(w, WORD_SIGNATURE_PAGE_HELP),
                                .roots = say_2(w, WORD_SIGNATURE_PAGE_TRUSTED_COUNT, word_int(w->ctx->arena, w->ctx->lang, (int64_t)roots), STR("")),
                            });
    return html_done(&o);
}

static enum err page(struct web *w, struct html report)
{
    struct html_out o = web_out(w);

    view_signature_page(&o, &(struct view_signature_page){.form = form(w), .report = report});
    w->rs->no_store = true;
    return web_public_page(w, NAV_NONE, say(w, WORD_SIGNATURE_PAGE_TITLE), html_done(&o));
}

/* ---- one signature ---- */

static struct html badge(const struct web *w, enum signature_verdict verdict)
{
    static const struct {
        struct str class, icon;
        enum word word;
    } LOOKS[] = {
        [SIGNATURE_GOOD] = {STR_INIT("dung"), STR_INIT("circle-check"), WORD_SIGNATURE_PAGE_GOOD},
        [SIGNATURE_UNDECIDED] = {STR_INIT("sap"), STR_INIT("circle-help"), WORD_SIGNATURE_PAGE_UNDECIDED},
        [SIGNATURE_BAD] = {STR_INIT("qua"), STR_INIT("circle-x"), WORD_SIGNATURE_PAGE_BAD},
    };

    return web_badge_html(w, (struct web_badge){LOOKS[verdict].class, LOOKS[verdict].icon, say(w, LOOKS[verdict].word)});
}

static struct str moment(const struct web *w, struct instant t)
{
    const struct zone *zone;

    return zone_open(STR("Asia/Ho_Chi_Minh"), &zone) ? STR("") : web_moment(w, zone_local(zone, t));
}

/* "Chủ tịch · UBND phường Quang Vinh" */
static struct str position(const struct web *w, const struct sign_person *p)
{
    const struct str part[] = {p->title, p->unit, p->organisation};
    struct buf b = buf_in(w->ctx->arena);

    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (part[i].n)
            buf_format(&b, "%s%" PRIstr, b.n ? " · " : "", STR_ARG(part[i]));
    return buf_str(&b);
}

static void add(const struct web *w, struct view_signature_one *v, enum word label, struct str text, struct str more)
{
    struct view_signature_fact *fact = (struct view_signature_fact *)(uintptr_t)v->fact;

    fact[v->fact_count++] = (struct view_signature_fact){say(w, label), text, more};
}

static void add_when(const struct web *w, struct view_signature_one *v, const struct sign_result *r)
{
    struct str bad = r->stamp_is_bad ? say(w, WORD_SIGNATURE_STAMP_IS_BAD) : STR("");
    struct str when = r->time_kind == SIGN_TIME_NONE ? STR("") : moment(w, r->time);

    add(w, v, WORD_SIGNATURE_PAGE_WHEN, say_2(w, sign_time_word(r->time_kind), when, r->stamp_authority), bad);
}

static void add_trust(const struct web *w, struct view_signature_one *v, const struct sign_result *r)
{
    bool has_day = r->revocation == SIGN_REVOCATION_REVOKED || r->revocation == SIGN_REVOCATION_LATER;
    struct str root = r->root.n ? say_2(w, WORD_SIGNATURE_ROOT, r->root, STR("")) : STR("");

    add(w, v, WORD_SIGNATURE_PAGE_TRUST, say(w, sign_trust_word(r->trust)), root);
    add(w, v, WORD_SIGNATURE_PAGE_REVOCATION,
        say_2(w, sign_revocation_word(r->revocation), has_day ? moment(w, r->revoked_at) : STR(""), STR("")), STR(""));
}

static struct view_signature_one one(const struct web *w, const struct sign_result *r, size_t number)
{
    enum word covers = r->covers_file ? WORD_SIGNATURE_COVERS_FILE : r->covers_revision ? WORD_SIGNATURE_COVERS_REVISION : WORD_SIGNATURE_COVERS_PART;
    struct str who = r->signer.name.n ? r->signer.name : say(w, WORD_SIGNATURE_SIGNER_UNKNOWN);
    struct str count = word_int(w->ctx->arena, w->ctx->lang, (int64_t)number);
    struct view_signature_one v = {
        .title = say_2(w, r->is_stamp ? WORD_SIGNATURE_STAMP_BY : WORD_SIGNATURE_BY, count, who),
        .badge = badge(w, signature_verdict(r)),
        .fact = ARENA_ARRAY(w->ctx->arena, struct view_signature_fact, FACTS_MAX),
    };

    add(w, &v, WORD_SIGNATURE_PAGE_CONTENT, say(w, sign_flaw_word(r->flaw)), STR(""));
    add(w, &v, WORD_SIGNATURE_PAGE_COVERS, say(w, covers), STR(""));
    add(w, &v, WORD_SIGNATURE_PAGE_AFTER, say(w, sign_change_word(r->change)), STR(""));
    if (position(w, &r->signer).n || r->signer.issuer.n)
        add(w, &v, WORD_SIGNATURE_PAGE_WHO, position(w, &r->signer).n ? position(w, &r->signer) : who,
            say_2(w, WORD_SIGNATURE_PAGE_ISSUER, r->signer.issuer, STR("")));
    if (!r->flaw) {
        add_when(w, &v, r);
        add_trust(w, &v, r);
    }
    if (r->reason.n)
        add(w, &v, WORD_SIGNATURE_PAGE_REASON, r->reason, STR(""));
    return v;
}

/* ---- the report ---- */

/* All together: as bad as the worst; files that are covered only in part are undecided at best. */
static enum signature_verdict worst(const struct sign_report *report)
{
    enum signature_verdict all = report->is_good ? SIGNATURE_GOOD : SIGNATURE_UNDECIDED;

    for (size_t i = 0; i < report->count; i++)
        if (signature_verdict(&report->result[i]) > all)
            all = signature_verdict(&report->result[i]);
    return all;
}

static struct html report_html(const struct web *w, const struct sign_report *report, struct str name)
{
    static const struct str CLASSES[] = {STR_INIT("tot"), STR_INIT("canh"), STR_INIT("xau")};
    static const struct str ICONS[] = {STR_INIT("shield-check"), STR_INIT("circle-alert"), STR_INIT("octagon-alert")};
    enum signature_verdict verdict = worst(report);
    enum word sentence = report->is_good ? WORD_SIGNATURE_VERDICT_GOOD : report->count ? WORD_SIGNATURE_VERDICT_BAD : WORD_SIGNATURE_VERDICT_NONE;
    struct view_signature_one *list = ARENA_ARRAY(w->ctx->arena, struct view_signature_one, report->count);
    struct html_out o = web_out(w);

    for (size_t i = 0; i < report->count; i++)
        list[i] = one(w, &report->result[i], i + 1);
    view_signature_report(&o, &(struct view_signature_report){
                                  .heading = say_2(w, WORD_SIGNATURE_PAGE_RESULT, name, STR("")),
                                  .class = CLASSES[verdict],
                                  .sign = web_icon(w, ICONS[verdict]),
                                  .verdict = say(w, sentence),
                                  .doubt = report->doubt ? say(w, WORD_SIGNATURE_DOUBT) : STR(""),
                                  .signature_one = list,
                                  .signature_one_count = report->count,
                              });
    return html_done(&o);
}

static const struct html nothing;

static enum err ask(struct web *w)
{
    return page(w, nothing);
}

static enum err answer(struct web *w)
{
    const struct http_value *file = http_value_find(w->rq, "tep");
    struct sign_report report;
    enum err err = act_signatures(w->ctx, "tep", file ? file->text : STR(""), &report);

    if (err == ERR_INVALID) {
        w->rs->status = 422;
        return page(w, nothing);
    }
    return err ? err : page(w, report_html(w, &report, file->file_name));
}

const struct web_route ROUTES_SIGNATURE[] = {
    {HTTP_GET, "/kiem-tra-chu-ky", WEB_PUBLIC, NULL, ask},
    {HTTP_POST, "/kiem-tra-chu-ky", WEB_PUBLIC, FIELDS, answer},
    {.path = NULL},
};
