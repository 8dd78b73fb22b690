/* figure.h - what each figure counts.
 *
 * A figure is the length of a list: both are made by one statement over dossier facts, whose rows
 * carry the key below, and by one predicate, figure_counts. Definitions: reference 2.6, 7.1; names:
 * the command contract. Pure. */
#ifndef RULES_FIGURE_H
#define RULES_FIGURE_H

#include "base/str.h"
#include "rules/dossier.h"
#include "words/words.h"

/* Where a dossier stands at the cut-off; the statement computes it, in this spelling. Exactly one
 * holds, which is why the conservation laws can hold. */
enum figure_class { /* store/sql/figure.sql gives these numbers */
    FIGURE_EARLY,        /* resolved before the due date */
    FIGURE_ON_TIME,      /* resolved on it */
    FIGURE_RESOLVED_LATE,
    FIGURE_IN_TERM,      /* open, clock running */
    FIGURE_SUSPENDED,    /* open, clock stopped before the due date had passed */
    FIGURE_OPEN_LATE,
    FIGURE_WITHDRAWN,    /* withdrawn by the applicant or stopped without result */
    FIGURE_CLASS__COUNT
};

/* How one counted dossier answers the questions that figures ask. */
struct figure_key {
    bool is_received;      /* received in the period; else carried over into it */
    enum dossier_channel channel;
    enum figure_class class;
    bool is_refused;       /* the result was a refusal */
};

enum figure {
    FIGURE_DOSSIER_CARRIED_OVER,
    FIGURE_DOSSIER_RECEIVED,
    FIGURE_DOSSIER_RECEIVED_COUNTER,
    FIGURE_DOSSIER_RECEIVED_ONLINE,
    FIGURE_DOSSIER_RECEIVED_POST,
    FIGURE_DOSSIER_RESOLVED,
    FIGURE_DOSSIER_RESOLVED_EARLY,
    FIGURE_DOSSIER_RESOLVED_ON_TIME,
    FIGURE_DOSSIER_RESOLVED_IN_TIME,
    FIGURE_DOSSIER_RESOLVED_LATE,
    FIGURE_DOSSIER_OPEN,
    FIGURE_DOSSIER_OPEN_IN_TERM,
    FIGURE_DOSSIER_OPEN_LATE,
    FIGURE_DOSSIER_LATE,
    FIGURE_DOSSIER_WITHDRAWN,
    FIGURE_DOSSIER_REFUSED,
    FIGURE_DOSSIER_SUSPENDED,
    FIGURE__COUNT
};

/* "dossier.received". */
struct str figure_code(enum figure f);
bool figure_find(struct str code, enum figure *ret);
enum word figure_word(enum figure f);

/* Does a dossier with this key count in `f`? */
bool figure_counts(enum figure f, const struct figure_key *key);

struct figures {
    int64_t value[FIGURE__COUNT];
};
void figures_add(struct figures *fs, const struct figure_key *key, int64_t n);

/* The laws of conservation. carried over + received = resolved + open + withdrawn; parts add up. */
enum figure_law {
    LAW_HOLDS,
    LAW_BALANCE,         /* carried_over + received = resolved + open + withdrawn */
    LAW_CHANNELS,        /* received = counter + online + post */
    LAW_RESOLVED,        /* resolved = early + on time + late */
    LAW_OPEN,            /* open = in term + late */
    LAW_LATE,            /* late = resolved late + open late */
    LAW__COUNT
};
/* The first law that these figures break, with both sides. `is_cohort`: nothing is carried over. */
enum figure_law figures_check(const struct figures *fs, int64_t *ret_left, int64_t *ret_right);
enum word figure_law_word(enum figure_law law);

/* The text of all definitions: what `definitions` in the output is the SHA-256 of. */
struct str figure_definitions(struct arena *a);

#endif
