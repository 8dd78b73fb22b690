/* sheet.h - the page in progress: where the next line stands, and text as Pango lays it; inside paper/ only. */
#ifndef PAPER_SHEET_H
#define PAPER_SHEET_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "paper/pdf.h"

struct sheet {
    struct arena *a;
    const struct paper_profile *look;
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    double width, height;            /* of the page, in points */
    double left, right, top, bottom; /* of the text */
    double y;
    double scale;                    /* of letters: 1, less on a smaller sheet */
    double gap;                      /* below a paragraph */
    double reserve;                  /* what must stand on the same page as the end of the block in progress */
    int page, before;                /* before: pages of documents that stand before this one */
    bool lacks_letter;
    struct paper_places places;      /* found so far */
};

static inline double mm(double n)
{
    return n * 72 / 25.4;
}

void sheet_begin(struct sheet *s, struct arena *a, const struct paper_document *d, struct buf *bytes);
/* The typefaces of a sheet that has a surface, and their end. */
void sheet_type(struct sheet *s);
void sheet_type_end(struct sheet *s);
/* A sheet of A4's letters to measure text on, and its end; nothing can be drawn. */
void sheet_measure(struct sheet *s, struct arena *a, const struct paper_profile *look);
void sheet_measure_end(struct sheet *s);
enum err sheet_end(struct sheet *s) MUST_CHECK;
void sheet_next_page(struct sheet *s);
/* A new page of another size, and all that follow. */
void sheet_turn(struct sheet *s, enum paper_size size);
/* A new page without a number: it is the first of another document. */
void sheet_next_document(struct sheet *s);
/* A new page if `height` does not fit on this one. True: it is a new page. */
bool sheet_need(struct sheet *s, double height);

struct type {
    double size;
    bool bold, italic;
    enum paper_align align;
    double first_line; /* indent */
};
/* Text of a width; spans with their own weights. Freed by g_object_unref. */
PangoLayout *sheet_text(struct sheet *s, struct str text, struct type type, double width);
PangoLayout *sheet_spans(struct sheet *s, const struct paper_span *span, size_t count, struct type type, double width);
double sheet_height(PangoLayout *l);

/* Draws it at x, from s->y on, over as many pages as it needs, as one element of the structure. No line stands alone
 * at the end of a page or at the beginning of the next. */
void sheet_flow(struct sheet *s, PangoLayout *l, const char *tag, double x, double after);
/* Draws it at a place; all of it. */
void sheet_put(struct sheet *s, PangoLayout *l, const char *tag, double x, double y);

#endif
