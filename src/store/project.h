/* project.h - replays a journal entry into the tables.
 *
 * A pure function of the entry and of the rows earlier entries made: no clock, no randomness, no
 * rights. The act has decided; this writes. `motcua verify` replays the whole journal into an empty
 * store with the same code and compares. */
#ifndef STORE_PROJECT_H
#define STORE_PROJECT_H

#include "store/journal.h"

/* ERR_INVALID: no such act. */
enum err project(struct db *tx, struct arena *a, const struct journal_entry *e) MUST_CHECK;

/* Tables in subjects, one file each; a table ends with a NULL act. */
struct projection {
    const char *act;
    enum err (*replay)(struct db *tx, struct arena *a, const struct journal_entry *e);
};
extern const struct projection PROJECT_DOSSIER[];
extern const struct projection PROJECT_WORK[];
extern const struct projection PROJECT_PEER[];
extern const struct projection PROJECT_ABSENCE[];
extern const struct projection PROJECT_COOPERATION[];
extern const struct projection PROJECT_DOCUMENT[];
extern const struct projection PROJECT_DOCUMENT_TASK[];
extern const struct projection PROJECT_EXCHANGE[];
extern const struct projection PROJECT_CERTIFICATE[];
extern const struct projection PROJECT_BOOK[];
extern const struct projection PROJECT_REPORT[];
extern const struct projection PROJECT_DIRECTIVE[];
extern const struct projection PROJECT_CATALOGUE[];
extern const struct projection PROJECT_PROCESS[];
extern const struct projection PROJECT_ORGANISATION[];
extern const struct projection PROJECT_CALENDAR[];

/* How many tasks one direction gives, so that an entry's position makes the ids of all of them. */
enum { PROJECT_TASKS_MAX = 100 };
/* How many certificates one request asks for, for the same reason. */
enum { PROJECT_CERTIFICATES_MAX = 1000 };
/* The certificates of a person whose name, unit or title is another now, or who left, are to be reviewed. */
enum err project_certificate_person(struct db *tx, struct arena *a, const struct journal_entry *e) MUST_CHECK;
/* "signed_with": {"certificate": id, "day": "2018-02-12"}: the subject of the entry was signed with it. */
enum err project_certificate_use(struct db *tx, struct arena *a, const struct journal_entry *e) MUST_CHECK;
/* "state" and "holder" of a document that an entry about something else moves (project_document.c). */
enum err project_document_state(struct db *tx, struct arena *a, const struct journal_entry *e, int64_t document) MUST_CHECK;

/* Parts of entries that several subjects write (project_work.c): "timers" and "timers_off"; "timers_at" and
 * "steps_due", when the clock ran again. */
enum err project_timers(struct db *tx, int64_t dossier, struct json payload, bool ended) MUST_CHECK;
enum err project_clock_moved(struct db *tx, int64_t dossier, struct json payload) MUST_CHECK;
/* "outbox": what the entry says to other installations; "from_peer": which message it came by. */
enum err project_outbox(struct db *tx, struct arena *a, const struct journal_entry *e) MUST_CHECK;
enum err project_inbox(struct db *tx, struct arena *a, const struct journal_entry *e) MUST_CHECK;

#endif
