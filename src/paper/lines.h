/* lines.h - where a name of an agency breaks; inside paper/ only. One answer for every kind of file. */
#ifndef PAPER_LINES_H
#define PAPER_LINES_H

#include "base/arena.h"
#include "base/str.h"

/* "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI" has no room in half a head: as few lines as there can be, as even as there can be,
 * so that no word is left alone. The same text when one line has room for it. */
struct str lines_even(struct arena *a, struct str text);

#endif
