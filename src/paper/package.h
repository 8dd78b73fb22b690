/* package.h - a ZIP file of a few parts, as Office files are; inside paper/ only. The parts are not compressed:
 * they are small, and the same parts give the same bytes whatever the library. */
#ifndef PAPER_PACKAGE_H
#define PAPER_PACKAGE_H

#include "base/arena.h"
#include "base/str.h"

struct package {
    struct buf out;       /* so far */
    struct buf directory; /* what will stand at the end */
    int count;
};

void package_begin(struct package *p, struct arena *a);
void package_add(struct package *p, const char *name, struct str bytes);
struct str package_end(struct package *p);

#endif
