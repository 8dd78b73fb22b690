/* report_check.h - what contradicts what in a structured report (docs/report-format.md), ours or anybody's.
 *
 * The file says its figures once, with parts, population and roles, and refers to them wherever they are
 * printed: a change in one place is a contradiction. The laws are those that the model report breaks
 * (reference 8.3). Pure but for memory; knows no store. */
#ifndef ACTS_REPORT_CHECK_H
#define ACTS_REPORT_CHECK_H

#include "format/fault.h"
#include "format/json.h"
#include "words/words.h"

enum report_rule {
    RULE_PERIOD_TITLE,    /* the title names the period */
    RULE_PERIOD_NEXT,     /* what is announced is the period after */
    RULE_PERIOD_DAYS,     /* the days counted are those of the period, or it is said why not */
    RULE_PERIOD_COLUMN,   /* a column names this period or the one before */
    RULE_SECTION_NUMBER,
    RULE_SECTION_EMPTY,
    RULE_TABLE_NUMBER,
    RULE_ROW_NUMBER,
    RULE_CONTENTS,        /* headings and captions are those of the list of contents */
    RULE_DOCUMENT_TWICE,  /* one number, two documents */
    RULE_DOCUMENT_NORMATIVE, /* a normative document names its legal ground */
    RULE_DOCUMENT_PRINTED,/* number and date are printed as the register has them */
    RULE_DOCUMENT_PARENT, /* what carries out a plan is not older than it */
    RULE_DOCUMENT_SERIES, /* in one series numbers rise with the days */
    RULE_PRINTED,         /* a figure is printed as it is */
    RULE_NOT_PRINTED,     /* a figure stands nowhere */
    RULE_UNKNOWN,         /* what is printed is no figure and no document */
    RULE_SUM,             /* the whole is the sum of its parts */
    RULE_TABLE_TOTAL,     /* a total row is the sum of the rows above */
    RULE_ROLE,            /* quota, actual, issued, used are not mixed */
    RULE_RATIO,           /* part and whole give what is printed */
    RULE_RATIO_COUNTS,    /* a ratio has its counts */
    RULE_RATIO_NONE,      /* nothing of nothing does not apply */
    RULE_DECIMALS,        /* two decimals; whole numbers only by largest remainder */
    RULE_POPULATION,      /* of what a ratio is a share */
    RULE_THOUSANDS,       /* one way to write large numbers */
    RULE_CHANGE,          /* a large change is explained */
    RULE_NOT_ALL,         /* why not all of them */
    RULE_UNUSED,          /* issued, and not used */
    RULE_COLUMNS_MISSING, /* what the form of the law has as well */
    RULE_EMPTY_CELL,
    RULE_EMPTY_COLUMN,
    RULE_TEXT_IN_NUMBER,
    RULE_BROKEN_DOWN,     /* what must be parted is parted */
    RULE_LIST,            /* a figure is as long as its list */
    RULE_NO_VALUE,        /* a figure without a value */
    RULE_UNIT,            /* what is counted */
    RULE_TARGET,          /* a target has a population, and a baseline where it speaks of growth */
    RULE_ANNEX,           /* what is announced is attached */
    RULE_TWICE,           /* one paragraph, twice */
    RULE_SPELLING,
    RULE_CONTINUITY,      /* carried over = open at the end of the period before */
    RULE_UNITS,           /* the units add up to the whole */
    REPORT_RULE__COUNT
};
struct str report_rule_code(enum report_rule r); /* "sum" */
enum word report_rule_word(enum report_rule r);

struct report_finding {
    enum report_rule rule;
    struct str where, expected, found;
};

enum { REPORT_FINDINGS_MAX = 2000 };
struct report_check {
    struct report_finding *finding;
    size_t count;
    size_t checked; /* comparisons made */
};

/* YAML or JSON, by its first character. ERR_INVALID, ERR_LIMIT: *ret_fault says line and reason. `spelling`: the list of
 * data/spelling.yaml, as text. */
enum err report_check(struct arena *a, enum lang lang, struct str text, struct str spelling, struct report_check *ret, struct fault *ret_fault) MUST_CHECK;

#endif
