/* err.h - the closed list of reasons why a call could not be completed.
 *
 * A refusal by the law is not an error: it is a verdict (see rules/). Every function that can fail
 * returns `enum err`, leaves its ret_ arguments untouched on failure, and cannot be ignored. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
    OK = 0,
    ERR_INVALID,     /* the input is not of the right form */
    ERR_NOT_FOUND,   /* nothing by that name (that this actor may know of) */
    ERR_FORBIDDEN,   /* the actor has no right to do this here */
    ERR_CONFLICT,    /* a uniqueness or reference rule of the store says no */
    ERR_STALE,       /* somebody changed it meanwhile */
    ERR_LIMIT,       /* larger than a named limit */
    ERR_BUSY,        /* try again: serialisation failure, lock */
    ERR_UNAVAILABLE, /* a service that we need does not answer */
    ERR_STORE,       /* the store failed */
    ERR_IO,          /* a file or socket failed */
    ERR_BUG,         /* cannot happen */
    ERR__COUNT
};

#define MUST_CHECK         __attribute__((warn_unused_result))
#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define NORETURN           __attribute__((noreturn))

/* The name of an error, e.g. "ERR_STALE", for logs. Never NULL. */
const char *err_name(enum err err);

/* Says what cannot happen, and aborts; the supervisor restarts us. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
void bug_at(const char *file, int line, const char *fmt, ...) PRINTF(3, 4) NORETURN;

#endif
