/* pdf.h - the structure of a PDF file as it lies in its bytes: strict, bounded, revision by revision.
 *
 * Why not a library: judging a signature needs what libraries hide: at which byte a value stands, which
 * revision defined an object, and that nothing was repaired or guessed on the way. Whatever a viewer
 * might read in two ways is an error here. Only what signatures need is understood: objects, tables and
 * streams of references, object streams; Flate with predictors; no decryption.
 *
 * Values and everything else live in the arena given to pdf_open(), which must allow PDF_ARENA bytes. */
#ifndef SIGN_PDF_H
#define SIGN_PDF_H

#include "base/str.h"

enum {
    PDF_SIZE_MAX = 64 << 20,      /* of a file */
    PDF_REVISIONS_MAX = 128,      /* tables of references in one chain */
    PDF_ENTRIES_MAX = 1 << 19,    /* references in all of them */
    PDF_PROBES_MAX = 30 << 20,    /* tables that are searched for a number, again and again */
    PDF_VALUES_MAX = 500 * 1000,  /* values that are read at all */
    PDF_DEPTH_MAX = 40,           /* arrays and dictionaries within one another */
    PDF_INFLATED_MAX = 32 << 20,  /* bytes of all streams that are opened */
    PDF_OBJECT_MAX = 8388607,     /* object number (ISO 32000-1, table C.1) */
};
#define PDF_ARENA ((size_t)1 << 30)
#define PDF_NOWHERE SIZE_MAX

enum pdf_kind {
    PDF_NULL,
    PDF_BOOL,
    PDF_INT,
    PDF_REAL,
    PDF_NAME,
    PDF_STRING,
    PDF_ARRAY,
    PDF_DICT,
    PDF_STREAM, /* a dictionary with `bytes` */
    PDF_REF,
};

struct pdf_value {
    enum pdf_kind kind;
    struct str raw;  /* as it is written */
    size_t at;       /* its first byte in the file; PDF_NOWHERE inside an object stream */
    struct str text; /* of a name (without the slash), of a string: decoded */
    int64_t integer; /* of an integer; 0 or 1 of a boolean; the object number of a reference */
    int generation;  /* of a reference */
    struct pdf_member *member; /* of an array (without keys), a dictionary, a stream */
    size_t count;
    struct str bytes; /* of a stream, as stored */
};

struct pdf_member {
    struct str key;
    const struct pdf_value *value;
    struct pdf_member *next;
};

struct pdf;

/* The state of a file as of one of its revisions, 0 the newest. */
struct pdf_view {
    struct pdf *pdf;
    size_t revision;
};

/* Opens a file. ERR_INVALID: not a PDF, or its structure is not beyond doubt; *ret_why (may be NULL) says
 * which in English. ERR_LIMIT: larger than a limit above. `bytes` must live as long as the arena. */
enum err pdf_open(struct arena *a, struct str bytes, struct pdf **ret, const char **ret_why) MUST_CHECK;

struct str pdf_bytes(const struct pdf *pdf);
struct arena *pdf_arena(const struct pdf *pdf);
bool pdf_is_encrypted(const struct pdf *pdf);

/* Something that was looked at could not be read without doubt: a broken object, a limit. NULL: nothing. */
const char *pdf_doubt(const struct pdf *pdf);

/* --- revisions ---------------------------------------------------------------------------- */

/* Tables of references, newest first. A hybrid file's second table counts as one. */
size_t pdf_revision_count(const struct pdf *pdf);
/* Where the table of revision `i` stands. */
size_t pdf_revision_at(const struct pdf *pdf, size_t i);
const struct pdf_value *pdf_trailer(const struct pdf *pdf, size_t revision);
/* The revision that the first `end` bytes, taken as a file, show. ERR_NOT_FOUND: they do not end like a
 * file, or what they show is no part of the whole file's chain. */
enum err pdf_revision_of(const struct pdf *pdf, size_t end, size_t *ret) MUST_CHECK;
/* Object numbers that revision `i` itself defines or frees, ascending. */
struct pdf_numbers {
    const int32_t *number;
    size_t count;
};
struct pdf_numbers pdf_revision_numbers(struct pdf *pdf, size_t i);
/* One above the highest number in use. */
int32_t pdf_next_number(const struct pdf *pdf);
/* Is the newest table a stream? An update must then bring a stream, too. */
bool pdf_has_stream_table(const struct pdf *pdf);

/* --- values --------------------------------------------------------------------------------- */

/* Never NULL: what is missing or cannot be read is the null value (see pdf_doubt). The same object of the
 * same definition is always the same pointer. */
const struct pdf_value *pdf_object(struct pdf_view v, int64_t number, int generation);
/* Follows references to the value itself. */
const struct pdf_value *pdf_resolve(struct pdf_view v, const struct pdf_value *value);
/* The member as it is written; the null value if there is none. */
const struct pdf_value *pdf_get_raw(const struct pdf_value *dict, const char *key);
const struct pdf_value *pdf_get(struct pdf_view v, const struct pdf_value *dict, const char *key);
const struct pdf_value *pdf_at_raw(const struct pdf_value *array, size_t i);
const struct pdf_value *pdf_at(struct pdf_view v, const struct pdf_value *array, size_t i);
bool pdf_is_name(const struct pdf_value *value, const char *name);
bool pdf_is_dict(const struct pdf_value *value); /* or a stream */

/* A text string (PDFDocEncoding's ASCII part, UTF-16BE or UTF-8 with marks) as text without control
 * characters; "" for what is none. */
struct str pdf_text(struct arena *a, const struct pdf_value *string);

/* The bytes of a stream behind its filters. ERR_INVALID: another filter than Flate, or broken.
 * ERR_LIMIT: larger than allowed. */
enum err pdf_inflate(struct pdf_view v, const struct pdf_value *stream, struct str *ret) MUST_CHECK;

/* Do the two values say the same, references compared as references? */
bool pdf_equal(const struct pdf_value *a, const struct pdf_value *b);

/* Reads one value that stands alone in `text`, e.g. in a test. ERR_INVALID, ERR_LIMIT. */
enum err pdf_parse(struct arena *a, struct str text, const struct pdf_value **ret) MUST_CHECK;

#endif
