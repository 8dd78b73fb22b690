/* clean.h - the door: bytes that a stranger sent become text.
 *
 * Pure and thread-safe. Inside the room http. */
#ifndef HTTP_CLEAN_H
#define HTTP_CLEAN_H

#include "http/http.h"

/* `raw` as text of at most `max` bytes, in NFC, without control characters; line feeds only where
 * `lines`, and every CRLF or CR is one. What is not text shows as U+FFFD, so that the person sees
 * where. Lies in `a` or in `raw`. The first thing that was wrong, in the order of enum http_defect,
 * goes to *ret_defect; it is always set. */
struct str clean_text(struct arena *a, struct str raw, size_t max, bool lines,
                      enum http_defect *ret_defect);

/* As clean_text, for one line of at most `max` bytes that nobody is told about. */
struct str clean_line(struct arena *a, struct str raw, size_t max);

/* Undoes %XX (a "%" before anything else stays) and, where `plus`, "+" for a space. Bytes, not yet
 * text. Lies in `a` or in `raw`. */
struct str clean_unescape(struct arena *a, struct str raw, bool plus);

/* The value of a hexadecimal digit, or -1. */
int clean_hex(char c);

#endif
