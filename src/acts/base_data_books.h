/* base_data_books.h - registers, figures and reports from data/; inside acts/ only. */
#ifndef ACTS_BASE_DATA_BOOKS_H
#define ACTS_BASE_DATA_BOOKS_H

#include "acts/base_data_procedures.h"

/* How many came. */
struct base_books {
    int64_t books, definitions;
};
/* `added` NULL: a store that is being made gets all of them. Else only those whose code it does not know yet. */
enum err base_books_load(struct base_loading *b, struct base_books *added) MUST_CHECK;

#endif
