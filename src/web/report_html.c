#include "web/report_html.h"

#include "view_report.h"
#include "web/period.h"
#include "web/url.h"

struct url report_records_url(const struct web *w, const struct report *r, const struct report_source *source)
{
    const struct report_question *asked = &r->question;
    struct arena *a = w->ctx->arena;
    bool is_other = source->is_indicator || source->is_before;
    struct figure_question q = {.unit = source->unit, .from = is_other ? source->from : asked->from, .to = is_other ? source->to : asked->to, .as_of = asked->as_of};

    if (source->is_indicator)
        return period_url(w, &q, URL_PATH(a, "/so-lieu/%", source->code));
    q.cohort_received = r->cohort_received;
    struct url url = period_records_url(w, &q, source->code, source->unit, source->field);
    if (source->as_unit)
        url = period_as_unit(w, url, source->as_unit, asked->territory);
    return asked->ended ? url_with(a, url, "rut", report_ended_code(asked->ended)) : url;
}

struct writing {
    struct arena *a;
    enum lang lang;
    report_link *link;
    void *arg;
};

static bool is_linked(const struct writing *w, const struct report_cell *c)
{
    return w->link && report_cell_is_number(c) && c->source.code.n > 0;
}

static struct url page_of(const struct writing *w, const struct report_cell *c)
{
    return is_linked(w, c) ? w->link(w->arg, &c->source) : URL_PATH(w->a, "/");
}

static struct str open_text(const struct writing *w, const struct report_cell *c)
{
    struct str n = word_int(w->a, w->lang, c->n);

    return is_linked(w, c) ? word_format(w->a, w->lang, WORD_REPORT_OPEN_RECORDS, &n, 1) : STR("");
}

static struct view_report_paragraph *paragraphs(const struct writing *w, const struct report *r)
{
    struct view_report_paragraph *out =
        ARENA_ARRAY(w->a, struct view_report_paragraph, r->paragraph_count);

    for (size_t i = 0; i < r->paragraph_count; i++) {
        const struct report_paragraph *p = &r->paragraph[i];
        struct view_report_piece *piece =
            ARENA_ARRAY(w->a, struct view_report_piece, p->piece_count);
        for (size_t j = 0; j < p->piece_count; j++)
            piece[j] = (struct view_report_piece){
                .strong = p->piece[j].kind != REPORT_TEXT,
                .has_page = is_linked(w, &p->piece[j]),
                .page = page_of(w, &p->piece[j]),
                .text = report_cell_text(w->a, w->lang, &p->piece[j]),
                .open = open_text(w, &p->piece[j]),
            };
        out[i] = (struct view_report_paragraph){.h3 = p->is_heading && p->level == 0, .h4 = p->is_heading && p->level == 1, .h5 = p->is_heading && p->level > 1,
                                                .item = p->is_item, .piece = piece, .piece_count = p->piece_count};
    }
    return out;
}

static struct view_report_row row_of(const struct writing *w, const struct report_row *row)
{
    static const struct str CLASSES[] = {[REPORT_HEADER] = STR_INIT("dau"),
                                         [REPORT_NUMBERS] = STR_INIT("so-cot"),
                                         [REPORT_BODY] = STR_INIT(""),
                                         [REPORT_TOTAL] = STR_INIT("tong")};
    struct view_report_cell *cell = ARENA_ARRAY(w->a, struct view_report_cell, row->cell_count);
    bool is_head = row->kind == REPORT_HEADER || row->kind == REPORT_NUMBERS;

    for (size_t i = 0; i < row->cell_count; i++) {
        const struct report_cell *c = &row->cell[i];
        cell[i] = (struct view_report_cell){
            .is_head = is_head,
            .is_name = !is_head && i == 1, /* after the number of the row */
            .is_number = report_cell_is_number(c),
            .columns = c->columns ? c->columns : 1,
            .rows = c->rows ? c->rows : 1,
            .has_page = is_linked(w, c),
            .page = page_of(w, c),
            .text = report_cell_text(w->a, w->lang, c),
            .open = open_text(w, c),
        };
    }
    return (struct view_report_row){CLASSES[row->kind], cell, row->cell_count};
}

static struct view_report_table *tables(const struct writing *w, const struct report *r)
{
    struct view_report_table *out = ARENA_ARRAY(w->a, struct view_report_table, r->table_count);

    for (size_t i = 0; i < r->table_count; i++) {
        const struct report_table *t = &r->table[i];
        struct view_report_row *row = ARENA_ARRAY(w->a, struct view_report_row, t->row_count);
        size_t heads = 0;
        for (size_t j = 0; j < t->row_count; j++) {
            row[j] = row_of(w, &t->row[j]);
            if (t->row[j].kind == REPORT_HEADER || t->row[j].kind == REPORT_NUMBERS)
                heads = j + 1;
        }
        out[i] = (struct view_report_table){.caption = t->caption,
                                            .head = row,
                                            .head_count = heads,
                                            .body = row + heads,
                                            .body_count = t->row_count - heads};
    }
    return out;
}

/* In the order of reading; what is behind the signature comes last. */
static struct view_report_block *blocks(const struct writing *w, const struct report *r, size_t *ret_count)
{
    struct view_report_block *out = ARENA_ARRAY(w->a, struct view_report_block, r->block_count + 1);
    const struct view_report_paragraph *p = paragraphs(w, r);
    const struct view_report_table *t = tables(w, r);
    size_t n = 0;

    for (int annex = 0; annex < 2; annex++)
        for (size_t i = 0; i < r->block_count; i++) {
            size_t at = r->block[i].at;
            if ((r->block[i].is_table && r->table[at].is_annex) != (annex == 1))
                continue;
            out[n++] = r->block[i].is_table ? (struct view_report_block){.table = &t[at]} : (struct view_report_block){.paragraph = &p[at]};
        }
    *ret_count = n;
    return out;
}

struct html report_html(struct arena *a, enum lang lang, const struct report *r, report_link *link,
                        void *arg)
{
    struct writing w = {a, lang, link, arg};
    struct html_out o = html_out_in(a, lang);
    size_t count;
    struct view_report_block *block = blocks(&w, r, &count);

    view_report_document(&o, &(struct view_report_document){
                                 .above = r->above,
                                 .agency = r->agency,
                                 .kind = r->kind,
                                 .title = r->title,
                                 .period = r->period,
                                 .range = r->range,
                                 .as_of = r->as_of,
                                 .cohort = r->cohort,
                                 .ended = r->ended,
                                 .block = block,
                                 .block_count = count,
                                 .form = r->question.id == REPORT_II_06A,
                             });
    return html_done(&o);
}

struct view_report_law *report_html_laws(struct arena *a, const struct report *r)
{
    struct view_report_law *law = ARENA_ARRAY(a, struct view_report_law, r->broken_count);

    for (size_t i = 0; i < r->broken_count; i++)
        law[i] = (struct view_report_law){r->broken[i].law, r->broken[i].where, r->broken[i].left,
                                          r->broken[i].right};
    return law;
}

struct str report_html_file(struct arena *a, enum lang lang, const struct report *r)
{
    struct html_out o = html_out_in(a, lang);

    view_report_file(&o, &(struct view_report_file){
                             .title = r->title,
                             .document = report_html(a, lang, r, NULL, NULL),
                             .broken = (int64_t)r->broken_count,
                             .report_law = report_html_laws(a, r),
                             .report_law_count = r->broken_count,
                         });
    return buf_str(&o.buf);
}
