/* Tables: columns as wide as what stands in them asks for, rows as high as their text, head rows on every page. */
#include "paper/table.h"

enum { PAD_X = 4, PAD_Y = 3, NARROWEST = 22, AFTER = 12, FEW_COLUMNS = 6, MANY_COLUMNS = 8 };

struct placed {
    struct grid_cell at;
    PangoLayout *text;
    double height;
};

struct drawing {
    struct sheet *s;
    const struct paper_table *t;
    double size;            /* of the letters */
    double pad;             /* above and below the text of a cell */
    struct placed *cell;
    size_t count;
    double x[GRID_COLUMNS_MAX + 1];
    double *height;         /* of the rows */
};

/* ---- widths ---- */

int table_letters(const struct paper_profile *look, const struct paper_table *t)
{
    return look->note + (t->columns > MANY_COLUMNS ? -2 : t->columns > FEW_COLUMNS ? 0 : 1);
}

static double measure(struct sheet *s, const struct paper_cell *c, double size, double width)
{
    PangoLayout *l = sheet_text(s, c->text, (struct type){.size = size, .bold = c->bold}, width);
    int w;

    pango_layout_set_wrap(l, PANGO_WRAP_WORD); /* a word is as wide as it is, or it would be broken */
    pango_layout_get_size(l, &w, NULL);
    g_object_unref(l);
    return (double)w / PANGO_SCALE + 2 * PAD_X + 1; /* 1: widths are rounded, and a word that just fits must not break */
}

/* The longest word must fit; what is left goes to those who would like more. Heads are as good in two lines. */
void table_columns(struct sheet *s, const struct paper_table *t, const struct grid *g, double *ret_x)
{
    double least[GRID_COLUMNS_MAX] = {0}, like[GRID_COLUMNS_MAX] = {0}, sum = 0, more = 0, all = s->right - s->left, size = table_letters(s->look, t);

    for (size_t i = 0; i < g->count; i++) {
        const struct grid_cell *p = &g->cell[i];
        if (p->columns > 1)
            continue;
        double one = measure(s, p->cell, size, 1), whole = measure(s, p->cell, size, 0) / (p->is_head ? 2 : 1);
        least[p->column] = one > least[p->column] ? one : least[p->column];
        like[p->column] = whole > like[p->column] ? whole : like[p->column];
    }
    for (unsigned c = 0; c < t->columns; c++) {
        least[c] = least[c] < NARROWEST ? NARROWEST : least[c];
        like[c] = like[c] < least[c] ? least[c] : like[c];
        sum += least[c];
        more += like[c] - least[c];
    }
    double part = sum >= all ? 0 : more > all - sum ? (all - sum) / more : 1; /* of what each would like more */
    double rest = sum + more < all ? all - sum - more : 0;                     /* when all have what they would like */
    ret_x[0] = s->left;
    for (unsigned c = 0; c < t->columns; c++)
        ret_x[c + 1] = ret_x[c] + (sum >= all ? least[c] * all / sum : least[c] + (like[c] - least[c]) * part + rest * like[c] / (sum + more));
}

/* ---- heights ---- */

static void heights(struct drawing *d)
{
    d->height = ARENA_ARRAY(d->s->a, double, d->t->row_count);
    for (size_t i = 0; i < d->count; i++) {
        struct placed *p = &d->cell[i];
        double width = d->x[p->at.column + p->at.columns] - d->x[p->at.column] - 2 * PAD_X;
        p->text = sheet_text(d->s, p->at.cell->text, (struct type){.size = d->size, .bold = p->at.cell->bold, .align = p->at.cell->align}, width);
        p->height = sheet_height(p->text) + 2 * d->pad;
        if (p->at.rows == 1 && p->height > d->height[p->at.row])
            d->height[p->at.row] = p->height;
    }
    for (size_t i = 0; i < d->count; i++) { /* what spans rows makes the last of them higher */
        const struct placed *p = &d->cell[i];
        double sum = 0;
        for (size_t r = p->at.row; r < p->at.row + p->at.rows; r++)
            sum += d->height[r];
        if (p->at.rows > 1 && p->height > sum)
            d->height[p->at.row + p->at.rows - 1] += p->height - sum;
    }
}

static double span(const struct drawing *d, size_t row, size_t count)
{
    double sum = 0;

    for (size_t r = row; r < row + count; r++)
        sum += d->height[r];
    return sum;
}

/* ---- drawing ---- */

static void cell_draw(struct drawing *d, const struct placed *p, double y)
{
    cairo_t *cr = d->s->cr;
    const char *tag = p->at.is_head ? "TH" : "TD";
    double x = d->x[p->at.column], width = d->x[p->at.column + p->at.columns] - x, height = span(d, p->at.row, p->at.rows);

    if (p->at.is_head) {
        cairo_set_source_rgb(cr, 0.94, 0.95, 0.96);
        cairo_rectangle(cr, x, y, width, height);
        cairo_fill(cr);
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.5);
    cairo_rectangle(cr, x, y, width, height);
    cairo_stroke(cr);
    sheet_put(d->s, p->text, tag, x + PAD_X, y + (height - p->height) / 2 + d->pad);
}

static void row_draw(struct drawing *d, size_t row)
{
    cairo_tag_begin(d->s->cr, "TR", NULL);
    for (size_t i = 0; i < d->count; i++)
        if (d->cell[i].at.row == row)
            cell_draw(d, &d->cell[i], d->s->y);
    cairo_tag_end(d->s->cr, "TR");
    d->s->y += d->height[row];
}

static void head_draw(struct drawing *d)
{
    for (size_t r = 0; r < d->t->head_count; r++)
        row_draw(d, r);
}

/* Rows that a cell spans stay together. */
static size_t together(const struct drawing *d, size_t row)
{
    size_t n = 1;

    for (size_t i = 0; i < d->count; i++) {
        const struct placed *p = &d->cell[i];
        if (p->at.row >= row && p->at.row < row + n && p->at.row + p->at.rows > row + n)
            n = p->at.row + p->at.rows - row;
    }
    return n;
}

static void rows_draw(struct drawing *d)
{
    struct sheet *s = d->s;
    size_t row = d->t->head_count;

    sheet_need(s, span(d, 0, d->t->head_count) + (row < d->t->row_count ? d->height[row] : 0));
    cairo_tag_begin(s->cr, "Table", NULL);
    head_draw(d);
    while (row < d->t->row_count) {
        size_t n = together(d, row);
        double with = row + n == d->t->row_count ? AFTER * s->scale + s->reserve : 0;
        if (s->y + span(d, row, n) + with > s->bottom + 0.5 && s->y > s->top) {
            cairo_tag_end(s->cr, "Table");
            sheet_next_page(s);
            cairo_tag_begin(s->cr, "Table", NULL);
            head_draw(d);
        }
        for (size_t i = 0; i < n; i++)
            row_draw(d, row++);
    }
    cairo_tag_end(s->cr, "Table");
}

enum err table_draw(struct sheet *s, const struct paper_table *t)
{
    struct drawing d = {.s = s, .t = t, .pad = PAD_Y * s->scale, .size = table_letters(s->look, t)};

    struct grid grid;
    enum err err = grid_of(s->a, t, &grid);
    if (err)
        return err;
    d.cell = ARENA_ARRAY(s->a, struct placed, grid.count);
    for (; d.count < grid.count; d.count++)
        d.cell[d.count].at = grid.cell[d.count];
    table_columns(s, t, &grid, d.x);
    heights(&d);
    if (t->caption.n) {
        PangoLayout *l = sheet_text(s, t->caption, (struct type){.size = s->look->body - 1, .bold = true}, s->right - s->left);
        sheet_need(s, sheet_height(l) + span(&d, 0, t->head_count) + 30);
        sheet_flow(s, l, "P", s->left, 4);
        g_object_unref(l);
    }
    rows_draw(&d);
    for (size_t i = 0; i < d.count; i++)
        g_object_unref(d.cell[i].text);
    s->y += AFTER * s->scale;
    return OK;
}
