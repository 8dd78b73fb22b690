/* docx_styles.h - word/styles.xml; inside paper/ only. */
#ifndef PAPER_DOCX_STYLES_H
#define PAPER_DOCX_STYLES_H

#include "paper/document.h"

struct str docx_styles(struct arena *a, const struct paper_profile *look);

#endif
