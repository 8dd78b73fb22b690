/* words.h - every text for people, in Vietnamese and English; from locale/ by tools/wordc. */
#ifndef WORDS_WORDS_H
#define WORDS_WORDS_H

#include "base/str.h"
#include "words_gen.h" /* enum word, written by tools/wordc */

enum lang { LANG_VI, LANG_EN, LANG__COUNT };

struct str word(enum lang lang, enum word w);

/* Fills {1} … {4} with `value`. A hole beyond `n` is left empty. */
struct str word_format(struct arena *a, enum lang lang, enum word w, const struct str *value,
                       size_t n);

/* Walks over a word with holes: gives the text before the next hole and the hole's index from 0,
 * and moves *rest past it. False: no further hole, and *ret_before is what is left. */
bool word_hole(struct str *rest, struct str *ret_before, size_t *ret_hole);

/* By its key ("queue.title"), for words named in data. False: no such key. */
bool word_find(struct str key, enum word *ret);
struct str word_key(enum word w);

/* Numbers as Vietnamese write them: 15.210; 64,49 %. English: 15,210; 64.49 %. A number and its
 * unit are joined by U+00A0, the no-break space. */
struct str word_int(struct arena *a, enum lang lang, int64_t n);
/* part/whole in per cent with two decimals, half up; "–" when whole is 0. */
struct str word_percent(struct arena *a, enum lang lang, int64_t part, int64_t whole);
/* A number of hundredths: 17,25 */
struct str word_hundredths(struct arena *a, enum lang lang, int64_t hundredths);
/* 100.000 đồng */
struct str word_money(struct arena *a, enum lang lang, int64_t dong);

#endif
