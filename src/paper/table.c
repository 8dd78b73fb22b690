/* Tables: columns as wide as what stands in them asks for, rows as high as their text, head rows on every page. */
#include "paper/table.h"

enum { PAD_X = 4, PAD_Y = 3, NARROWEST = 22, COLUMNS_MAX = 64 };

/* Where a cell stands. */
struct placed {
    const struct paper_cell *cell;
    size_t row;
    unsigned column, columns, rows;
    PangoLayout *text;
    double height;
};

struct drawing {
    struct sheet *s;
    const struct paper_table *t;
    double size;            /* of the letters */
    struct placed *cell;
    size_t count;
    double x[COLUMNS_MAX + 1];
    double *height;         /* of the rows */
};

static unsigned at_least_one(unsigned n)
{
    return n ? n : 1;
}

/* ---- places ---- */

/* Each cell takes the first columns of its row that no cell above reaches into. */
static enum err places(struct drawing *d)
{
    const struct paper_table *t = d->t;
    size_t *until = ARENA_ARRAY(d->s->a, size_t, t->columns), all = 0; /* first row in which a column is free again */

    for (size_t r = 0; r < t->row_count; r++)
        all += t->row[r].cell_count;
    d->cell = ARENA_ARRAY(d->s->a, struct placed, all);
    for (size_t r = 0; r < t->row_count; r++) {
        unsigned column = 0;
        for (size_t i = 0; i < t->row[r].cell_count; i++) {
            const struct paper_cell *c = &t->row[r].cell[i];
            unsigned columns = at_least_one(c->columns), rows = at_least_one(c->rows);
            while (column < t->columns && until[column] > r)
                column++;
            if (column + columns > t->columns || r + rows > t->row_count || (r < t->head_count && r + rows > t->head_count))
                return ERR_INVALID;
            d->cell[d->count++] = (struct placed){.cell = c, .row = r, .column = column, .columns = columns, .rows = rows};
            for (unsigned k = 0; k < columns; k++)
                until[column + k] = r + rows;
            column += columns;
        }
    }
    return OK;
}

/* ---- widths ---- */

static double measure(struct drawing *d, const struct paper_cell *c, double width)
{
    PangoLayout *l = sheet_text(d->s, c->text, (struct type){.size = d->size, .bold = c->bold}, width);
    int w;

    pango_layout_get_size(l, &w, NULL);
    g_object_unref(l);
    return (double)w / PANGO_SCALE + 2 * PAD_X;
}

/* The longest word must fit; what is left goes to those who would like more. */
static void widths(struct drawing *d)
{
    double least[COLUMNS_MAX] = {0}, like[COLUMNS_MAX] = {0}, sum = 0, more = 0, all = d->s->right - d->s->left;

    for (size_t i = 0; i < d->count; i++) {
        const struct placed *p = &d->cell[i];
        if (p->columns > 1)
            continue;
        double one = measure(d, p->cell, 1), whole = measure(d, p->cell, 0);
        least[p->column] = one > least[p->column] ? one : least[p->column];
        like[p->column] = whole > like[p->column] ? whole : like[p->column];
    }
    for (unsigned c = 0; c < d->t->columns; c++) {
        least[c] = least[c] < NARROWEST ? NARROWEST : least[c];
        like[c] = like[c] < least[c] ? least[c] : like[c];
        sum += least[c];
        more += like[c] - least[c];
    }
    d->x[0] = d->s->left;
    for (unsigned c = 0; c < d->t->columns; c++) {
        double width = sum >= all ? least[c] * all / sum
                                  : least[c] + (more > 0 ? (like[c] - least[c]) * (all - sum) / more : (all - sum) / d->t->columns);
        d->x[c + 1] = d->x[c] + width;
    }
}

/* ---- heights ---- */

static void heights(struct drawing *d)
{
    d->height = ARENA_ARRAY(d->s->a, double, d->t->row_count);
    for (size_t i = 0; i < d->count; i++) {
        struct placed *p = &d->cell[i];
        double width = d->x[p->column + p->columns] - d->x[p->column] - 2 * PAD_X;
        p->text = sheet_text(d->s, p->cell->text, (struct type){.size = d->size, .bold = p->cell->bold, .align = p->cell->align}, width);
        p->height = sheet_height(p->text) + 2 * PAD_Y;
        if (p->rows == 1 && p->height > d->height[p->row])
            d->height[p->row] = p->height;
    }
    for (size_t i = 0; i < d->count; i++) { /* what spans rows makes the last of them higher */
        const struct placed *p = &d->cell[i];
        double sum = 0;
        for (size_t r = p->row; r < p->row + p->rows; r++)
            sum += d->height[r];
        if (p->rows > 1 && p->height > sum)
            d->height[p->row + p->rows - 1] += p->height - sum;
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
    const char *tag = p->row < d->t->head_count ? "TH" : "TD";
    double x = d->x[p->column], width = d->x[p->column + p->columns] - x, height = span(d, p->row, p->rows);

    if (p->row < d->t->head_count) {
        cairo_set_source_rgb(cr, 0.94, 0.95, 0.96);
        cairo_rectangle(cr, x, y, width, height);
        cairo_fill(cr);
    }
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 0.5);
    cairo_rectangle(cr, x, y, width, height);
    cairo_stroke(cr);
    sheet_put(d->s, p->text, tag, x + PAD_X, y + (height - p->height) / 2 + PAD_Y);
}

static void row_draw(struct drawing *d, size_t row)
{
    cairo_tag_begin(d->s->cr, "TR", NULL);
    for (size_t i = 0; i < d->count; i++)
        if (d->cell[i].row == row)
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
        if (p->row >= row && p->row < row + n && p->row + p->rows > row + n)
            n = p->row + p->rows - row;
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
        if (s->y + span(d, row, n) > s->bottom + 0.5 && s->y > s->top) {
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
    struct drawing d = {.s = s, .t = t, .size = t->columns > 8 ? s->look->note - 2 : s->look->note};

    if (!t->columns || t->columns > COLUMNS_MAX || t->head_count > t->row_count)
        return ERR_INVALID;
    enum err err = places(&d);
    if (err)
        return err;
    widths(&d);
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
    s->y += 12;
    return OK;
}
