/* field.h - the signatures of a PDF: where they are, what bytes they cover, what came after them. */
#ifndef SIGN_FIELD_H
#define SIGN_FIELD_H

#include "sign/pdf.h"

enum { SIGN_FIELDS_MAX = 50 }; /* signatures in one file */

/* What later revisions did. Only the document itself counts as content: its metadata (/Info, XMP) may be
 * written anew without anybody's signature losing its meaning. Everything that is not known to be
 * harmless is SIGN_CHANGE_OTHER: an object defined anew, one that the signed revision referred to and
 * that did not exist yet, a field filled in, bytes after the end. */
enum sign_change {
    SIGN_CHANGE_NONE,
    SIGN_CHANGE_VALIDATION, /* validation data (DSS), document time-stamps */
    SIGN_CHANGE_SIGNATURES, /* further signatures too */
    SIGN_CHANGE_OTHER,
    SIGN_CHANGE__COUNT
};

enum sign_format {
    SIGN_FORMAT_UNKNOWN,
    SIGN_FORMAT_PKCS7, /* adbe.pkcs7.detached */
    SIGN_FORMAT_PADES, /* ETSI.CAdES.detached */
    SIGN_FORMAT_STAMP, /* ETSI.RFC3161: a document time-stamp */
    SIGN_FORMAT__COUNT
};

struct sign_field {
    struct str name; /* of the field; UTF-8 */
    const struct pdf_value *dict;
    enum sign_format format;
    struct str reason, location, contact, claimed; /* /M as it is written */
    int certified; /* 1 to 3: what /DocMDP permits; 0: no certification */
    struct str cms; /* /Contents, decoded */
    bool is_sound;  /* the range is everything up to `end` but exactly /Contents */
    struct str before, after; /* what the range names, as far as it lies in the file */
    size_t end;
    bool covers_revision; /* what ends at `end` is a complete revision of this file */
    bool covers_file;
    enum sign_change change;
};

struct sign_fields {
    const struct sign_field *field; /* in order of `end` */
    size_t count;
};

/* ERR_LIMIT: more fields than the limit. Fields that nobody has signed yet are left out. */
enum err sign_fields_find(struct pdf *pdf, struct sign_fields *ret) MUST_CHECK;

/* What was done after the revision (see pdf_revision_of). */
enum sign_change sign_change_since(struct pdf *pdf, size_t revision);

#endif
