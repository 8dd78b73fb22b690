/* cache.h - what one worker remembers between requests: versions of procedures, which never change,
 * and what follows from the reference data: units, calendars, rights.
 *
 * The reference data has one stamp in the store (table `reference`): the journal position of the last
 * entry that changed it. Every use asks for the stamp; another one forgets everything. Inside a
 * transaction that has itself changed reference data nothing is remembered: it may be rolled back. */
#ifndef ACTS_CACHE_H
#define ACTS_CACHE_H

#include "acts/ctx.h"
#include "calendar/deadline.h"
#include "sql_procedure.h"
#include "sql_unit.h"

struct cache *cache_new(void);
void cache_free(struct cache *c); /* accepts NULL */

/* The memory of what follows from the reference data as `db` sees it now, or NULL: do not remember. */
struct memory;
enum err cache_memory(struct ctx *ctx, struct db *db, struct memory **ret) MUST_CHECK;

/* An answer that follows from reference data; `kind` and the numbers name it. memory_get gives what was
 * put there, or NULL: then the caller finds the answer, makes it in memory_arena, and puts it there with
 * memory_set. Anything may be forgotten at any time; what was got stays whole for the act in progress. */
enum memory_kind { MEMORY_RIGHT, MEMORY_RIGHTS, MEMORY_UNIT, MEMORY_SITE, MEMORY_PROCESS, MEMORY_POPULAR, MEMORY_PEERS };
struct memory_key {
    enum memory_kind kind;
    int64_t a, b, c, d;
    struct date day;
};
void *memory_get(struct memory *m, const struct memory_key *key); /* m may be NULL: NULL */
void memory_set(struct memory *m, const struct memory_key *key, void *value);
/* The memory's own arena, or the request's where nothing is remembered. */
struct arena *memory_arena(struct memory *m, struct ctx *ctx);

/* The unit of that id; shared, constant. */
enum err unit_load(struct ctx *ctx, struct db *db, int64_t id, const struct q_unit_by_id **ret) MUST_CHECK;

/* Where an office is in time: its unit, wall clock and calendar. */
struct office {
    struct q_unit_by_id unit;
    const struct zone *zone;
    const struct calendar *calendar;
};
enum err office_load(struct ctx *ctx, struct db *db, int64_t unit, struct office *ret) MUST_CHECK;

/* A published version of a procedure, whole. Immutable. */
struct procedure_whole {
    struct q_version_by_id version;
    struct q_procedure_by_id procedure;
    const struct q_case_list *cases;
    size_t case_count;
    const struct q_paper_list *paper; /* of all cases, in order */
    size_t paper_count;
    const struct q_step_list *step;
    size_t step_count;
};
enum err procedure_load(struct ctx *ctx, struct db *db, int64_t version, const struct procedure_whole **ret) MUST_CHECK;
/* A drawn process that was read, by its id: immutable. NULL: not yet; then it is read into
 * cache_process_arena and put here. */
struct process;
const struct process *cache_process(const struct ctx *ctx, int64_t id);
struct arena *cache_process_arena(struct ctx *ctx, int64_t id);
void cache_process_set(struct ctx *ctx, int64_t id, const struct process *p);

/* The case of that number, or NULL. */
const struct q_case_list *procedure_case(const struct procedure_whole *p, int64_t no);

#endif
