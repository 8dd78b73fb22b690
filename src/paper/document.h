/* document.h - an official document as blocks, before it is paper: what a report, a letter or a form says, not
 * how it is drawn. Plain data in one arena; pdf.h draws it.
 *
 * The look is a profile with dates: TT 01/2011/TT-BNV until 04/3/2020, Annex I of NĐ 30/2020/NĐ-CP from
 * 05/3/2020. Sizes are in points, margins in millimetres, as those texts give them. */
#ifndef PAPER_DOCUMENT_H
#define PAPER_DOCUMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "calendar/date.h"

enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT, PAPER_JUSTIFIED };

struct paper_span {
    struct str text;
    bool bold, italic;
};

struct paper_cell {
    struct str text;
    bool bold;
    enum paper_align align;
    unsigned columns, rows; /* that it spans; 0 counts as 1 */
};
struct paper_row {
    const struct paper_cell *cell; /* without those that a row above spans */
    size_t cell_count;
};
/* Head rows are repeated on every page; they must not span into the body. */
struct paper_table {
    struct str caption;
    const struct paper_row *row;
    size_t row_count, head_count;
    unsigned columns;
};

/* Bars: a group for each label, in it one bar for each series. */
enum { PAPER_SERIES_MAX = 3, PAPER_LABELS_MAX = 20 }; /* 20 of three series: what an upright page has room for */
struct paper_series {
    struct str name;
    const double *value;           /* one for each label; none below 0 */
    const struct str *said;        /* the same as people read it */
};
struct paper_figure {
    struct str caption, source;    /* the caption is also what a screen reader says; source may be empty */
    const struct str *label;
    size_t label_count;
    const struct paper_series *series;
    size_t series_count;
};

enum paper_block_kind {
    PAPER_HEAD,      /* agencies left; Quốc hiệu, Tiêu ngữ right; number, place and date below */
    PAPER_TITLE,     /* name of the type; what about, one line a span, bold: then a rule stands below */
    PAPER_HEADING,
    PAPER_PARAGRAPH,
    PAPER_NOTE,      /* a paragraph in small letters, at the end of a form */
    PAPER_ITEM,      /* of a list: its mark, then the text */
    PAPER_TABLE,
    PAPER_FIGURE,
    PAPER_CODE,      /* a QR code right of what it belongs to: spans left, code and what is under it right */
    PAPER_SIGNATURE, /* recipients left; authority, position, name right */
    PAPER_TURN,      /* what follows stands on sheets of `size`; the pages are counted on */
    PAPER_NEXT,      /* what follows is a document of its own: it begins on a new page, the first of its own */
    PAPER_BLOCK_KIND__COUNT
};

enum { PAPER_LEVEL_MAX = 3 };

enum paper_size { PAPER_A4, PAPER_A4_WIDE, PAPER_A5, PAPER_SIZE__COUNT };

struct paper_block {
    enum paper_block_kind kind;
    const struct paper_span *span; /* of titles, headings, paragraphs; of the signature: a hint to
                                    * who signs, then who signs on the left */
    size_t span_count;
    enum paper_align align;        /* of paragraphs */
    const struct paper_table *table;
    const struct paper_figure *figure;
    enum paper_size size;          /* of PAPER_TURN */
    unsigned level;                /* of items and headings: 0 the outermost; at most PAPER_LEVEL_MAX */
    /* of the head: who is above (may be empty), who writes, number, "Biên Hòa, ngày …"; of the signature:
     * recipients (lines), authority ("TM. ỦY BAN NHÂN DÂN"), position, name; of the code: its modules as squares,
     * "M<x> <y>h<n>v1h-<n>z…", how many there are on a side, what stands under it; of an item: its mark ("-", "a)") */
    struct str one, two, three, four;
};

struct paper_document {
    struct str title, author;      /* of the file; the title is shown by readers */
    struct date on;                /* which profile holds */
    struct str made_at;            /* ISO 8601 with zone, for the file; never the clock */
    enum paper_size size;
    const struct paper_block *block;
    size_t block_count;
};

/* What the law says of the sheet on a day. */
struct paper_profile {
    struct date from;
    struct str basis;
    int top, bottom, left, right;  /* mm */
    int nation, motto, agency, body, title, note; /* points */
    bool number_on_top;            /* of pages: centred above the text, from the second; else below, right */
};
const struct paper_profile *paper_profile_on(struct date on);

#endif
