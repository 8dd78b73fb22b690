/* block.h - the visible block of a signature: a person's in blue, an organisation's in red, with who and when
 * as NĐ 30/2020/NĐ-CP (appendix I) wants it of digital signatures. Over Pango and Cairo. */
#ifndef SIGN_BLOCK_H
#define SIGN_BLOCK_H

#include "sign/verify.h"

enum sign_block_kind { SIGN_BLOCK_PERSON, SIGN_BLOCK_ORGANISATION };

enum { SIGN_BLOCK_WIDTH = 200, SIGN_BLOCK_HEIGHT = 62 }; /* points */

/* A PDF of one page, for sign_mark. Its fonts are embedded. */
struct str sign_block(struct arena *a, enum sign_block_kind kind, struct sign_person who, struct instant when);

/* Words on a clear page of its own, to be laid over a page of the same size: number and date, which the registry puts
 * into a document that a leader has signed already. Black, in the letters of the document. Points from the lower left
 * corner; `x` is the middle of the word. */
struct sign_word {
    double x, baseline, size;
    bool italic;
    struct str text;
};
struct str sign_words(struct arena *a, int width, int height, const struct sign_word *word, size_t count);

#endif
