/* What anybody may see: the first page, and the procedures with what they ask. */
#include "acts/catalogue.h"
#include "acts/dossier_view.h"
#include "acts/organisation.h"
#include "view_page.h"
#include "view_public.h"
#include "web/catalogue.h"
#include "web/timeline.h"
#include "web/track.h"
#include "web/url.h"

static const struct http_field FIELDS_LIST[] = {
    {.name = "q", .max = 200}, {.name = "linh-vuc", .max = 80}, {.name = NULL}};
static const struct http_field FIELDS_PROCEDURE[] = {
    {.name = "don-vi", .max = 20}, {.name = "th", .max = 4}, {.name = NULL}};
static const struct http_field FIELDS_TRACK[] = {
    {.name = "ma", .max = 80}, {.name = "k", .max = 40}, {.name = NULL}};

enum {
    OPEN_LOOK_DAYS = 30,
    MINUTES_AN_HOUR = 60,
    MS_A_MINUTE = 60000
};

static struct str say(const struct web *w, enum word id)
{
    return word(w->ctx->lang, id);
}

static struct str say_2(const struct web *w, enum word id, struct str one, struct str two)
{
    struct str value[] = {one, two};

    return word_format(w->ctx->arena, w->ctx->lang, id, value, 2);
}

/* ---- pieces ---- */

static struct html search_box(struct web *w, struct str words, struct str field)
{
    struct html_out o = web_out(w);

    view_procedure_search(
        &o, &(struct view_procedure_search){
                .action = URL_PATH(w->ctx->arena, "/thu-tuc"), .words = words, .field = field});
    return html_done(&o);
}

static struct view_public_procedure procedure_line(const struct web *w,
                                                   const struct q_procedure_list *p)
{
    struct limit limit = {(enum limit_unit)p->limit_unit, (int)p->limit_length};

    return (struct view_public_procedure){
        .page = URL_PATH(w->ctx->arena, "/thu-tuc/%", p->code),
        .name = p->name,
        .code = p->code,
        .sub = p->limit_unit_null ? STR("–") : web_limit(w, limit),
    };
}

static enum err field_chips(struct web *w, struct str words, struct str chosen,
                            struct view_public_chip **ret, size_t *ret_count)
{
    struct q_field_all *field;
    size_t count;
    struct arena *a = w->ctx->arena;
    struct url list =
        words.n ? url_with(a, URL_PATH(a, "/thu-tuc"), "q", words) : URL_PATH(a, "/thu-tuc");
    enum err err = act_field_list(w->ctx, &field, &count);

    if (err)
        return err;
    struct view_public_chip *chip = ARENA_ARRAY(a, struct view_public_chip, count + 1);
    chip[0] = (struct view_public_chip){list, say(w, WORD_PUBLIC_ALL_FIELDS), chosen.n == 0};
    for (size_t i = 0; i < count; i++)
        chip[i + 1] = (struct view_public_chip){url_with(a, list, "linh-vuc", field[i].code),
                                                field[i].name, str_eq(field[i].code, chosen)};
    *ret = chip;
    *ret_count = count + 1;
    return OK;
}

/* ---- opening hours, from the calendar of the counter ---- */

/* The city's counter, else the first place that takes dossiers. */
static const struct unit_line *counter_of(const struct act_unit_tree *tree)
{
    for (size_t i = 0; i < tree->line_count; i++)
        if (str_eq(tree->line[i].u.kind, unit_kind_code(UNIT_COUNTER)))
            return &tree->line[i];
    for (size_t i = 0; i < tree->line_count; i++)
        if (str_eq(tree->line[i].u.kind, unit_kind_code(UNIT_WARD)))
            return &tree->line[i];
    return NULL;
}

static struct str clock_of(const struct web *w, int minute)
{
    return str_format(w->ctx->arena, "%d:%02d", minute / MINUTES_AN_HOUR, minute % MINUTES_AN_HOUR);
}

static struct str hours_text(const struct web *w, const struct day_hours *h)
{
    struct str text = STR("");

    for (int i = 0; i < h->count; i++) {
        struct str range =
            say_2(w, WORD_PUBLIC_RANGE, clock_of(w, h->shift[i].from), clock_of(w, h->shift[i].to));
        text = i ? say_2(w, WORD_PUBLIC_AND, text, range) : range;
    }
    return text;
}

static bool is_open(const struct day_hours *h, int minute)
{
    for (int i = 0; i < h->count; i++)
        if (minute >= h->shift[i].from && minute < h->shift[i].to)
            return true;
    return false;
}

static struct str next_open(const struct web *w, const struct calendar *c, struct date today)
{
    for (int i = 1; i <= OPEN_LOOK_DAYS; i++) {
        struct date d = date_add_days(today, i);
        struct day_hours h = calendar_intake_hours(c, d);
        if (h.count)
            return say_2(w, WORD_PUBLIC_OPEN_NEXT, web_day_long(w, d), hours_text(w, &h));
    }
    return STR("");
}

static enum err open_fill(struct web *w, int64_t unit, struct view_public_open *ret)
{
    struct office office;
    enum err err = office_load(w->ctx, w->ctx->db, unit, &office);

    if (err)
        return err;
    struct local now = zone_local(office.zone, w->ctx->now);
    struct day_hours h = calendar_intake_hours(office.calendar, now.date);
    bool open = is_open(&h, now.ms_of_day / MS_A_MINUTE);
    bool later = h.count && now.ms_of_day / MS_A_MINUTE < h.shift[h.count - 1].to;
    *ret = (struct view_public_open){
        .name = office.unit.name,
        .address = office.unit.address,
        .phone = office.unit.phone,
        .open = open,
        .hours = h.count ? hours_text(w, &h) : say(w, WORD_PUBLIC_CLOSED),
        .state = say(w, open      ? WORD_PUBLIC_OPEN_NOW
                        : h.count ? WORD_PUBLIC_OPEN_SOON
                                  : WORD_PUBLIC_CLOSED),
        .next = later ? STR("") : next_open(w, office.calendar, now.date),
    };
    return OK;
}

/* ---- the first page ---- */

static enum err popular(struct web *w, int64_t unit, struct view_public_procedure *line,
                        size_t *ret_count)
{
    struct act_procedure_list all = {.words = STR(""), .field = STR("")};
    const struct q_procedure_used *used;
    size_t count, n = 0;
    enum err err = act_procedure_popular(w->ctx, unit, &used, &count);

    if (!err)
        err = act_procedure_list(&all, w->ctx);
    if (err)
        return err;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < all.row_count; j++)
            if (all.row[j].id == used[i].procedure_id && !all.row[j].version_id_null)
                line[n++] = procedure_line(w, &all.row[j]);
    *ret_count = n;
    return OK;
}

static enum err home(struct web *w)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    struct view_public_open open;
    struct view_public_procedure line[POPULAR];
    struct view_public_chip *chip;
    struct html_out o = web_out(w);
    struct view_public_home v = {.search = search_box(w, STR(""), STR("")),
                                 .track = track_box(w, STR(""), STR("")),
                                 .popular = line};
    enum err err = act_unit_tree(&tree, w->ctx);
    const struct unit_line *counter = err ? NULL : counter_of(&tree);

    if (counter) {
        err = open_fill(w, counter->u.id, &open);
        v.open = &open;
    }
    if (!err && counter)
        err = popular(w, counter->u.id, line, &v.popular_count);
    if (!err)
        err = field_chips(w, STR(""), STR(""), &chip, &v.chip_count);
    if (err)
        return err;
    v.chip = chip;
    view_public_home(&o, &v);
    return web_public_page(w, NAV_HOME, say(w, WORD_PUBLIC_HOME_TITLE), html_done(&o));
}

/* ---- procedures ---- */

static enum err list(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_procedure_list act = {.words = web_field(w, "q"), .field = web_field(w, "linh-vuc")};
    struct view_public_chip *chip;
    struct html_out o = web_out(w);
    struct view_public_list v = {.search = search_box(w, act.words, act.field)};
    enum err err = act_procedure_list(&act, w->ctx);

    if (!err)
        err = field_chips(w, act.words, act.field, &chip, &v.chip_count);
    if (err)
        return err;
    struct view_public_field *field = ARENA_ARRAY(a, struct view_public_field, act.row_count);
    struct view_public_procedure *line =
        ARENA_ARRAY(a, struct view_public_procedure, act.row_count);
    v.chip = chip;
    v.field = field;
    v.count = (int64_t)act.row_count;
    for (size_t i = 0; i < act.row_count; i++) {
        bool begins = i == 0 || !str_eq(act.row[i - 1].field_code, act.row[i].field_code);
        line[i] = procedure_line(w, &act.row[i]);
        if (begins)
            field[v.field_count++] =
                (struct view_public_field){.name = act.row[i].field_name, .procedure = &line[i]};
        field[v.field_count - 1].procedure_count++;
    }
    view_public_list(&o, &v);
    return web_public_page(w, NAV_PROCEDURES, say(w, WORD_PUBLIC_PROCEDURES), html_done(&o));
}

static struct str copies_text(const struct web *w, const struct q_paper_list *p)
{
    struct arena *a = w->ctx->arena;
    struct str n[] = {word_int(a, w->ctx->lang, p->originals),
                      word_int(a, w->ctx->lang, p->copies)};
    struct str originals = p->originals
                               ? word_format(a, w->ctx->lang, WORD_PUBLIC_PAPER_ORIGINALS, &n[0], 1)
                               : STR("");
    struct str copies =
        p->copies ? word_format(a, w->ctx->lang, WORD_PUBLIC_PAPER_COPIES, &n[1], 1) : STR("");

    return originals.n && copies.n
               ? str_format(a, "%" PRIstr ", %" PRIstr, STR_ARG(originals), STR_ARG(copies))
           : originals.n ? originals
                         : copies;
}

static struct str limit_text(const struct web *w, const struct q_case_list *k)
{
    return web_limit(w, (struct limit){(enum limit_unit)k->limit_unit, (int)k->limit_length});
}

static struct str fee_text(const struct web *w, const struct q_case_list *k)
{
    return k->fee_text.n ? k->fee_text
           : k->fee      ? word_money(w->ctx->arena, w->ctx->lang, k->fee)
                         : say(w, WORD_PUBLIC_NO_FEE);
}

static struct view_public_case case_of(const struct web *w, const struct procedure_whole *p,
                                       const struct q_case_list *k)
{
    struct view_public_paper *paper =
        ARENA_ARRAY(w->ctx->arena, struct view_public_paper, p->paper_count);
    struct view_public_case v = {.name = k->name.n ? k->name : p->version.name,
                                 .limit = limit_text(w, k),
                                 .fee = fee_text(w, k),
                                 .paper = paper};

    for (size_t i = 0; i < p->paper_count; i++)
        if (p->paper[i].case_no == k->no)
            paper[v.paper_count++] = (struct view_public_paper){
                p->paper[i].name, copies_text(w, &p->paper[i]), !p->paper[i].is_required};
    return v;
}

static struct str how_text(const struct web *w, const struct q_version_by_id *v)
{
    struct str how = say(w, str_eq(v->online_level, STR("none")) ? WORD_PUBLIC_ONLINE_NO
                                                                 : WORD_PUBLIC_ONLINE_YES);

    return v->by_post ? str_format(w->ctx->arena, "%" PRIstr ", %" PRIstr, STR_ARG(how),
                                   STR_ARG(say(w, WORD_PUBLIC_BY_POST)))
                      : how;
}

/* ---- if it were filed now ---- */

struct places {
    const struct q_procedure_units **unit; /* that stand today */
    size_t count;
};

static enum err places_load(struct web *w, const struct act_procedure_view *p, struct places *ret)
{
    struct act_unit_tree tree = {.day = ctx_today(w->ctx)};
    enum err err = act_unit_tree(&tree, w->ctx);

    if (err)
        return err;
    *ret = (struct places){
        ARENA_ARRAY(w->ctx->arena, const struct q_procedure_units *, p->unit_count), 0};
    for (size_t i = 0; i < p->unit_count; i++)
        if (catalogue_stands(&tree, p->unit[i].id))
            ret->unit[ret->count++] = &p->unit[i];
    return OK;
}

static void derivation_fill(const struct web *w, const struct act_foresee *f,
                            struct view_public_foresee *v)
{
    const struct dossier_view as = {
        .d = {.limit_unit = f->limit.unit, .limit_length = f->limit.length}};
    struct view_public_why *why =
        ARENA_ARRAY(w->ctx->arena, struct view_public_why, f->deadline.step_count);

    for (size_t i = 0; i < f->deadline.step_count; i++)
        why[i].text = timeline_derivation(w, &as, &f->deadline.step[i]);
    v->due = web_day_long(w, f->deadline.due.date);
    v->hour = web_clock(w, f->deadline.due);
    v->why = why;
    v->why_count = f->deadline.step_count;
}

static enum err foresee(struct web *w, const struct act_procedure_view *p, const struct places *at,
                        struct html *ret)
{
    struct arena *a = w->ctx->arena;
    const struct procedure_whole *whole = p->whole;
    struct act_foresee f = {.unit = web_int(w, "don-vi", 1, INT64_MAX, at->unit[0]->id),
                            .procedure = p->procedure.id,
                            .case_no = web_int(w, "th", 1, PROCEDURE_CASES_MAX, 1),
                            .at = w->ctx->now};
    struct view_option *unit = ARENA_ARRAY(a, struct view_option, at->count);
    struct view_option *kase = ARENA_ARRAY(a, struct view_option, whole->case_count);
    struct view_public_foresee v = {
        .action = URL_PATH(a, "/thu-tuc/%", p->procedure.code), .unit = unit, .kase = kase};
    struct html_out o = web_out(w);

    v.unit_count = at->count;
    for (size_t i = 0; i < at->count; i++)
        unit[i] = (struct view_option){str_format(a, "%lld", (long long)at->unit[i]->id),
                                       at->unit[i]->name, at->unit[i]->id == f.unit};
    v.kase_count = whole->case_count > 1 ? whole->case_count : 0;
    for (size_t i = 0; i < v.kase_count; i++)
        kase[i] = (struct view_option){str_format(a, "%lld", (long long)whole->cases[i].no),
                                       whole->cases[i].name, whole->cases[i].no == f.case_no};
    enum err err = act_foresee(&f, w->ctx);
    if (err && err != ERR_NOT_FOUND)
        return err;
    if (!err)
        derivation_fill(w, &f, &v);
    view_public_foresee(&o, &v);
    *ret = html_done(&o);
    return OK;
}

static enum err procedure(struct web *w)
{
    struct arena *a = w->ctx->arena;
    struct act_procedure_view act = {.code = w->rq->part[0]};
    struct places at;
    struct html_out o = web_out(w);
    enum err err = act_procedure_view(&act, w->ctx);

    if (!err && (!act.whole || !act.whole->case_count))
        err = ERR_NOT_FOUND;
    if (!err)
        err = places_load(w, &act, &at);
    if (err)
        return err;
    const struct procedure_whole *p = act.whole;
    struct view_public_case *item = ARENA_ARRAY(a, struct view_public_case, p->case_count);
    struct view_public_unit *unit = ARENA_ARRAY(a, struct view_public_unit, at.count);
    for (size_t i = 0; i < p->case_count; i++)
        item[i] = case_of(w, p, &p->cases[i]);
    for (size_t i = 0; i < at.count; i++)
        unit[i].name = at.unit[i]->name;
    struct view_public_crumbs crumbs = {
        URL_PATH(a, "/"),
        url_with(a, URL_PATH(a, "/thu-tuc"), "linh-vuc", act.procedure.field_code),
        act.procedure.field_name};
    struct view_public_procedure_page v = {
        .crumbs = &crumbs,
        .name = p->version.name,
        .code = act.procedure.code,
        .field = act.procedure.field_name,
        .subjects = p->version.subjects,
        .limit = limit_text(w, &p->cases[0]),
        .fee = fee_text(w, &p->cases[0]),
        .how = how_text(w, &p->version),
        .result = p->version.result,
        .item = item,
        .item_count = p->case_count,
        .unit = unit,
        .unit_count = at.count,
        .requirements = p->version.requirements,
        .basis = p->version.legal_basis,
    };
    if (at.count)
        err = foresee(w, &act, &at, &v.foresee);
    if (err)
        return err;
    view_public_procedure_page(&o, &v);
    return web_public_page(w, NAV_PROCEDURES, v.name, html_done(&o));
}

const struct web_route ROUTES_PUBLIC[] = {
    {HTTP_GET, "/", WEB_PUBLIC, NULL, home},
    {HTTP_GET, "/thu-tuc", WEB_PUBLIC, FIELDS_LIST, list},
    {HTTP_GET, "/thu-tuc/{code}", WEB_PUBLIC, FIELDS_PROCEDURE, procedure},
    {HTTP_GET, "/tra-cuu", WEB_PUBLIC, FIELDS_TRACK, track_page},
    {HTTP_GET, "/h/{code}", WEB_PUBLIC, FIELDS_TRACK, track_short_link},
    {.path = NULL},
};
