/* certificate_load.h - the common beginning and end of every act on one certificate; inside acts/ only. */
#ifndef ACTS_CERTIFICATE_LOAD_H
#define ACTS_CERTIFICATE_LOAD_H

#include "acts/certificate.h"
#include "calendar/zone.h"

struct certificate_hand {
    struct q_certificate_by_id c;
    struct certificate_facts facts;
    struct str last_on;        /* the day of the step before */
    struct instant last_at;
};
/* ERR_NOT_FOUND: none, or not for the actor's eyes. */
enum err certificate_load(struct ctx *ctx, struct db *db, int64_t id, struct certificate_hand *ret) MUST_CHECK;

/* The zone in which days of the register are counted. */
const struct zone *certificate_zone(void);
/* The moment of a step on a day: now if it is today, else the day's beginning, and never before the step before it. */
struct instant certificate_moment(const struct ctx *ctx, struct date on, struct instant last);
/* A day of something that happened: not after today, not before `last`. Problem of "on". */
void certificate_check_day(struct ctx *ctx, struct date on, struct str last);
/* What a search finds it by. */
struct str certificate_search(struct arena *a, struct str name, struct str unit, struct str token, struct str serial, struct str number);
/* One line of the journal about `id` (0: a new request), at that moment. */
enum err certificate_journal(struct ctx *ctx, struct db *tx, const char *act, int64_t id, struct instant at, struct json payload, int64_t *ret_id) MUST_CHECK;
/* The actor signs for an agency: a leader, as table 6.1 counts them. */
enum err certificate_is_leader(struct ctx *ctx, struct db *db, int64_t person, int64_t unit, bool *ret) MUST_CHECK;

#endif
