/* update.h - an update appended to a PDF file: the bytes that were there stay as they are (ISO 32000-1, 7.5.6).
 *
 * Inside the room. Objects are written one after the other; the end brings a table of the kind that the
 * file has already. */
#ifndef SIGN_UPDATE_H
#define SIGN_UPDATE_H

#include "sign/pdf.h"

enum { UPDATE_OBJECTS_MAX = 2000 };

struct update_object {
    int32_t number;
    int generation;
    size_t at;
};

struct update {
    struct pdf *pdf;
    struct pdf_view view; /* of the file before */
    struct buf out;       /* the whole file, old bytes first */
    struct update_object object[UPDATE_OBJECTS_MAX];
    size_t count;
    int32_t next;
};

void update_begin(struct update *u, struct arena *a, struct pdf *pdf);
int32_t update_number(struct update *u); /* of a new object */
/* "12 0 obj"; the value is put into u->out. An object that a reference names keeps its generation. */
void update_object(struct update *u, int32_t number, int generation);
void update_object_end(struct update *u);
/* Table, trailer, startxref. `seed` makes the new half of the file's identifier. */
void update_end(struct update *u, struct str seed);

/* A dictionary with some members replaced or added; each `text` is a value as it is written. */
struct update_member {
    const char *key;
    struct str text;
};
void update_put_dict(struct buf *b, const struct pdf_value *dict, const struct update_member *member, size_t count);
void update_put_name(struct buf *b, struct str name);
/* A text string: ASCII as it is, else UTF-16. */
void update_put_text(struct buf *b, struct str text);
struct str update_reference(struct arena *a, int32_t number, int generation);

#endif
