/* table.h - tables on a sheet; inside paper/ only. */
#ifndef PAPER_TABLE_H
#define PAPER_TABLE_H

#include "paper/sheet.h"

/* ERR_INVALID: cells do not fit the columns. */
enum err table_draw(struct sheet *s, const struct paper_table *t) MUST_CHECK;

#endif
