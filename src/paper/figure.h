/* figure.h - drawings of a document: bars of what was counted. Drawn with lines and fills only, so that PDF/A takes it
 * and a copier keeps it; inside paper/ only. */
#ifndef PAPER_FIGURE_H
#define PAPER_FIGURE_H

#include "paper/sheet.h"

/* How high the drawing is at that width, in points, without caption and source. */
double figure_height(struct sheet *s, const struct paper_figure *f, double width);
/* With caption above and source below, on one page. */
void figure_put(struct sheet *s, const struct paper_figure *f);
/* The drawing alone as PNG, two and a half times as fine as points, for a word processor, and how high it is in points.
 * ERR_IO: it cannot be drawn. */
enum err figure_png(struct arena *a, const struct paper_document *d, const struct paper_figure *f, double width, struct str *ret, double *ret_height) MUST_CHECK;

#endif
