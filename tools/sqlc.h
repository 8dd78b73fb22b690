/* sqlc.h - what sqlc knows of a file of statements. */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include "base/str.h"

enum value_kind { VALUE_INT, VALUE_TEXT, VALUE_BLOB };
enum shape { SHAPE_ONE, SHAPE_MANY, SHAPE_EXEC };
enum { VALUES_MAX = 64 };

struct value {
    struct str name;
    enum value_kind kind;
    bool may_be_null;
};

struct statement {
    struct str name;
    int line, index;
    enum shape shape;
    struct value parameter[VALUES_MAX], column[VALUES_MAX];
    int parameter_count, column_count;
    struct str sqlite, postgres; /* the same text unless the file has two */
    struct statement *next;
};

struct fragment {
    struct str name, text;
    struct fragment *next;
};

struct subject {
    const char *file;
    struct str name; /* "dossier" */
    struct statement *first, *last;
    struct fragment *fragment;
};

/* Reads a file; *index counts statements over all files. Dies with file and line on any defect. */
void sqlc_parse(struct arena *a, const char *file, struct subject *ret, int *index);
/* Writes sql_<subject>.h and .c into `outdir`. */
void sqlc_emit(struct arena *a, const char *outdir, const struct subject *subject);

#endif
