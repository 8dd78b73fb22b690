/* A report as an official document on paper: text on upright sheets, the wide table as an annex on sheets that lie
 * (NĐ 30/2020/NĐ-CP, Phụ lục I). A form of the law stays the form that it is. */
#include "acts/report.h"

#include "base/text.h"
#include "paper/docx.h"
#include "paper/pdf.h"

enum { WIDE_FROM = 9 /* columns */, BARS_MOST = 15, OWN_BLOCKS = 24 };

struct writing {
    struct arena *a;
    enum lang lang;
    const struct report *r;
    struct paper_block *block;
    size_t count;
};

static struct paper_block *block(struct writing *w, enum paper_block_kind kind)
{
    struct paper_block *b = &w->block[w->count++];

    *b = (struct paper_block){.kind = kind, .one = STR(""), .two = STR(""), .three = STR(""), .four = STR("")};
    return b;
}

/* "Biên Hòa, ngày … tháng … năm …": number and day are written in when it is signed, there is room for them. */
static void head(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_HEAD);

    b->one = w->r->above;
    b->two = w->r->agency;
    struct str place = w->r->place.n ? w->r->place : word(w->lang, WORD_PAPER_REPORT_PLACE);
    const struct str number = STR(PAPER_BLANK_NUMBER), day[] = {place, STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_YEAR)};
    b->three = word_format(w->a, w->lang, WORD_PAPER_REPORT_NUMBER, &number, 1);
    b->four = word_format(w->a, w->lang, WORD_PAPER_REPORT_DAY, day, 4);
}

/* What a report says of itself stands under the title of a form, and in a part of its own in a text. */
static void title(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_TITLE);
    const struct report *r = w->r;
    bool is_text = r->question.id != REPORT_II_06A;
    const struct paper_span line[] = {
        {is_text ? text_upper(w->a, r->kind) : r->kind, .bold = true}, {r->title, .bold = true}, {r->period, .bold = true}, {r->range, .italic = true},
        {is_text ? STR("") : r->as_of, .italic = true}, {is_text ? STR("") : r->cohort, .italic = true}, {is_text ? STR("") : r->ended, .italic = true},
    };
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, sizeof line / sizeof line[0]);

    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        if (line[i].text.n)
            span[b->span_count++] = line[i];
    b->span = span;
}

static void text(struct writing *w, enum paper_block_kind kind, struct str said)
{
    struct paper_block *b = block(w, kind);
    struct paper_span *span = ARENA_NEW(w->a, struct paper_span);

    *span = (struct paper_span){.text = said, .bold = kind == PAPER_HEADING};
    b->span = span;
    b->span_count = 1;
    b->align = PAPER_JUSTIFIED;
}

static void say(struct writing *w, enum paper_block_kind kind, enum word what)
{
    text(w, kind, word(w->lang, what));
}

static void paragraph(struct writing *w, const struct report_paragraph *p)
{
    struct paper_block *b = block(w, p->is_heading ? PAPER_HEADING : p->is_item ? PAPER_ITEM : PAPER_PARAGRAPH);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, p->piece_count);

    for (size_t i = 0; i < p->piece_count; i++)
        span[i] = (struct paper_span){report_cell_text(w->a, w->lang, &p->piece[i]), p->is_heading, false};
    b->span = span;
    b->span_count = p->piece_count;
    b->align = PAPER_JUSTIFIED;
    b->level = !p->is_heading ? 0 : w->r->question.id == REPORT_MOT_CUA ? 1 : p->level;
    if (p->is_item)
        b->one = STR("-");
}

static struct paper_cell cell_of(const struct writing *w, const struct report_row *row, const struct report_cell *c)
{
    bool is_head = row->kind == REPORT_HEADER || row->kind == REPORT_NUMBERS, is_number = report_cell_is_number(c);
    bool is_said = c->kind == REPORT_UNKNOWN || c->kind == REPORT_NONE || (c->kind == REPORT_TEXT && str_eq(c->text, STR("–")));

    return (struct paper_cell){
        .text = report_cell_text(w->a, w->lang, c),
        .bold = row->kind == REPORT_HEADER || row->kind == REPORT_TOTAL,
        .align = is_head || is_said ? PAPER_CENTRE : is_number ? PAPER_RIGHT : PAPER_LEFT,
        .columns = c->columns,
        .rows = c->rows,
    };
}

static void table(struct writing *w, const struct report_table *t)
{
    struct paper_table *out = ARENA_NEW(w->a, struct paper_table);
    struct paper_row *row = ARENA_ARRAY(w->a, struct paper_row, t->row_count);

    *out = (struct paper_table){.caption = t->caption, .row = row, .row_count = t->row_count, .columns = t->columns};
    for (size_t i = 0; i < t->row_count; i++) {
        const struct report_row *from = &t->row[i];
        struct paper_cell *cell = ARENA_ARRAY(w->a, struct paper_cell, from->cell_count);
        for (size_t k = 0; k < from->cell_count; k++)
            cell[k] = cell_of(w, from, &from->cell[k]);
        row[i] = (struct paper_row){cell, from->cell_count};
        if (from->kind == REPORT_HEADER || from->kind == REPORT_NUMBERS)
            out->head_count = i + 1;
    }
    block(w, PAPER_TABLE)->table = out;
}

/* A report that breaks a law of arithmetic says so on its face. */
static void broken(struct writing *w)
{
    for (size_t i = 0; i < w->r->broken_count; i++) {
        const struct report_broken *x = &w->r->broken[i];
        struct paper_span *span = ARENA_NEW(w->a, struct paper_span);
        struct paper_block *b = block(w, PAPER_PARAGRAPH);
        *span = (struct paper_span){str_format(w->a, "%" PRIstr " (%" PRIstr "): %lld ≠ %lld", STR_ARG(x->law), STR_ARG(x->where),
                                               (long long)x->left, (long long)x->right), .bold = true};
        b->span = span;
        b->span_count = 1;
    }
}

/* "TM. ỦY BAN NHÂN DÂN" above who signs; an agency with a head alone has only its head. */
static void signature(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_SIGNATURE);
    struct str head = text_upper(w->a, word(w->lang, WORD_REPORT_SIGN_HEAD));

    b->one = word(w->lang, WORD_REPORT_RECIPIENTS_FILE);
    b->two = w->r->body.n ? word_format(w->a, w->lang, WORD_PAPER_REPORT_FOR, &w->r->body, 1) : head;
    b->three = w->r->body.n ? head : STR("");
    struct paper_span *hint = ARENA_NEW(w->a, struct paper_span);
    *hint = (struct paper_span){.text = word(w->lang, WORD_REPORT_SIGN_HINT)};
    b->span = hint;
    b->span_count = 1;
}

/* ---- the report of the one-stop service as a text ---- */

/* What the table says of a unit, or of all. */
struct standing {
    struct str unit;
    int64_t received, in_time, late, late_open;
};

static int64_t figure_of(const struct report_row *row, enum figure f)
{
    for (size_t i = 0; i < row->cell_count; i++)
        if (row->cell[i].kind == REPORT_COUNT && str_eq(row->cell[i].source.code, figure_code(f)))
            return row->cell[i].n;
    return 0;
}

static struct standing standing_of(const struct report_row *row)
{
    return (struct standing){
        .unit = row->cell_count > 1 ? row->cell[1].text : STR(""),
        .received = figure_of(row, FIGURE_DOSSIER_RECEIVED),
        .in_time = figure_of(row, FIGURE_DOSSIER_RESOLVED_IN_TIME),
        .late = figure_of(row, FIGURE_DOSSIER_LATE),
        .late_open = figure_of(row, FIGURE_DOSSIER_OPEN_LATE),
    };
}

struct counted {
    struct standing *unit, all;
    size_t count;
};

/* The table of units is the first. */
static struct counted counted_of(struct writing *w)
{
    struct counted k = {.count = 0};

    if (!w->r->table_count)
        return k;
    const struct report_table *t = &w->r->table[0];
    k.unit = ARENA_ARRAY(w->a, struct standing, t->row_count);
    for (size_t i = 0; i < t->row_count; i++) {
        if (t->row[i].kind == REPORT_BODY)
            k.unit[k.count++] = standing_of(&t->row[i]);
        if (t->row[i].kind == REPORT_TOTAL)
            k.all = standing_of(&t->row[i]);
    }
    return k;
}

static void overview(struct writing *w, const struct counted *k)
{
    struct arena *a = w->a;
    const struct standing *all = &k->all, *most = k->unit;
    struct str size[] = {word_int(a, w->lang, (int64_t)k->count), word_int(a, w->lang, all->received)};
    struct str done[] = {word_int(a, w->lang, all->in_time), word_percent(a, w->lang, all->in_time, all->received), word_int(a, w->lang, all->late),
                         word_percent(a, w->lang, all->late, all->received)};

    say(w, PAPER_HEADING, WORD_PAPER_REPORT_PART_1);
    text(w, PAPER_PARAGRAPH, word_format(a, w->lang, WORD_PAPER_REPORT_OVERVIEW, size, 2));
    text(w, PAPER_PARAGRAPH, word_format(a, w->lang, WORD_PAPER_REPORT_OVERVIEW_DONE, done, 4));
    for (size_t i = 1; i < k->count; i++)
        most = k->unit[i].received > most->received ? &k->unit[i] : most;
    if (k->count > 1) {
        struct str one[] = {most->unit, word_int(a, w->lang, most->received), word_percent(a, w->lang, most->received, all->received)};
        text(w, PAPER_PARAGRAPH, word_format(a, w->lang, WORD_PAPER_REPORT_MOST, one, 3));
    }
}

/* A share is compared without dividing: late of one, received of the other. */
static bool is_later(const struct standing *x, const struct standing *y)
{
    return x->late * y->received > y->late * x->received;
}

/* Those with the highest share of late dossiers, the highest first; a unit without any is not among them. */
static size_t latest(struct arena *a, const struct counted *k, const struct standing **ret)
{
    const struct standing **one = ARENA_ARRAY(a, const struct standing *, k->count + 1);
    size_t n = 0;

    for (size_t i = 0; i < k->count; i++) {
        if (!k->unit[i].late || !k->unit[i].received)
            continue;
        size_t at = n++;
        for (; at > 0 && is_later(&k->unit[i], one[at - 1]); at--)
            one[at] = one[at - 1];
        one[at] = &k->unit[i];
    }
    n = n < BARS_MOST ? n : BARS_MOST;
    for (size_t i = 0; i < n; i++)
        ret[i] = one[i];
    return n;
}

static void bars(struct writing *w, const struct standing *const *unit, size_t count)
{
    struct arena *a = w->a;
    struct paper_figure *f = ARENA_NEW(a, struct paper_figure);
    struct paper_series *series = ARENA_NEW(a, struct paper_series);
    struct str *label = ARENA_ARRAY(a, struct str, count), *said = ARENA_ARRAY(a, struct str, count), n = word_int(a, w->lang, (int64_t)count);
    double *value = ARENA_ARRAY(a, double, count);

    for (size_t i = 0; i < count; i++) {
        struct str part[] = {word_percent(a, w->lang, unit[i]->late, unit[i]->received), word_int(a, w->lang, unit[i]->late)};
        label[i] = unit[i]->unit;
        value[i] = (double)unit[i]->late / (double)unit[i]->received;
        said[i] = word_format(a, w->lang, WORD_PAPER_REPORT_BAR, part, 2);
    }
    *series = (struct paper_series){.name = STR(""), .value = value, .said = said};
    *f = (struct paper_figure){.caption = word_format(a, w->lang, WORD_PAPER_REPORT_FIGURE, &n, 1), .source = word(w->lang, WORD_PAPER_REPORT_SOURCE),
                               .label = label, .label_count = count, .series = series, .series_count = 1};
    block(w, PAPER_FIGURE)->figure = f;
}

static void late(struct writing *w, const struct counted *k)
{
    struct arena *a = w->a;
    const struct standing *unit[BARS_MOST];
    int64_t some = 0, open = 0;

    say(w, PAPER_HEADING, WORD_PAPER_REPORT_PART_3);
    for (size_t i = 0; i < k->count; i++) {
        some += k->unit[i].late > 0;
        open += k->unit[i].late_open > 0;
    }
    if (!some) {
        say(w, PAPER_PARAGRAPH, WORD_PAPER_REPORT_LATE_NONE);
        return;
    }
    struct str said[] = {word_int(a, w->lang, some), word_int(a, w->lang, (int64_t)k->count), word_int(a, w->lang, k->all.late_open), word_int(a, w->lang, open)};
    text(w, PAPER_PARAGRAPH, word_format(a, w->lang, WORD_PAPER_REPORT_LATE, said, 4));
    size_t n = latest(a, k, unit);
    if (n)
        bars(w, unit, n);
}

/* How they were made; a law that does not hold is said right below. */
static void made(struct writing *w)
{
    const struct report *r = w->r;
    const struct str self[] = {r->as_of, r->cohort, r->ended};
    struct str laws[] = {word_int(w->a, w->lang, (int64_t)r->laws_checked), word_int(w->a, w->lang, (int64_t)r->broken_count)};

    say(w, PAPER_HEADING, WORD_PAPER_REPORT_PART_4);
    for (size_t i = 0; i < sizeof self / sizeof self[0]; i++)
        if (self[i].n)
            text(w, PAPER_PARAGRAPH, self[i]);
    text(w, PAPER_PARAGRAPH, word_format(w->a, w->lang, WORD_PAPER_REPORT_LAWS, laws, 2));
    broken(w);
}

/* Tables that have no room on an upright sheet, after the signature. */
static void annex(struct writing *w)
{
    const struct report *r = w->r;
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, 2);

    block(w, PAPER_TURN)->size = PAPER_A4_WIDE;
    span[0] = (struct paper_span){.text = word(w->lang, WORD_PAPER_REPORT_ANNEX), .bold = true};
    span[1] = (struct paper_span){.text = word_format(w->a, w->lang, WORD_PAPER_REPORT_ANNEX_OF, &r->agency, 1), .italic = true};
    struct paper_block *b = block(w, PAPER_TITLE);
    b->span = span;
    b->span_count = 2;
    for (size_t i = 0; i < r->table_count; i++)
        if (r->table[i].columns >= WIDE_FROM)
            table(w, &r->table[i]);
}

/* ---- a report from a template ---- */

/* Where its numbers come from; a law that does not hold is said on its face. */
static void as_template(struct writing *w)
{
    const struct report *r = w->r;
    bool has_annex = false;

    for (size_t i = 0; i < r->block_count; i++) {
        const struct report_block *x = &r->block[i];
        if (!x->is_table)
            paragraph(w, &r->paragraph[x->at]);
        else if (!r->table[x->at].is_annex)
            table(w, &r->table[x->at]);
        has_annex |= x->is_table && r->table[x->at].is_annex;
    }
    text(w, PAPER_PARAGRAPH, str_format(w->a, "%" PRIstr " %" PRIstr, STR_ARG(r->as_of), STR_ARG(r->cohort)));
    if (has_annex)
        say(w, PAPER_PARAGRAPH, WORD_PAPER_REPORT_SEE_ANNEX);
    broken(w);
    signature(w);
    if (has_annex)
        annex(w);
}

static void as_text(struct writing *w)
{
    const struct report *r = w->r;
    struct counted k = counted_of(w);
    bool has_annex = false;

    if (k.count)
        overview(w, &k);
    say(w, PAPER_HEADING, WORD_PAPER_REPORT_PART_2);
    for (size_t i = 0; i < r->paragraph_count; i++)
        paragraph(w, &r->paragraph[i]);
    for (size_t i = 0; i < r->table_count; i++) {
        if (r->table[i].columns < WIDE_FROM)
            table(w, &r->table[i]);
        has_annex |= r->table[i].columns >= WIDE_FROM;
    }
    if (has_annex)
        say(w, PAPER_PARAGRAPH, WORD_PAPER_REPORT_SEE_ANNEX);
    late(w, &k);
    made(w);
    signature(w);
    if (has_annex)
        annex(w);
}

/* ---- a form of the law ---- */

static bool is_wide(const struct report *r)
{
    for (size_t i = 0; i < r->table_count; i++)
        if (r->table[i].columns >= WIDE_FROM)
            return true;
    return false;
}

static void as_form(struct writing *w)
{
    const struct report *r = w->r;

    for (size_t i = 0; i < r->paragraph_count; i++)
        paragraph(w, &r->paragraph[i]);
    for (size_t i = 0; i < r->table_count; i++)
        table(w, &r->table[i]);
    broken(w);
    signature(w);
}

static struct paper_document document(struct arena *a, enum lang lang, const struct report *r)
{
    struct writing w = {.a = a, .lang = lang, .r = r};
    bool is_text = r->question.id != REPORT_II_06A;

    w.block = ARENA_ARRAY(a, struct paper_block, r->paragraph_count + r->table_count + r->broken_count + OWN_BLOCKS);
    head(&w);
    title(&w);
    if (r->question.id == REPORT_TEMPLATE)
        as_template(&w);
    else if (is_text)
        as_text(&w);
    else
        as_form(&w);
    return (struct paper_document){
        .title = str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(r->kind), STR_ARG(r->title), STR_ARG(r->period)),
        .author = r->agency,
        .on = r->question.to,
        .made_at = zone_iso(a, r->zone, r->question.as_of),
        .size = !is_text && is_wide(r) ? PAPER_A4_WIDE : PAPER_A4,
        .block = w.block,
        .block_count = w.count,
    };
}

enum err report_pdf(struct arena *a, enum lang lang, const struct report *r, struct str *ret)
{
    struct paper_document d = document(a, lang, r);

    return paper_pdf(a, &d, ret);
}

enum err report_docx(struct arena *a, enum lang lang, const struct report *r, struct str *ret)
{
    struct paper_document d = document(a, lang, r);

    return paper_docx(a, &d, ret);
}
