/* place.h - where text ended up on a sheet; inside paper/ only. */
#ifndef PAPER_PLACE_H
#define PAPER_PLACE_H

#include "paper/pdf.h"
#include "paper/sheet.h"

/* A rectangle of the page in progress, given from its upper left corner. */
struct paper_place place_of(const struct sheet *s, double x, double y, double width, double height);
/* The n-th blank (from 0) of a layout that is drawn at x, y with letters of `size`; else, when it has none so far
 * back, a place without a page. */
struct paper_place place_blank(const struct sheet *s, PangoLayout *l, double x, double y, double size, int n);
/* All of the text. */
struct paper_place place_text(const struct sheet *s, PangoLayout *l, double x, double y, double size);

#endif
