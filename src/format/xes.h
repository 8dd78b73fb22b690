/* xes.h - event logs in XES (IEEE 1849-2016 and its forerunner 1.0), read trace by trace.
 *
 * Over libxml2's SAX2 and zlib: a plain or a gzip file, memory for one trace at a time. There is no
 * network and no DOCTYPE, hence no entity; every size is bounded.
 *
 * Two kinds of fault. Of meaning: not XML, an element where it says nothing, a value that is not of
 * its type, a limit: always refused. Of form, where the meaning is plain though the standard
 * forbids it (wrong order, a key twice, an undeclared extension or nesting, a type other than the
 * global's, unknown XML attributes): refused when strict, else noted. A date without a zone is read
 * as UTC and noted in both cases. Each reason is noted once, at its first line. */
#ifndef FORMAT_XES_H
#define FORMAT_XES_H

#include "calendar/date.h"
#include "format/fault.h"

enum {
    XES_TEXT_MAX = 64 * 1024,          /* bytes of one key or value */
    XES_ATTRIBUTES_MAX = 1000,         /* in one element */
    XES_EVENTS_MAX = 100 * 1000,       /* in one trace */
    XES_DEPTH_MAX = 16,                /* attributes within attributes */
    XES_TRACE_BYTES = 64 * 1024 * 1024 /* what one trace may take in memory */
};
#define XES_SIZE_MAX (UINT64_C(4) * 1024 * 1024 * 1024) /* of the XML, unpacked */

enum xes_kind {
    XES_STRING,
    XES_DATE,
    XES_INT,
    XES_FLOAT,
    XES_BOOLEAN,
    XES_ID,
    XES_LIST,
    XES_CONTAINER,
    XES_KIND__COUNT
};

/* The note on a date without a zone. */
#define XES_NOTE_LOCAL "a date without a zone, read as UTC"

struct xes_attribute {
    enum xes_kind kind;
    struct str key;
    struct str text; /* the value as written, for every kind but list and container */
    union {
        struct instant instant; /* XES_DATE */
        int64_t integer;        /* XES_INT */
        double real;            /* XES_FLOAT, also infinite or not a number */
        bool boolean;           /* XES_BOOLEAN */
    };
    bool is_local;                      /* XES_DATE: written without a zone, read as UTC */
    const struct xes_attribute *child;  /* attributes of this attribute, or in the container */
    const struct xes_attribute *values; /* XES_LIST */
    const struct xes_attribute *next;   /* in file order */
};

/* The first attribute with that key; NULL if there is none. */
const struct xes_attribute *xes_find(const struct xes_attribute *first, struct str key);

struct xes_extension {
    struct str name, prefix, uri;
    const struct xes_extension *next;
};

struct xes_classifier {
    struct str name, keys;
    bool is_of_traces;
    const struct xes_classifier *next;
};

/* What stands before the first trace. */
struct xes_log {
    struct str version, features;
    const struct xes_extension *extensions;
    const struct xes_attribute *trace_globals, *event_globals;
    const struct xes_classifier *classifiers;
    const struct xes_attribute *attributes;
};

struct xes_event {
    size_t line;
    const struct xes_attribute *attributes;
    const struct xes_event *next;
};

struct xes_trace {
    size_t line;
    const struct xes_attribute *attributes;
    const struct xes_event *events;
    size_t event_count;
};

/* What happens with what is read; everything given is valid until the callback returns. An error
 * from a callback ends the reading with that error. All but `trace` may be NULL. */
struct xes_reader {
    void *arg;
    bool is_lenient;
    enum err (*log)(void *arg, const struct xes_log *log); /* once, before any trace */
    enum err (*trace)(void *arg, const struct xes_trace *trace);
    enum err (*loose_event)(void *arg, const struct xes_event *event); /* outside of any trace */
    void (*note)(void *arg, size_t line, struct str why);
};

/* ERR_INVALID: a fault of meaning, or of form when strict; ERR_LIMIT; ERR_IO: the file cannot be
 * read or unpacked. *ret_fault (may be NULL) names line and reason; `a` takes that only. Traces
 * before the fault were given already: whoever must have all or nothing keeps them until OK. */
enum err xes_read_file(struct arena *a, FILE *file, const struct xes_reader *to,
                       struct fault *ret_fault) MUST_CHECK; /* from where `file` stands */
enum err xes_read_text(struct arena *a, struct str text, const struct xes_reader *to,
                       struct fault *ret_fault) MUST_CHECK;

#endif
