/* A report as an official document on paper. */
#include "acts/report.h"

#include "base/text.h"
#include "paper/docx.h"
#include "paper/pdf.h"

enum { WIDE_FROM = 9 }; /* columns */

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

/* "Biên Hòa, ngày … tháng … năm …": the place is the agency's; number and day are
 * written in when it is signed, there is room for them. */
static void head(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_HEAD);

    b->one = w->r->above;
    b->two = w->r->agency;
    const struct str number = STR(PAPER_BLANK_NUMBER), day[] = {STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_DAY), STR(PAPER_BLANK_YEAR)};
    b->three = word_format(w->a, w->lang, WORD_PAPER_REPORT_NUMBER, &number, 1);
    b->four = word_format(w->a, w->lang, WORD_PAPER_REPORT_DAY, day, 3);
}

static void title(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_TITLE);
    const struct report *r = w->r;
    const struct paper_span line[] = {
        {r->question.id == REPORT_MOT_CUA ? text_upper(w->a, r->kind) : r->kind, .bold = true}, {r->title, .bold = true}, {r->period, .bold = true}, {r->range, .italic = true},
        {r->as_of, .italic = true}, {r->cohort, .italic = true}, {r->ended, .italic = true},
    };
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, sizeof line / sizeof line[0]);

    for (size_t i = 0; i < sizeof line / sizeof line[0]; i++)
        if (line[i].text.n)
            span[b->span_count++] = line[i];
    b->span = span;
}

static void paragraph(struct writing *w, const struct report_paragraph *p)
{
    struct paper_block *b = block(w, p->is_heading ? PAPER_HEADING : PAPER_PARAGRAPH);
    struct paper_span *span = ARENA_ARRAY(w->a, struct paper_span, p->piece_count);

    for (size_t i = 0; i < p->piece_count; i++)
        span[i] = (struct paper_span){report_cell_text(w->a, w->lang, &p->piece[i]), p->is_heading, false};
    b->span = span;
    b->span_count = p->piece_count;
    b->align = PAPER_JUSTIFIED;
}

static struct paper_cell cell_of(const struct writing *w, const struct report_row *row, const struct report_cell *c)
{
    bool is_head = row->kind == REPORT_HEADER || row->kind == REPORT_NUMBERS, is_number = c->kind == REPORT_COUNT || c->kind == REPORT_SHARE;

    return (struct paper_cell){
        .text = report_cell_text(w->a, w->lang, c),
        .bold = row->kind == REPORT_HEADER || row->kind == REPORT_TOTAL,
        .align = is_head ? PAPER_CENTRE : is_number ? PAPER_RIGHT : PAPER_LEFT,
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

static void signature(struct writing *w)
{
    struct paper_block *b = block(w, PAPER_SIGNATURE);

    b->one = word(w->lang, WORD_REPORT_RECIPIENTS_FILE);
    b->two = word(w->lang, WORD_REPORT_SIGN_HEAD);
    struct paper_span *hint = ARENA_NEW(w->a, struct paper_span);
    *hint = (struct paper_span){.text = word(w->lang, WORD_REPORT_SIGN_HINT)};
    b->span = hint;
    b->span_count = 1;
}

static bool is_wide(const struct report *r)
{
    for (size_t i = 0; i < r->table_count; i++)
        if (r->table[i].columns >= WIDE_FROM)
            return true;
    return false;
}

static struct paper_document document(struct arena *a, enum lang lang, const struct report *r)
{
    struct writing w = {.a = a, .lang = lang, .r = r};

    w.block = ARENA_ARRAY(a, struct paper_block, r->paragraph_count + r->table_count + r->broken_count + 4);
    head(&w);
    title(&w);
    for (size_t i = 0; i < r->paragraph_count; i++)
        paragraph(&w, &r->paragraph[i]);
    for (size_t i = 0; i < r->table_count; i++)
        table(&w, &r->table[i]);
    broken(&w);
    signature(&w);
    return (struct paper_document){
        .title = str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(r->kind), STR_ARG(r->title), STR_ARG(r->period)),
        .author = r->agency,
        .on = r->question.to,
        .made_at = zone_iso(a, r->zone, r->question.as_of),
        .size = is_wide(r) ? PAPER_A4_WIDE : PAPER_A4,
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
