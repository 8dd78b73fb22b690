#include "rules/figure.h"

#include <assert.h>

#define C(class)     (1u << (FIGURE_##class))
#define RESOLVED     (C(EARLY) | C(ON_TIME) | C(RESOLVED_LATE))
#define OPEN_IN_TERM (C(IN_TERM) | C(SUSPENDED))
#define ANY_CLASS    ((1u << FIGURE_CLASS__COUNT) - 1)

enum origin { ANY_ORIGIN, RECEIVED_ONLY, CARRIED_ONLY };

static const struct definition {
    struct str code;
    enum word word;
    unsigned classes;
    enum origin origin;
    int channel;        /* 0: any */
    bool refused_only;
} DEFINITIONS[] = {
    [FIGURE_DOSSIER_CARRIED_OVER] = {STR_INIT("dossier.carried_over"), WORD_FIGURE_CARRIED_OVER,
                                     ANY_CLASS, CARRIED_ONLY, 0, false},
    [FIGURE_DOSSIER_RECEIVED] = {STR_INIT("dossier.received"), WORD_FIGURE_RECEIVED, ANY_CLASS,
                                 RECEIVED_ONLY, 0, false},
    [FIGURE_DOSSIER_RECEIVED_COUNTER] = {STR_INIT("dossier.received_counter"),
                                         WORD_FIGURE_RECEIVED_COUNTER, ANY_CLASS, RECEIVED_ONLY,
                                         CHANNEL_COUNTER, false},
    [FIGURE_DOSSIER_RECEIVED_ONLINE] = {STR_INIT("dossier.received_online"),
                                        WORD_FIGURE_RECEIVED_ONLINE, ANY_CLASS, RECEIVED_ONLY,
                                        CHANNEL_ONLINE, false},
    [FIGURE_DOSSIER_RECEIVED_POST] = {STR_INIT("dossier.received_post"), WORD_FIGURE_RECEIVED_POST,
                                      ANY_CLASS, RECEIVED_ONLY, CHANNEL_POST, false},
    [FIGURE_DOSSIER_RESOLVED] = {STR_INIT("dossier.resolved"), WORD_FIGURE_RESOLVED, RESOLVED,
                                 ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_RESOLVED_EARLY] = {STR_INIT("dossier.resolved_early"), WORD_FIGURE_RESOLVED_EARLY,
                                       C(EARLY), ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_RESOLVED_ON_TIME] = {STR_INIT("dossier.resolved_on_time"),
                                         WORD_FIGURE_RESOLVED_ON_TIME, C(ON_TIME), ANY_ORIGIN, 0,
                                         false},
    [FIGURE_DOSSIER_RESOLVED_IN_TIME] = {STR_INIT("dossier.resolved_in_time"),
                                         WORD_FIGURE_RESOLVED_IN_TIME, C(EARLY) | C(ON_TIME),
                                         ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_RESOLVED_LATE] = {STR_INIT("dossier.resolved_late"), WORD_FIGURE_RESOLVED_LATE,
                                      C(RESOLVED_LATE), ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_OPEN] = {STR_INIT("dossier.open"), WORD_FIGURE_OPEN, OPEN_IN_TERM | C(OPEN_LATE),
                             ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_OPEN_IN_TERM] = {STR_INIT("dossier.open_in_term"), WORD_FIGURE_OPEN_IN_TERM,
                                     OPEN_IN_TERM, ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_OPEN_LATE] = {STR_INIT("dossier.open_late"), WORD_FIGURE_OPEN_LATE, C(OPEN_LATE),
                                  ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_LATE] = {STR_INIT("dossier.late"), WORD_FIGURE_LATE,
                             C(RESOLVED_LATE) | C(OPEN_LATE), ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_WITHDRAWN] = {STR_INIT("dossier.withdrawn"), WORD_FIGURE_WITHDRAWN, C(WITHDRAWN),
                                  ANY_ORIGIN, 0, false},
    [FIGURE_DOSSIER_REFUSED] = {STR_INIT("dossier.refused"), WORD_FIGURE_REFUSED, RESOLVED, ANY_ORIGIN,
                                0, true},
    [FIGURE_DOSSIER_SUSPENDED] = {STR_INIT("dossier.suspended"), WORD_FIGURE_SUSPENDED, C(SUSPENDED),
                                  ANY_ORIGIN, 0, false},
};
static_assert(sizeof DEFINITIONS / sizeof DEFINITIONS[0] == FIGURE__COUNT, "every figure is defined");

static const struct str CLASSES[] = {
    [FIGURE_EARLY] = STR_INIT("early"),
    [FIGURE_ON_TIME] = STR_INIT("on_time"),
    [FIGURE_RESOLVED_LATE] = STR_INIT("resolved_late"),
    [FIGURE_IN_TERM] = STR_INIT("in_term"),
    [FIGURE_SUSPENDED] = STR_INIT("suspended"),
    [FIGURE_OPEN_LATE] = STR_INIT("open_late"),
    [FIGURE_WITHDRAWN] = STR_INIT("withdrawn"),
};
static_assert(sizeof CLASSES / sizeof CLASSES[0] == FIGURE_CLASS__COUNT, "every class has a code");

struct str figure_code(enum figure f)
{
    return DEFINITIONS[f].code;
}

bool figure_find(struct str code, enum figure *ret)
{
    for (int i = 0; i < FIGURE__COUNT; i++) {
        if (str_eq(DEFINITIONS[i].code, code)) {
            *ret = (enum figure)i;
            return true;
        }
    }
    return false;
}

enum word figure_word(enum figure f)
{
    return DEFINITIONS[f].word;
}

bool figure_counts(enum figure f, const struct figure_key *key)
{
    const struct definition *d = &DEFINITIONS[f];

    if (!(d->classes & (1u << key->class)))
        return false;
    if (d->origin == RECEIVED_ONLY && !key->is_received)
        return false;
    if (d->origin == CARRIED_ONLY && key->is_received)
        return false;
    if (d->channel && d->channel != (int)key->channel)
        return false;
    return !d->refused_only || key->is_refused;
}

void figures_add(struct figures *fs, const struct figure_key *key, int64_t n)
{
    for (int f = 0; f < FIGURE__COUNT; f++)
        if (figure_counts((enum figure)f, key))
            fs->value[f] += n;
}

/* Each law: the sum of the left figures equals the sum of the right ones. FIGURE__COUNT ends. */
static const struct law {
    enum word word;
    enum figure left[4], right[4];
} LAWS[] = {
    [LAW_HOLDS] = {WORD_FIGURE_LAW_HOLDS, {FIGURE__COUNT}, {FIGURE__COUNT}},
    [LAW_BALANCE] = {WORD_FIGURE_LAW_BALANCE,
                     {FIGURE_DOSSIER_CARRIED_OVER, FIGURE_DOSSIER_RECEIVED, FIGURE__COUNT},
                     {FIGURE_DOSSIER_RESOLVED, FIGURE_DOSSIER_OPEN, FIGURE_DOSSIER_WITHDRAWN,
                      FIGURE__COUNT}},
    [LAW_CHANNELS] = {WORD_FIGURE_LAW_CHANNELS,
                      {FIGURE_DOSSIER_RECEIVED, FIGURE__COUNT},
                      {FIGURE_DOSSIER_RECEIVED_COUNTER, FIGURE_DOSSIER_RECEIVED_ONLINE,
                       FIGURE_DOSSIER_RECEIVED_POST, FIGURE__COUNT}},
    [LAW_RESOLVED] = {WORD_FIGURE_LAW_RESOLVED,
                      {FIGURE_DOSSIER_RESOLVED, FIGURE__COUNT},
                      {FIGURE_DOSSIER_RESOLVED_EARLY, FIGURE_DOSSIER_RESOLVED_ON_TIME,
                       FIGURE_DOSSIER_RESOLVED_LATE, FIGURE__COUNT}},
    [LAW_OPEN] = {WORD_FIGURE_LAW_OPEN,
                  {FIGURE_DOSSIER_OPEN, FIGURE__COUNT},
                  {FIGURE_DOSSIER_OPEN_IN_TERM, FIGURE_DOSSIER_OPEN_LATE, FIGURE__COUNT}},
    [LAW_LATE] = {WORD_FIGURE_LAW_LATE,
                  {FIGURE_DOSSIER_LATE, FIGURE__COUNT},
                  {FIGURE_DOSSIER_RESOLVED_LATE, FIGURE_DOSSIER_OPEN_LATE, FIGURE__COUNT}},
};
static_assert(sizeof LAWS / sizeof LAWS[0] == LAW__COUNT, "every law is written down");

static int64_t side(const struct figures *fs, const enum figure f[4])
{
    int64_t sum = 0;

    for (int i = 0; i < 4 && f[i] != FIGURE__COUNT; i++)
        sum += fs->value[f[i]];
    return sum;
}

enum figure_law figures_check(const struct figures *fs, int64_t *ret_left, int64_t *ret_right)
{
    for (int i = LAW_HOLDS + 1; i < LAW__COUNT; i++) {
        int64_t left = side(fs, LAWS[i].left), right = side(fs, LAWS[i].right);
        if (left != right) {
            *ret_left = left;
            *ret_right = right;
            return (enum figure_law)i;
        }
    }
    return LAW_HOLDS;
}

enum word figure_law_word(enum figure_law law)
{
    return LAWS[law].word;
}

struct str figure_definitions(struct arena *a)
{
    struct buf b = buf_in(a);

    buf_put(&b, STR("motcua figures 1: dates, not minutes; pauses move the due date, apologies do not\n"));
    for (int f = 0; f < FIGURE__COUNT; f++) {
        const struct definition *d = &DEFINITIONS[f];
        buf_format(&b, "%" PRIstr ":", STR_ARG(d->code));
        for (int c = 0; c < FIGURE_CLASS__COUNT; c++)
            if (d->classes & (1u << c))
                buf_format(&b, " %" PRIstr, STR_ARG(CLASSES[c]));
        buf_format(&b, "; origin %d; channel %d; refused %d\n", (int)d->origin, d->channel,
                   d->refused_only);
    }
    return buf_str(&b);
}
