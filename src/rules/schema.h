/* schema.h - what a record consists of: fields as data, and what may stand in them.
 *
 * One engine for every register (sổ theo dõi) that a city keeps: plans, inspections, staff, courses, …
 * The schema comes from a file of data/books or from the web; nothing in C knows a register. A value is
 * text in one canonical spelling, so that it can be journalled, compared and exported without a second
 * form:
 *
 *     date 2018-02-12 · number, money 15210 · yes 1 · share: hundredths of a per cent, computed ·
 *     choice: its code · unit, person, document, record: the id · file: its SHA-256 ·
 *     id number, phone, tax number: digits as people write them down, leading zeros kept
 *
 * The empty text is blank, which is not 0. Pure: units, people and files are looked up by acts/. */
#ifndef RULES_SCHEMA_H
#define RULES_SCHEMA_H

#include "calendar/date.h"
#include "words/words.h"

enum schema_type {
    SCHEMA_LINE,
    SCHEMA_TEXT,     /* of several lines */
    SCHEMA_CHOICE,
    SCHEMA_YES,
    SCHEMA_DATE,
    SCHEMA_NUMBER,
    SCHEMA_MONEY,    /* đồng */
    SCHEMA_ID_NO,    /* CMND 9 digits, CCCD 12 (reference 14.2) */
    SCHEMA_PHONE,    /* reference 14.3 */
    SCHEMA_TAX_NO,   /* 10 digits, or 10-3 */
    SCHEMA_EMAIL,
    SCHEMA_UNIT,     /* valid on the record's day */
    SCHEMA_PERSON,
    SCHEMA_DOCUMENT, /* of the registers of documents */
    SCHEMA_RECORD,   /* of the book `of` */
    SCHEMA_FILE,
    SCHEMA_COMPUTED, /* from other fields */
    SCHEMA_SHARE,    /* `of[0]` in `of[1]`: a percentage whose population is a field of its own */
    SCHEMA_GROUP,    /* several rows of `field` */
    SCHEMA_TYPE__COUNT
};
/* "date"; as files of data/ spell it. */
struct str schema_type_code(enum schema_type t);
bool schema_type_find(struct str code, enum schema_type *ret);

enum {
    SCHEMA_FIELDS_MAX = 60,
    SCHEMA_CHOICES_MAX = 100,
    SCHEMA_ROWS_MAX = 100,      /* of a group */
    SCHEMA_LINE_MAX = 1000,     /* bytes */
    SCHEMA_TEXT_MAX = 20000,
    SCHEMA_OPERANDS_MAX = 20
};

struct schema_choice {
    struct str code, label[LANG__COUNT];
};

enum schema_op { SCHEMA_SUM, SCHEMA_DIFFERENCE, SCHEMA_PRODUCT, SCHEMA_OP__COUNT };
struct str schema_op_code(enum schema_op op); /* "sum" */
bool schema_op_find(struct str code, enum schema_op *ret);

struct schema_field {
    struct str code;             /* letters, digits, underscore; never reused for something else */
    struct str label[LANG__COUNT];
    struct str hint[LANG__COUNT];
    enum schema_type type;
    bool required;
    bool in_list;                /* a column of the list */
    const struct schema_choice *choice;
    size_t choice_count;
    bool has_min, has_max;
    int64_t min, max;            /* of numbers and money */
    int not_before;              /* a date field that must not be after this one; -1: none */
    bool not_ahead;              /* not after today */
    int when;                    /* asked only if that field has one of `is`; -1: always */
    const struct str *is;
    size_t is_count;
    enum schema_op op;           /* SCHEMA_COMPUTED */
    int of[SCHEMA_OPERANDS_MAX]; /* SCHEMA_COMPUTED, SCHEMA_SHARE: fields before this one */
    size_t of_count;
    struct str book;             /* SCHEMA_RECORD */
    const struct schema_field *field; /* SCHEMA_GROUP: no groups, nothing computed in it */
    size_t field_count;
};

struct schema {
    struct str code, name[LANG__COUNT], about[LANG__COUNT], basis;
    struct str part;             /* what it is about: the pillar of the reform, or whatever the file says */
    const struct schema_field *field;
    size_t count;
    int unit, day, until;        /* which fields say whose record it is, when it happened or began, and its
                                    last day; until -1: it is of one day; unit -1: of whose book it is */
    struct str title;            /* "{number} ngày {date}" */
    const int *key;              /* fields that no two records share; key_count 0: none */
    size_t key_count;
};

/* One field of a record. Rows of a group have `field_count` values each. */
struct schema_value {
    struct str text;
    const struct schema_value *row;
    size_t row_count;
};

/* -1: there is none. */
int schema_find(const struct schema_field *field, size_t count, struct str code);

/* Is the field asked of a record with these values? */
bool schema_asks(const struct schema *s, const struct schema_value *value, size_t field);

/* Takes what a person typed (dates as people write them, numbers with dots, phones with blanks and
 * +84) or what is canonical already, gives canonical values with the computed ones filled in, and reports
 * every problem, not the first. Fields that are not asked become blank. A warning does not refuse: an
 * identity number that does not fit is written down as it is (reference 14.2). */
struct schema_problem {
    const struct schema_field *field;
    const struct schema_field *group; /* NULL: not in one */
    size_t row;                       /* in the group, from 0 */
    enum word word;
    struct str arg;
    bool is_warning;
};
typedef void schema_problem_fn(void *arg, const struct schema_problem *p);
/* `typed` and `ret` have s->count values. False: there were problems. */
bool schema_take(const struct schema *s, struct arena *a, struct date today, const struct schema_value *typed, struct schema_value *ret,
                 schema_problem_fn *problem, void *arg) MUST_CHECK;

/* As people read it: 12/02/2018, 15.210, 64,49 %, the label of a choice, Có. Ids stay ids; blank is "". */
struct str schema_text(struct arena *a, enum lang lang, const struct schema_field *f, struct str value);

/* A number in a value; false: blank. */
bool schema_number(struct str value, int64_t *ret);

/* Fills "{code}" in a template with readable values; `say` may be NULL, else it words ids. Unknown holes
 * stay as they are. */
typedef struct str schema_say_fn(void *arg, const struct schema_field *f, struct str value);
struct str schema_fill(const struct schema *s, struct arena *a, enum lang lang, struct str text, const struct schema_value *value, schema_say_fn *say,
                       void *arg);

#endif
