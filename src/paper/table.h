/* table.h - tables on a sheet; inside paper/ only. */
#ifndef PAPER_TABLE_H
#define PAPER_TABLE_H

#include "paper/grid.h"
#include "paper/sheet.h"

/* Points of the letters of a table: the more columns, the smaller. */
int table_letters(const struct paper_profile *look, const struct paper_table *t);
/* Where each column begins, and where the last ends, between left and right of a sheet that need not be drawn on. One
 * answer for every kind of file. `ret_x` has room for GRID_COLUMNS_MAX + 1. */
void table_columns(struct sheet *s, const struct paper_table *t, const struct grid *g, double *ret_x);

/* ERR_INVALID: cells do not fit the columns. */
enum err table_draw(struct sheet *s, const struct paper_table *t) MUST_CHECK;

#endif
