#include "paper/grid.h"

static unsigned at_least_one(unsigned n)
{
    return n ? n : 1;
}

/* The first column from `column` on that is free in row `r`. */
static unsigned free_from(const size_t *until, unsigned columns, unsigned column, size_t r)
{
    while (column < columns && until[column] > r)
        column++;
    return column;
}

enum err grid_of(struct arena *a, const struct paper_table *t, struct grid *ret)
{
    size_t until[GRID_COLUMNS_MAX] = {0}, all = 0; /* until: first row in which a column is free again */
    struct grid g = {0};

    if (!t->columns || t->columns > GRID_COLUMNS_MAX || t->head_count > t->row_count)
        return ERR_INVALID;
    for (size_t r = 0; r < t->row_count; r++)
        all += t->row[r].cell_count;
    g.cell = ARENA_ARRAY(a, struct grid_cell, all);
    for (size_t r = 0; r < t->row_count; r++) {
        unsigned column = 0;
        bool is_head = r < t->head_count;
        for (size_t i = 0; i < t->row[r].cell_count; i++) {
            const struct paper_cell *c = &t->row[r].cell[i];
            unsigned columns = at_least_one(c->columns), rows = at_least_one(c->rows);
            column = free_from(until, t->columns, column, r);
            if (columns > t->columns || column > t->columns - columns || rows > t->row_count - r || (is_head && rows > t->head_count - r))
                return ERR_INVALID;
            g.cell[g.count++] = (struct grid_cell){c, r, column, columns, rows, is_head};
            for (unsigned k = 0; k < columns; k++) {
                if (until[column + k] > r)
                    return ERR_INVALID;
                until[column + k] = r + rows;
            }
            column += columns;
        }
        if (free_from(until, t->columns, column, r) < t->columns)
            return ERR_INVALID;
    }
    *ret = g;
    return OK;
}
