#include "acts/cache.h"

#include "sql_calendar.h"
#include "store/calendar.h"

enum { CACHE_CALENDARS = 32, CACHE_VERSIONS = 512, CACHE_BYTES = 64 * 1024 * 1024 };

struct calendar_entry {
    int64_t id, version;
    struct arena *arena;
    struct calendar calendar;
};

struct cache {
    struct calendar_entry calendar[CACHE_CALENDARS];
    size_t calendar_count;
    struct arena *arena; /* of the versions, which never change */
    struct procedure_whole *version[CACHE_VERSIONS];
    struct arena *self;
};

struct cache *cache_new(void)
{
    struct arena *self = arena_new(CACHE_BYTES);
    struct cache *c = ARENA_NEW(self, struct cache);

    c->self = self;
    c->arena = arena_new(CACHE_BYTES);
    return c;
}

void cache_free(struct cache *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->calendar_count; i++)
        arena_free(c->calendar[i].arena);
    arena_free(c->arena);
    arena_free(c->self);
}

/* An entry to fill: the one of this id, a fresh one, or the oldest. */
static struct calendar_entry *calendar_slot(struct cache *c, int64_t id)
{
    for (size_t i = 0; i < c->calendar_count; i++)
        if (c->calendar[i].id == id)
            return &c->calendar[i];
    if (c->calendar_count < CACHE_CALENDARS) {
        struct calendar_entry *e = &c->calendar[c->calendar_count++];
        e->arena = arena_new(CACHE_BYTES);
        return e;
    }
    return &c->calendar[(size_t)id % CACHE_CALENDARS];
}

static enum err calendar_get(struct ctx *ctx, struct db *db, int64_t id, const struct calendar **ret)
{
    struct q_calendar_by_id head;
    enum err err = q_calendar_by_id(db, ctx->arena, id, &head);

    if (err)
        return err;
    struct calendar_entry *e = calendar_slot(ctx->cache, id);
    if (e->id != id || e->version != head.version) {
        arena_reset(e->arena);
        e->id = 0;
        err = store_calendar_load(db, e->arena, id, &e->calendar);
        if (err)
            return err;
        e->id = id;
        e->version = head.version;
    }
    *ret = &e->calendar;
    return OK;
}

enum err office_load(struct ctx *ctx, struct db *db, int64_t unit, struct office *ret)
{
    struct office o;
    enum err err = q_unit_by_id(db, ctx->arena, unit, &o.unit);

    if (!err)
        err = zone_open(o.unit.zone, &o.zone);
    if (!err)
        err = calendar_get(ctx, db, o.unit.calendar_id, &o.calendar);
    if (err)
        return err;
    *ret = o;
    return OK;
}

static enum err version_load(struct db *db, struct arena *a, int64_t version, struct procedure_whole *p)
{
    struct q_case_list *cases;
    struct q_paper_list *paper;
    struct q_step_list *step;
    enum err err = q_version_by_id(db, a, version, &p->version);

    if (!err)
        err = q_procedure_by_id(db, a, p->version.procedure_id, &p->procedure);
    if (!err)
        err = q_case_list(db, a, version, &cases, &p->case_count);
    if (!err)
        err = q_paper_list(db, a, version, &paper, &p->paper_count);
    if (!err)
        err = q_step_list(db, a, version, &step, &p->step_count);
    if (err)
        return err;
    p->cases = cases;
    p->paper = paper;
    p->step = step;
    return OK;
}

/* The dates of a version can be cut short by its successor, so only what acts rely on after
 * receipt is remembered: validity is asked of the store (version_at). */
enum err procedure_load(struct ctx *ctx, struct db *db, int64_t version, const struct procedure_whole **ret)
{
    struct procedure_whole **slot = &ctx->cache->version[(size_t)version % CACHE_VERSIONS];

    if (*slot && (*slot)->version.id == version) {
        *ret = *slot;
        return OK;
    }
    struct arena *a = *slot ? ctx->arena : ctx->cache->arena; /* a taken slot stays with its first */
    struct procedure_whole *p = ARENA_NEW(a, struct procedure_whole);
    enum err err = version_load(db, a, version, p);
    if (err)
        return err;
    if (!*slot)
        *slot = p;
    *ret = p;
    return OK;
}

const struct q_case_list *procedure_case(const struct procedure_whole *p, int64_t no)
{
    for (size_t i = 0; i < p->case_count; i++)
        if (p->cases[i].no == no)
            return &p->cases[i];
    return NULL;
}
