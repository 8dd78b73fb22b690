#include "acts/report_build.h"

#include "acts/report_law.h"
#include "base/text.h"
#include "calendar/zone.h"
#include "crypto/hash.h"
#include "crypto/hex.h"
#include "sql_document.h"
#include "sql_unit.h"
#include "store/journal.h"

/* ---- names ---- */

static const struct {
    struct str code;
    enum word word, kind, title;
    bool is_cohort;
    enum err (*build)(struct report_builder *b);
} REPORTS[] = {
    [REPORT_MOT_CUA] = {STR_INIT("mot-cua"), WORD_REPORT_MOT_CUA, WORD_REPORT_KIND,
                        WORD_REPORT_MOT_CUA_TITLE, true, report_mot_cua},
    [REPORT_II_06A] = {STR_INIT("II.06a"), WORD_REPORT_II_06A, WORD_REPORT_KIND_06A,
                       WORD_REPORT_II_06A_TITLE, false, report_06a},
    [REPORT_TEMPLATE] = {STR_INIT(""), WORD_REPORT_TEMPLATE, WORD_REPORT_KIND, WORD_REPORT_TEMPLATE, true, report_template},
};
_Static_assert(sizeof REPORTS / sizeof REPORTS[0] == REPORT__COUNT, "every report is described");

static const struct str ENDED[] = {
    [REPORT_ENDED_BY_DATE] = STR_INIT("by-date"),
    [REPORT_ENDED_ON_TIME] = STR_INIT("on-time"),
};
_Static_assert(sizeof ENDED / sizeof ENDED[0] == REPORT_ENDED__COUNT, "every way has a code");

struct str report_code(enum report_id id)
{
    return REPORTS[id].code;
}

static bool same_letters(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        if ((x >= 'A' && x <= 'Z' ? x + ('a' - 'A') : x) !=
            (y >= 'A' && y <= 'Z' ? y + ('a' - 'A') : y))
            return false;
    }
    return true;
}

bool report_find(struct str code, enum report_id *ret)
{
    for (int i = 0; i < REPORT_TEMPLATE; i++) {
        if (same_letters(REPORTS[i].code, code)) {
            *ret = (enum report_id)i;
            return true;
        }
    }
    *ret = REPORT_TEMPLATE;
    return code.n > 0;
}

struct str report_question_code(const struct report_question *q)
{
    return q->id == REPORT_TEMPLATE ? q->code : REPORTS[q->id].code;
}

bool report_question_before(const struct report_question *q, struct report_question *ret)
{
    struct report_period p;

    if (!(q->period.n ? period_parse(q->period, &p) : period_of(q->from, q->to, &p)))
        return false;
    p = period_beside(&p, -1);
    *ret = *q;
    ret->from = p.from;
    ret->to = p.to;
    ret->period = STR("");
    ret->draft = 0;
    ret->words = ret->reasons = (struct json){NULL};
    ret->is_bare = true;
    return true;
}

enum word report_word(enum report_id id)
{
    return REPORTS[id].word;
}

struct str report_ended_code(enum report_ended e)
{
    return ENDED[e];
}

bool report_ended_find(struct str code, enum report_ended *ret)
{
    for (int i = 0; i < REPORT_ENDED__COUNT; i++) {
        if (str_eq(ENDED[i], code)) {
            *ret = (enum report_ended)i;
            return true;
        }
    }
    return false;
}

/* ---- putting a document together ---- */

struct str report_say(const struct report_builder *b, enum word w)
{
    return word(b->ctx->lang, w);
}

struct str report_say_1(const struct report_builder *b, enum word w, struct str value)
{
    return word_format(b->ctx->arena, b->ctx->lang, w, &value, 1);
}

struct report_cell report_text(struct str text)
{
    return (struct report_cell){.kind = REPORT_TEXT, .text = text};
}

struct report_cell report_count(int64_t n, struct report_source source)
{
    return (struct report_cell){.kind = REPORT_COUNT, .n = n, .source = source};
}

struct report_cell report_share(int64_t n, int64_t whole)
{
    return (struct report_cell){.kind = REPORT_SHARE, .n = n, .whole = whole};
}

struct report_cell report_span(struct report_cell c, unsigned columns, unsigned rows)
{
    c.columns = columns;
    c.rows = rows;
    return c;
}

struct report_source report_of(enum figure f, int64_t unit, struct str unit_code)
{
    return (struct report_source){.code = figure_code(f), .unit = unit, .unit_code = unit_code};
}

static void block_add(struct report_builder *b, bool is_table, size_t at)
{
    b->block[b->r.block_count++] = (struct report_block){is_table, at};
}

static struct report_paragraph *paragraph_new(struct report_builder *b)
{
    if (b->r.paragraph_count == REPORT_PARAGRAPHS_MAX)
        BUG("a report of more than %d paragraphs", REPORT_PARAGRAPHS_MAX);
    block_add(b, false, b->r.paragraph_count);
    return &b->paragraph[b->r.paragraph_count++];
}

void report_heading_at(struct report_builder *b, unsigned level, struct str text)
{
    struct report_cell *piece = ARENA_NEW(b->ctx->arena, struct report_cell);

    *piece = report_text(text);
    *paragraph_new(b) = (struct report_paragraph){.is_heading = true, .level = level, .piece = piece, .piece_count = 1};
}

void report_heading(struct report_builder *b, struct str text)
{
    report_heading_at(b, 0, text);
}

void report_pieces(struct report_builder *b, bool is_item, const struct report_cell *piece, size_t count)
{
    struct report_cell *own = ARENA_ARRAY(b->ctx->arena, struct report_cell, count);

    for (size_t i = 0; i < count; i++)
        own[i] = piece[i];
    *paragraph_new(b) = (struct report_paragraph){.is_item = is_item, .piece = own, .piece_count = count};
}

void report_sentence(struct report_builder *b, enum word w, const struct report_cell *value,
                     size_t count)
{
    enum { PIECES_MAX = 9 }; /* four holes and the text around them */
    struct report_cell piece[PIECES_MAX];
    struct str rest = report_say(b, w), before;
    size_t n = 0, hole;

    while (word_hole(&rest, &before, &hole)) {
        if (before.n)
            piece[n++] = report_text(before);
        if (hole < count)
            piece[n++] = value[hole];
    }
    if (before.n)
        piece[n++] = report_text(before);
    report_pieces(b, false, piece, n);
}

struct report_table *report_table_numbered(struct report_builder *b, struct str number, struct str caption, unsigned columns, size_t rows)
{
    struct arena *a = b->ctx->arena;

    if (b->r.table_count == REPORT_TABLES_MAX)
        BUG("a report of more than %d tables", REPORT_TABLES_MAX);
    block_add(b, true, b->r.table_count);
    struct report_table *t = &b->table[b->r.table_count++];
    struct str value[] = {number, caption};
    *t = (struct report_table){
        .caption = number.n ? word_format(a, b->ctx->lang, WORD_REPORT_TABLE, value, 2) : caption,
        .row = ARENA_ARRAY(a, struct report_row, rows),
        .columns = columns,
    };
    return t;
}

struct report_table *report_table(struct report_builder *b, struct str caption, unsigned columns,
                                  size_t rows)
{
    return report_table_numbered(b, word_int(b->ctx->arena, b->ctx->lang, (int64_t)b->r.table_count + 1), caption, columns, rows);
}

void report_row(struct report_builder *b, struct report_table *t, enum report_row_kind kind,
                const struct report_cell *cell, size_t count)
{
    struct report_cell *own = ARENA_ARRAY(b->ctx->arena, struct report_cell, count);
    struct report_row *row = (struct report_row *)t->row + t->row_count++;

    for (size_t i = 0; i < count; i++)
        own[i] = cell[i];
    *row = (struct report_row){kind, own, count};
}

void report_law(struct report_builder *b, struct str law, struct str where, int64_t left,
                int64_t right)
{
    b->r.laws_checked++;
    if (left != right && b->r.broken_count < REPORT_BROKEN_MAX)
        b->broken[b->r.broken_count++] = (struct report_broken){law, where, left, right};
}

bool report_cell_is_number(const struct report_cell *c)
{
    return c->kind == REPORT_COUNT || c->kind == REPORT_SHARE || c->kind == REPORT_POINTS;
}

struct str report_cell_text(struct arena *a, enum lang lang, const struct report_cell *c)
{
    switch (c->kind) {
    case REPORT_EMPTY:
        return STR("");
    case REPORT_TEXT:
        return c->text;
    case REPORT_COUNT:
        return word_int(a, lang, c->n);
    case REPORT_SHARE:
        return word_percent(a, lang, c->n, c->whole);
    case REPORT_POINTS:
        return word_hundredths(a, lang, c->n);
    case REPORT_UNKNOWN:
        return word(lang, WORD_INDICATOR_UNKNOWN);
    case REPORT_NONE:
        return word(lang, WORD_INDICATOR_NONE);
    }
    BUG("cell of kind %d", (int)c->kind);
}

/* ---- the head ---- */

static bool is_government(struct str kind)
{
    return str_eq(kind, STR("city")) || str_eq(kind, STR("ward"));
}

static struct str agency_name(const struct report_builder *b, const struct q_unit_by_id *unit)
{
    return text_upper(b->ctx->arena,
                      is_government(unit->kind)
                          ? report_say_1(b, WORD_REPORT_PEOPLES_COMMITTEE, unit->name)
                          : unit->name);
}

/* Who reports, and the government above it: as its documents are headed, if it has documents. */
static enum err head_fill(struct report_builder *b, const struct q_unit_by_id *unit)
{
    struct q_unit_by_id up = *unit;
    struct q_document_issuer_of issuer;
    enum err found = q_document_issuer_of(ctx_db(b->ctx), b->ctx->arena, unit->id, &issuer);

    b->r.place = b->r.body = STR("");
    if (found != ERR_NOT_FOUND) {
        if (!found) {
            b->r.agency = issuer.name;
            b->r.above = issuer.above;
            b->r.place = issuer.place;
            b->r.body = issuer.body;
        }
        return found;
    }
    b->r.agency = agency_name(b, unit);
    while (!up.parent_id_null) {
        enum err err = q_unit_by_id(ctx_db(b->ctx), b->ctx->arena, up.parent_id, &up);
        if (err)
            return err;
        if (is_government(up.kind)) {
            b->r.above = agency_name(b, &up);
            break;
        }
    }
    return OK;
}

static struct str moment_name(const struct report_builder *b)
{
    enum { MS_A_MINUTE = 60000, MINUTES_AN_HOUR = 60 };
    struct arena *a = b->ctx->arena;
    struct local t = zone_local(b->r.zone, b->r.question.as_of);
    int minute = t.ms_of_day / MS_A_MINUTE;

    return str_format(a, "%d:%02d, %" PRIstr, minute / MINUTES_AN_HOUR, minute % MINUTES_AN_HOUR,
                      STR_ARG(date_vietnamese(a, t.date)));
}

static enum err period_fill(struct report_builder *b)
{
    const struct report_question *q = &b->r.question;
    struct ctx *ctx = b->ctx;
    struct arena *a = ctx->arena;
    struct report_period p;
    bool named = q->period.n > 0;

    if (date_cmp(q->to, q->from) < 0) {
        problem_add(ctx, "to", WORD_REPORT_PROBLEM_TO, STR(""));
        return ERR_INVALID;
    }
    if (named && !period_parse(q->period, &p)) {
        problem_add(ctx, "period", WORD_REPORT_PROBLEM_PERIOD, q->period);
        return ERR_INVALID;
    }
    if (named && (date_cmp(q->from, p.from) < 0 || date_cmp(q->to, p.to) > 0)) {
        problem_add(ctx, "period", WORD_REPORT_PROBLEM_OUTSIDE, period_name(a, ctx->lang, &p));
        return ERR_INVALID;
    }
    struct str range[] = {date_vietnamese(a, q->from), date_vietnamese(a, q->to)};
    b->r.range = word_format(a, ctx->lang, WORD_REPORT_RANGE, range, 2);
    b->r.period = named || period_of(q->from, q->to, &p) ? period_name(a, ctx->lang, &p) : STR("");
    b->r.as_of = report_say_1(b, WORD_REPORT_AS_OF, moment_name(b));
    b->r.cohort =
        report_say(b, b->r.cohort_received ? WORD_REPORT_COHORT_RECEIVED : WORD_REPORT_COHORT_ALL);
    if (q->is_mapped) {
        struct str said = report_say_1(b, WORD_REPORT_TERRITORY, date_vietnamese(a, q->territory));
        b->r.cohort = str_format(a, "%" PRIstr " %" PRIstr, STR_ARG(b->r.cohort), STR_ARG(said));
    }
    return OK;
}

static enum err begin(struct report_builder *b, const struct report_question *q, struct ctx *ctx)
{
    struct q_unit_by_id unit;
    struct arena *a = ctx->arena;
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_REPORT_READ, q->unit, 0);

    *b = (struct report_builder){
        .ctx = ctx,
        .r = {.question = *q, .cohort_received = REPORTS[q->id].is_cohort},
        .paragraph = ARENA_ARRAY(a, struct report_paragraph, REPORT_PARAGRAPHS_MAX),
        .table = ARENA_ARRAY(a, struct report_table, REPORT_TABLES_MAX),
        .broken = ARENA_ARRAY(a, struct report_broken, REPORT_BROKEN_MAX),
        .block = ARENA_ARRAY(a, struct report_block, REPORT_BLOCKS_MAX),
        .narrative = ARENA_ARRAY(a, struct report_narrative, REPORT_NARRATIVES_MAX),
        .change = ARENA_ARRAY(a, struct report_change, REPORT_CHANGES_MAX),
    };
    b->r.definitions = figure_definitions_hash(a);
    if (!err)
        err = q_unit_by_id(ctx_db(ctx), a, q->unit, &unit);
    if (!err)
        err = zone_open(unit.zone, &b->r.zone);
    if (err)
        return err;
    if (!q->as_of.ms)
        b->r.question.as_of.ms = ctx->now.ms + 1;
    b->r.unit_code = unit.code;
    b->r.unit_name = unit.name;
    b->r.kind = report_say(b, REPORTS[q->id].kind);
    b->r.title = report_say(b, REPORTS[q->id].title);
    b->figures = (struct figure_question){.unit = q->unit,
                                          .from = q->from,
                                          .to = q->to,
                                          .as_of = b->r.question.as_of,
                                          .cohort_received = b->r.cohort_received};
    err = period_fill(b);
    if (!err && q->is_mapped)
        err = territory_open(ctx, q->territory, &b->figures.territory);
    return err ? err : head_fill(b, &unit);
}

enum err act_report(const struct report_question *q, struct ctx *ctx, struct report *ret)
{
    struct report_builder b;
    enum err err = begin(&b, q, ctx);

    if (!err)
        err = REPORTS[q->id].build(&b);
    if (!err && !q->is_bare) {
        report_changes(&b);
        err = report_adjust(&b);
    }
    if (err)
        return err;
    b.r.narrative = b.narrative;
    b.r.change = b.change;
    b.r.paragraph = b.paragraph;
    b.r.table = b.table;
    b.r.broken = b.broken;
    b.r.block = b.block;
    *ret = b.r;
    return OK;
}

/* ---- issuing ---- */

enum err report_whole(struct ctx *ctx, const struct report_question *q)
{
    static const enum right NEEDED[] = {RIGHT_FIGURE_READ, RIGHT_BOOK_READ};

    for (size_t i = 0; i < (q->id == REPORT_TEMPLATE ? 2 : 1); i++) {
        struct q_report_reach_gap gap;
        enum err err = q_report_reach_gap(ctx_db(ctx), ctx->arena, ctx->actor.id, right_code(NEEDED[i]), ctx_today_iso(ctx), q->unit, &gap);
        if (err)
            return err;
        if (gap.n) {
            problem_add(ctx, "", WORD_REPORT_LIFE_PROBLEM_REACH, word_int(ctx->arena, ctx->lang, gap.n));
            return ERR_INVALID;
        }
    }
    return OK;
}

struct issuing {
    struct act_report_issue *act;
    struct ctx *ctx;
    struct report *r;
};

static enum err issue_in_transaction(struct db *tx, void *arg)
{
    struct issuing *i = arg;
    struct ctx *ctx = i->ctx;
    const struct report_question *q = &i->r->question;
    struct json p = json_new_object(ctx->arena);

    json_put_text(p, "report", report_question_code(q));
    json_put_text(p, "from", date_iso(ctx->arena, q->from));
    json_put_text(p, "to", date_iso(ctx->arena, q->to));
    json_put_text(p, "as_of", instant_iso(ctx->arena, q->as_of));
    json_put_text(p, "period", q->period);
    json_put_text(p, "ended", report_ended_code(q->ended));
    if (q->is_mapped)
        json_put_text(p, "territory", date_iso(ctx->arena, q->territory));
    json_put_text(p, "sha256", i->act->sha256);
    struct journal_entry e = {
        .unit = i->r->unit_code,
        .happened_at = ctx->now,
        .recorded_at = ctx->now,
        .actor = ctx->actor.id,
        .act = STR("report.issue"),
        .subject_kind = STR("unit"),
        .subject_id = q->unit,
        .payload = p,
    };
    return journal_append(tx, ctx->arena, &e);
}

enum err act_report_issue(struct act_report_issue *act, struct ctx *ctx)
{
    struct report r;
    struct issuing i = {act, ctx, &r};
    enum err err = right_check(ctx, ctx_db(ctx), RIGHT_REPORT_ISSUE, act->question.unit, 0);

    if (!err)
        err = report_whole(ctx, &act->question);
    if (!err)
        err = act_report(&act->question, ctx, &r);
    if (err)
        return err;
    if (r.broken_count)
        return ERR_CONFLICT;
    struct hash h = hash_of(report_json(ctx->arena, LANG_VI, &r));
    act->sha256 = hex_encode(ctx->arena, (struct str){(const char *)h.b, sizeof h.b});
    return ctx_transact(ctx, issue_in_transaction, &i);
}
