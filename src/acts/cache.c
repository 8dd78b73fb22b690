#include "acts/cache.h"

#include "sql_reference.h"
#include "store/calendar.h"

enum { CACHE_CALENDARS = 64, CACHE_VERSIONS = 512, CACHE_PROCESSES = 256, CACHE_SLOTS = 4096, CACHE_BYTES = 64 * 1024 * 1024 };

struct slot {
    struct memory_key key;
    void *value;
};

/* What follows from the reference data of one stamp. */
struct memory {
    int64_t stamp;
    struct arena *arena;
    struct arena *before; /* of the stamp before: what an act in progress still holds stays whole */
    struct slot slot[CACHE_SLOTS];
    struct calendar *calendar[CACHE_CALENDARS];
    int64_t calendar_id[CACHE_CALENDARS];
};

struct cache {
    struct memory memory;
    struct arena *arena; /* of the versions, which never change */
    struct procedure_whole *version[CACHE_VERSIONS];
    const struct process *process[CACHE_PROCESSES];
    int64_t process_id[CACHE_PROCESSES];
    struct arena *self;
};

struct cache *cache_new(void)
{
    struct arena *self = arena_new(CACHE_BYTES);
    struct cache *c = ARENA_NEW(self, struct cache);

    c->self = self;
    c->arena = arena_new(CACHE_BYTES);
    c->memory.arena = arena_new(CACHE_BYTES);
    c->memory.before = arena_new(CACHE_BYTES);
    c->memory.stamp = -1;
    return c;
}

void cache_free(struct cache *c)
{
    if (!c)
        return;
    arena_free(c->memory.arena);
    arena_free(c->memory.before);
    arena_free(c->arena);
    arena_free(c->self);
}

/* ---- what follows from reference data ---- */

static void forget(struct memory *m, int64_t stamp)
{
    struct arena *old = m->arena;

    arena_reset(m->before);
    m->arena = m->before;
    m->before = old;
    memset(m->slot, 0, sizeof m->slot);
    memset(m->calendar_id, 0, sizeof m->calendar_id);
    m->stamp = stamp;
}

/* A stamp seen inside a transaction counts only when others see it too: then it is committed. */
enum err cache_memory(struct ctx *ctx, struct db *db, struct memory **ret)
{
    struct memory *m = ctx->cache ? &ctx->cache->memory : NULL;
    struct q_reference_pos here, outside;

    *ret = NULL;
    if (!m)
        return OK;
    enum err err = q_reference_pos(db, ctx->arena, &here);
    if (!err && here.pos != m->stamp) {
        outside = here;
        if (db != ctx->db)
            err = q_reference_pos(ctx->db, ctx->arena, &outside);
        if (err || outside.pos != here.pos)
            return err;
        forget(m, here.pos);
    }
    if (!err && arena_used(m->arena) > CACHE_BYTES / 2)
        forget(m, here.pos);
    if (!err)
        *ret = m;
    return err;
}

static struct slot *slot_of(struct memory *m, const struct memory_key *k)
{
    uint64_t h = (uint64_t)k->kind;
    const int64_t part[] = {k->a, k->b, k->c, k->d, k->day.day};

    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        h = (h ^ (uint64_t)part[i]) * 0x9E3779B97F4A7C15u;
    return &m->slot[h >> 32 & (CACHE_SLOTS - 1)];
}

static bool key_eq(const struct memory_key *x, const struct memory_key *y)
{
    return x->kind == y->kind && x->a == y->a && x->b == y->b && x->c == y->c && x->d == y->d &&
           date_cmp(x->day, y->day) == 0;
}

void *memory_get(struct memory *m, const struct memory_key *key)
{
    struct slot *s = m ? slot_of(m, key) : NULL;

    return s && s->value && key_eq(&s->key, key) ? s->value : NULL;
}

void memory_set(struct memory *m, const struct memory_key *key, void *value)
{
    if (m)
        *slot_of(m, key) = (struct slot){*key, value};
}

struct arena *memory_arena(struct memory *m, struct ctx *ctx)
{
    return m ? m->arena : ctx->arena;
}

static enum err unit_get(struct ctx *ctx, struct db *db, struct memory *m, int64_t id, const struct q_unit_by_id **ret)
{
    struct memory_key key = {.kind = MEMORY_UNIT, .a = id};
    struct q_unit_by_id *unit = memory_get(m, &key);
    struct arena *a = memory_arena(m, ctx);

    if (!unit) {
        unit = ARENA_NEW(a, struct q_unit_by_id);
        enum err err = q_unit_by_id(db, a, id, unit);
        if (err)
            return err;
        memory_set(m, &key, unit);
    }
    *ret = unit;
    return OK;
}

enum err unit_load(struct ctx *ctx, struct db *db, int64_t id, const struct q_unit_by_id **ret)
{
    struct memory *m;
    enum err err = cache_memory(ctx, db, &m);

    return err ? err : unit_get(ctx, db, m, id, ret);
}

static enum err calendar_get(struct ctx *ctx, struct db *db, struct memory *m, int64_t id, const struct calendar **ret)
{
    struct arena *a = memory_arena(m, ctx);
    size_t at = (size_t)id % CACHE_CALENDARS;

    if (m && m->calendar_id[at] == id) {
        *ret = m->calendar[at];
        return OK;
    }
    struct calendar *c = ARENA_NEW(a, struct calendar);
    enum err err = store_calendar_load(db, a, id, c);
    if (err)
        return err;
    if (m) {
        m->calendar[at] = c;
        m->calendar_id[at] = id;
    }
    *ret = c;
    return OK;
}

enum err office_load(struct ctx *ctx, struct db *db, int64_t unit, struct office *ret)
{
    const struct q_unit_by_id *u;
    struct memory *m;
    struct office o;
    enum err err = cache_memory(ctx, db, &m);

    if (!err)
        err = unit_get(ctx, db, m, unit, &u);
    if (!err)
        err = zone_open(u->zone, &o.zone);
    if (!err)
        err = calendar_get(ctx, db, m, u->calendar_id, &o.calendar);
    if (err)
        return err;
    o.unit = *u;
    *ret = o;
    return OK;
}

/* ---- versions ---- */

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

const struct process *cache_process(const struct ctx *ctx, int64_t id)
{
    size_t at = (size_t)id % CACHE_PROCESSES;

    return ctx->cache && ctx->cache->process_id[at] == id ? ctx->cache->process[at] : NULL;
}

/* As with versions, a taken slot stays with its first. */
struct arena *cache_process_arena(struct ctx *ctx, int64_t id)
{
    return ctx->cache && !ctx->cache->process_id[(size_t)id % CACHE_PROCESSES] ? ctx->cache->arena : ctx->arena;
}

void cache_process_set(struct ctx *ctx, int64_t id, const struct process *p)
{
    size_t at = (size_t)id % CACHE_PROCESSES;

    if (ctx->cache && !ctx->cache->process_id[at]) {
        ctx->cache->process_id[at] = id;
        ctx->cache->process[at] = p;
    }
}

const struct q_case_list *procedure_case(const struct procedure_whole *p, int64_t no)
{
    for (size_t i = 0; i < p->case_count; i++)
        if (p->cases[i].no == no)
            return &p->cases[i];
    return NULL;
}
