/* xml.h - text inside XML; inside paper/ only. */
#ifndef PAPER_XML_H
#define PAPER_XML_H

#include "base/str.h"

/* Without the signs that XML means something by, and without control characters, which it does not allow. */
void xml_escape(struct buf *b, struct str s);

#endif
