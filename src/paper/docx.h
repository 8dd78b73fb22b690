/* docx.h - a document as an Office Open XML file (ECMA-376), to be gone on with in a word processor.
 *
 * The look is in named styles, so that whoever changes "Nội dung" changes it everywhere; nothing is formatted by
 * hand. The same document gives the same bytes. */
#ifndef PAPER_DOCX_H
#define PAPER_DOCX_H

#include "paper/document.h"

/* ERR_INVALID: a row or span of a table does not fit its columns. */
enum err paper_docx(struct arena *a, const struct paper_document *d, struct str *ret) MUST_CHECK;

#endif
