/* book.h - books: the registers of the reform (sổ theo dõi), whose fields are data (rules/schema.h).
 *
 * A book is defined once, by a file of data/books or on the web; nothing in C knows one. Who has
 * RIGHT_BOOK_READ at a unit sees the entries of that unit, who has RIGHT_BOOK_EDIT writes them. An entry
 * is never deleted: it is changed or struck, with a reason, and every version stays with the time from
 * which it was known (decision 5), so that a figure as of that time still counts it. Reference 12. */
#ifndef ACTS_BOOK_H
#define ACTS_BOOK_H

#include "acts/ctx.h"
#include "format/fault.h"
#include "format/json.h"
#include "rules/schema.h"
#include "sql_book.h"

enum { BOOK_CONTENT_MAX = 200 * 1024, BOOK_LIST_ROWS = 50, BOOK_EXPORT_MAX = 100 * 1000, BOOK_IMPORT_MAX = 20 * 1000, BOOK_REASON_MAX = 1000 };

struct book {
    int64_t id, edition;
    struct schema schema;
};

/* ---- the definition (acts/book_schema.c) ---- */

/* The fields as a file of data/books writes them: docs/books.md. ERR_INVALID: *ret_fault says where in it and why. */
enum err book_schema_read(struct arena *a, struct json content, struct schema *ret, struct fault *ret_fault) MUST_CHECK;

/* RIGHT_BOOK_DEFINE. A new book, or a new edition of the one of that code; the same content again changes nothing.
 * A field that is there keeps its type. ERR_INVALID: a problem of "content". */
struct act_book_define {
    struct json content;
    struct fault fault; /* out */
    int64_t id;         /* out */
};
enum err act_book_define(struct act_book_define *act, struct ctx *ctx) MUST_CHECK;

/* ERR_NOT_FOUND: there is none. The schema is of its newest edition, or of the one asked for. */
enum err book_by_code(struct ctx *ctx, struct db *db, struct str code, struct book *ret) MUST_CHECK;
enum err book_by_id(struct ctx *ctx, struct db *db, int64_t id, struct book *ret) MUST_CHECK;
enum err book_edition(struct ctx *ctx, struct db *db, int64_t id, int64_t edition, struct schema *ret) MUST_CHECK;

/* The books in order, with how many living entries the actor reads in each. */
struct book_line {
    struct book book;
    int64_t count;
};
enum err act_books(struct ctx *ctx, struct book_line **ret, size_t *ret_count) MUST_CHECK;

/* ---- entries ---- */

/* Values from and to what is stored. */
struct schema_value *book_values(struct arena *a, const struct schema *s, struct str data);

/* RIGHT_BOOK_EDIT at the unit that the entry names, and at the one that it named before. Problems carry the name of
 * the field, "f-number", in a group "f-team-name-1" (rows from 0). ERR_STALE: somebody changed it since `version`. */
struct act_book_enter {
    struct str book;                 /* code */
    int64_t id, version;             /* 0: a new entry */
    const struct schema_value *value;/* as typed, in the order of the newest edition's fields */
    bool by_code;                    /* units by code or name, people by login, entries by title: lists from files */
    struct str reason;               /* why it is changed; a new entry needs none */
    bool dry;                        /* says what is wrong, writes nothing */
    struct instant happened_at;
    const struct schema_problem *doubt; /* out: warnings */
    size_t doubt_count;
};
enum err act_book_enter(struct act_book_enter *act, struct ctx *ctx) MUST_CHECK;

/* It should never have been there. ERR_INVALID: no "reason". */
struct act_book_strike {
    int64_t id, version;
    struct str reason;
};
enum err act_book_strike(struct act_book_strike *act, struct ctx *ctx) MUST_CHECK;

/* One entry, whole, with its history. ERR_NOT_FOUND: none, or not for the actor's eyes. */
struct act_book_entry {
    int64_t id;
    struct book book;                /* out, as all below */
    struct q_book_entry_by_id entry;
    const struct schema_value *value;
    struct q_book_versions *version;
    size_t version_count;
    bool may_edit;
};
enum err act_book_entry(struct act_book_entry *act, struct ctx *ctx) MUST_CHECK;

/* Newest first. Filters: unit with all below, words, days, and one field that has a value. */
struct act_book_list {
    struct str book;
    int64_t unit;                    /* 0: all in reach */
    struct str words;
    struct date from, to;            /* DATE_MIN, DATE_NEVER: all */
    struct str before_day;           /* where the page before ended; empty: the first page */
    int64_t before_id;
    struct book of;                  /* out, as all below */
    struct q_book_entry_list *row;
    const struct schema_value **value;
    size_t row_count;
    bool has_next;
    bool may_edit;
};
enum err act_book_list(struct act_book_list *act, struct ctx *ctx) MUST_CHECK;
/* The same, all of it; RIGHT_EXPORT too. ERR_LIMIT: more than BOOK_EXPORT_MAX. */
enum err act_book_export(struct act_book_list *act, struct ctx *ctx) MUST_CHECK;

/* How ids read: names of units and people, titles of entries; for schema_text's other types as there. */
struct str book_say(struct ctx *ctx, const struct schema_field *f, struct str value);

/* ---- lists from files ---- */

/* CSV, or the first sheet of an XLSX workbook, whose columns are labels of fields in either language, or their codes. Each line is entered by itself; those
 * that are refused are told with the line, and the rest is entered. `dry`: only looks. */
struct book_refusal {
    size_t line;
    struct str why;
};
struct act_book_import {
    struct str book, bytes;
    bool dry;
    size_t entered;                  /* out, as all below */
    struct book_refusal *refused;
    size_t refused_count;
};
enum err act_book_import(struct act_book_import *act, struct ctx *ctx) MUST_CHECK;

/* ---- whether it is complete ---- */

/* RIGHT_BOOK_EDIT at the unit: everything of these days stands in the book. */
struct act_book_declare {
    struct str book, note;
    int64_t unit;
    struct date from, to;
    int64_t id; /* out */
};
enum err act_book_declare(struct act_book_declare *act, struct ctx *ctx) MUST_CHECK;
enum err act_book_take_back(struct ctx *ctx, int64_t declaration) MUST_CHECK;

#endif
