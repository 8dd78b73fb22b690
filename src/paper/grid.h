/* grid.h - where the cells of a table stand; inside paper/ only. One reading of rows and spans for every kind of
 * file, so that the same table fits or does not fit in all. */
#ifndef PAPER_GRID_H
#define PAPER_GRID_H

#include "paper/document.h"

enum { GRID_COLUMNS_MAX = 64 };

struct grid_cell {
    const struct paper_cell *cell;
    size_t row;             /* its first */
    unsigned column;        /* its first */
    unsigned columns, rows; /* at least 1 */
    bool is_head;
};
/* In order of rows, then columns. */
struct grid {
    struct grid_cell *cell;
    size_t count;
};

/* Each cell takes the first columns of its row that no cell above reaches into. ERR_INVALID: no column or more than
 * GRID_COLUMNS_MAX, a cell that reaches out of the table or out of its head, a row that leaves a column empty. */
enum err grid_of(struct arena *a, const struct paper_table *t, struct grid *ret) MUST_CHECK;

#endif
