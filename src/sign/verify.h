/* verify.h - what is true of the signatures of a file: PDF (PAdES and its predecessor), or any file with
 * a detached CMS (CAdES) beside it.
 *
 * Pure: no network and no clock; the time of asking, the roots and anything that tells of revocation are
 * arguments. A signature is judged at the earliest moment that a trusted time-stamp proves, else at the
 * time of asking: what a signer merely claims about the time counts for nothing. A time-stamp itself is
 * judged at its own time. Every input is a stranger's: see the limits here and in pdf.h. */
#ifndef SIGN_VERIFY_H
#define SIGN_VERIFY_H

#include "calendar/date.h"
#include "sign/field.h"
#include "words/words.h"

enum {
    SIGN_CMS_MAX = 1 << 20,      /* bytes of one message */
    SIGN_CARRIED_MAX = 8 << 20,  /* bytes of all evidence that a file carries */
    SIGN_GIVEN_MAX = 256 << 20,  /* of all that the asker gives */
    SIGN_EVIDENCE_MAX = 400,     /* certificates, lists, answers of each kind */
};

/* Why a signature does not hold. */
enum sign_flaw {
    SIGN_SOUND,
    SIGN_FLAW_RANGE,       /* the byte range is not the file around /Contents */
    SIGN_FLAW_FORMAT,      /* the message cannot be read, or not beyond doubt */
    SIGN_FLAW_ALGORITHM,   /* of a kind that is not supported */
    SIGN_FLAW_DIGEST,      /* the signed bytes were changed */
    SIGN_FLAW_SIGNATURE,   /* the message was changed, or another key signed it */
    SIGN_FLAW_CERTIFICATE, /* the signer's certificate is missing, or the signature names another */
    SIGN_FLAW__COUNT
};

enum sign_trust {
    SIGN_TRUSTED,
    SIGN_NO_ROOTS,     /* nobody said whom to trust */
    SIGN_UNTRUSTED,    /* no chain to any of the roots */
    SIGN_REVOKED,
    SIGN_NOT_YET,      /* the certificate was not valid yet */
    SIGN_EXPIRED,
    SIGN_WRONG_USAGE,  /* the certificate is not meant for signing documents */
    SIGN_WEAK,         /* SHA-1, MD5, or a short key */
    SIGN_UNJUDGED,     /* there is nothing whole to judge */
    SIGN_TRUST__COUNT
};

enum sign_revocation {
    SIGN_REVOCATION_UNKNOWN,
    SIGN_REVOCATION_GOOD,
    SIGN_REVOCATION_REVOKED,
    SIGN_REVOCATION_LATER, /* after the proved time of signing, which does no harm */
    SIGN_REVOCATION__COUNT
};

enum sign_time { SIGN_TIME_NONE, SIGN_TIME_CLAIMED, SIGN_TIME_STAMPED, SIGN_TIME__COUNT };

/* Baseline level of ETSI EN 319 142-1. */
enum sign_level { SIGN_LEVEL_NONE, SIGN_LEVEL_B, SIGN_LEVEL_T, SIGN_LEVEL_LT, SIGN_LEVEL_LTA, SIGN_LEVEL__COUNT };

/* The names of the values above in JSON, e.g. "not_yet_valid". */
struct str sign_flaw_name(enum sign_flaw flaw);
struct str sign_trust_name(enum sign_trust trust);
struct str sign_revocation_name(enum sign_revocation revocation);
struct str sign_time_name(enum sign_time time);
struct str sign_level_name(enum sign_level level);
struct str sign_change_name(enum sign_change change);

/* The sentences for people. Those of revocation and time take the places {1} (a day, a time) and {2} (the
 * authority). */
enum word sign_flaw_word(enum sign_flaw flaw);
enum word sign_trust_word(enum sign_trust trust);
enum word sign_revocation_word(enum sign_revocation revocation);
enum word sign_time_word(enum sign_time time);
enum word sign_change_word(enum sign_change change);

struct sign_person {
    struct str name, organisation, unit, title, email; /* "" where the certificate does not say */
    struct str serial;                                 /* hexadecimal */
    struct str issuer;
    struct instant not_before, not_after;
};

struct sign_result {
    struct str field, reason, location, format;
    bool is_stamp; /* a time-stamp on the document, not a person's signature */
    enum sign_flaw flaw;
    bool covers_revision, covers_file;
    enum sign_change change;
    int certified;
    struct str digest; /* "SHA256" */
    struct sign_person signer;
    enum sign_trust trust;
    struct str root; /* the name of the root it was traced to; "" */
    enum sign_time time_kind;
    struct instant time;        /* what time_kind says of it */
    struct str stamp_authority; /* who proved the time; "" */
    bool stamp_is_bad;          /* there is a time-stamp, but it does not hold or is not trusted */
    enum sign_revocation revocation;
    struct instant revoked_at;
    enum sign_level level;
};

struct sign_report {
    const struct sign_result *result; /* in the order in which they were made */
    size_t count;
    const char *doubt; /* the structure is not beyond doubt: nothing counts as good; NULL */
    bool is_good;      /* at least one; all sound and trusted; nothing but signatures and validation data
                        * came after them; the last covers the whole file */
};

/* Whom to trust, and what is known of revocation. */
struct sign_trusted;
struct sign_trusted *sign_trusted_new(struct arena *a);
/* Roots in PEM or one in DER. ERR_INVALID: there is no certificate in it. ERR_LIMIT: too many. */
enum err sign_trusted_add_roots(struct sign_trusted *t, struct str pem) MUST_CHECK;
/* A list of revoked certificates (PEM or DER) or an answer of OCSP (DER). ERR_INVALID: neither. */
enum err sign_trusted_add_revocation(struct sign_trusted *t, struct str bytes) MUST_CHECK;
size_t sign_trusted_roots(const struct sign_trusted *t);

/* Judges every signature of a PDF. The report is in `a`, everything else in an arena of its own.
 * ERR_INVALID: it is no PDF or broken beyond reading (*ret_why says how, in English; may be NULL).
 * ERR_LIMIT: larger than a limit. */
enum err sign_verify_pdf(struct arena *a, struct str pdf, const struct sign_trusted *trusted, struct instant now,
                         struct sign_report *ret, const char **ret_why) MUST_CHECK;

/* The same of `content` with a detached message in DER or PEM. */
enum err sign_verify_cms(struct arena *a, struct str content, struct str cms, const struct sign_trusted *trusted, struct instant now,
                         struct sign_report *ret) MUST_CHECK;

#endif
