/* text.h - Unicode as Vietnamese needs it: checking, NFC, folding for search, case, order.
 *
 * Over ICU. Pure apart from ICU's own constant data; thread-safe. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/str.h"

/* Is `s` well-formed UTF-8 (no surrogates, nothing above U+10FFFF, shortest forms)? */
bool text_is_utf8(struct str s);

/* Has `s` a control character other than tab and line feed (C0, DEL, C1, bidi overrides)? */
bool text_has_control(struct str s);

/* NFC form; `s` itself where it already is. `s` must be valid UTF-8. */
struct str text_nfc(struct arena *a, struct str s);

/* The search key: NFD without marks, d for đ, lower case, every run of anything but letters and
 * digits one space, none at the ends. "Đặng  Thị Hòa" and "dang thi hoà" -> "dang thi hoa".
 * For finding only, never for identity (Hòa is not Hoa). */
struct str text_fold(struct arena *a, struct str s);

/* Upper and lower case by Unicode: "Nguyễn" -> "NGUYỄN". */
struct str text_upper(struct arena *a, struct str s);
struct str text_lower(struct arena *a, struct str s);

/* Bytes whose bytewise order is the Vietnamese order (ICU `vi`) of the texts, as lower-case hex. */
struct str text_sort_key(struct arena *a, struct str s);
/* The same for a person's name: given name (last word) first, then the rest. */
struct str text_name_key(struct arena *a, struct str name);

/* The number of code points. */
size_t text_length(struct str s);

/* Mask for public pages: every word keeps its first letter, the last word whole is masked too:
 * "Nguyễn Văn Thành" -> "N*** V** T****". */
struct str text_mask_name(struct arena *a, struct str name);
/* All but the last `keep` characters become •. */
struct str text_mask_tail(struct arena *a, struct str s, size_t keep);

#endif
