/* edxml_shape.h - which element of edXML is which member of a struct; inside format/ only. One table for the reader
 * and the writer, so that neither knows an element that the other does not. */
#ifndef FORMAT_EDXML_SHAPE_H
#define FORMAT_EDXML_SHAPE_H

#include "format/edxml.h"

#define EDXML_NAMESPACE "http://www.mic.gov.vn/TBT/QCVN_102_2016"

enum edxml_kind {
    EDXML_TEXT,   /* struct str */
    EDXML_NUMBER, /* int64_t, positive */
    EDXML_CHOICE, /* int64_t of which 0 is a value: written whenever what it stands in is */
    EDXML_CODE,   /* int64_t, written with two digits */
    EDXML_DATE,   /* struct date */
    EDXML_TIME,   /* struct local */
    EDXML_GROUP,  /* an element around members of the same struct, or of one inside of it */
    EDXML_LIST,   /* pointer and count: the element is repeated */
    EDXML_TEXTS   /* pointer and count of struct str: the element is repeated */
};

struct edxml_shape;

struct edxml_field {
    const char *name;
    enum edxml_kind kind;
    size_t at;    /* offset of the member */
    size_t count; /* offset of the count, of lists */
    const struct edxml_shape *shape;
    bool is_mandatory;
    const char *other_name; /* that some programs write; NULL */
};

struct edxml_shape {
    const struct edxml_field *field;
    size_t field_count;
    size_t size; /* of an element of a list */
};

extern const struct edxml_shape EDXML_MESSAGE_HEADER; /* of struct edxml_document */
extern const struct edxml_shape EDXML_TRACES;
extern const struct edxml_shape EDXML_ERRORS;
extern const struct edxml_shape EDXML_STATUS_HEADER; /* of struct edxml_status */
extern const struct edxml_shape EDXML_STATUS_ERRORS;

struct edxml_list {
    void *p;
    size_t n;
};
struct edxml_list edxml_list_of(const void *base, const struct edxml_field *f);
void edxml_list_set(void *base, const struct edxml_field *f, struct edxml_list list);

/* Does nothing in it say anything? */
bool edxml_is_empty(const struct edxml_shape *shape, const void *base);
bool edxml_field_is_empty(const struct edxml_field *f, const void *base);

#endif
