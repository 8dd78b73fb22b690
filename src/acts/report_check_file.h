/* report_check_file.h - a structured report in hand, and how findings are noted; inside acts/ only. */
#ifndef ACTS_REPORT_CHECK_FILE_H
#define ACTS_REPORT_CHECK_FILE_H

#include "acts/report_check.h"
#include "calendar/date.h"

/* A figure of the file. */
struct check_figure {
    struct str id, name, role;
    bool has_value, is_ratio;
    int64_t n;             /* the value; of a ratio: part in whole is what counts */
    struct json json;
    size_t printed;        /* how often it stands in text and tables */
};
struct check_document {
    struct str id, number, subject;
    struct date date;
    bool has_date;
    struct json json;
    size_t printed;
};

struct checking {
    struct arena *a;
    enum lang lang;
    struct json doc;       /* the whole file */
    struct json spelling;
    struct check_figure *figure;
    size_t figure_count;
    struct check_document *document;
    size_t document_count;
    struct report_check *out;
};

void check_find(struct checking *c, enum report_rule rule, struct str where, struct str expected, struct str found);
/* Counts the comparison, and notes it when the texts differ. */
void check_same(struct checking *c, enum report_rule rule, struct str where, struct str expected, struct str found);

/* The member as text, also where a file of JSON has a number. */
struct str check_raw(const struct checking *c, struct json o, const char *key);

struct check_figure *check_figure_of(struct checking *c, struct str id);  /* NULL: none */
struct check_document *check_document_of(struct checking *c, struct str id);

/* 15.210, 15210, -3; not 64,49 %. */
bool check_number(struct arena *a, struct str text, int64_t *ret);
/* As it must be printed: 15.210; 64,49 %; "chưa có số liệu"; "không áp dụng"; "" for a blank. */
struct str check_text(const struct checking *c, const struct check_figure *f);

void check_head(struct checking *c);
void check_documents(struct checking *c);
void check_figures(struct checking *c);
/* Sections, paragraphs, tables: marks what is printed. */
void check_body(struct checking *c);

#endif
