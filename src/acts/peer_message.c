#include "acts/peer_message.h"

#include "sql_peer.h"

struct peers {
    struct q_peer_list *row;
    size_t count;
};

/* Few, and asked at every step: remembered until the reference data changes. */
static enum err peers_load(struct ctx *ctx, struct db *db, const struct peers **ret)
{
    struct memory_key key = {.kind = MEMORY_PEERS};
    struct memory *m;
    enum err err = cache_memory(ctx, db, &m);

    if (err)
        return err;
    struct peers *p = memory_get(m, &key);
    if (!p) {
        p = ARENA_NEW(memory_arena(m, ctx), struct peers);
        err = q_peer_list(db, memory_arena(m, ctx), &p->row, &p->count);
        if (err)
            return err;
        memory_set(m, &key, p);
    }
    *ret = p;
    return OK;
}

static void entry_put(struct arena *a, struct json outbox, int64_t peer, int64_t task, const char *kind, struct json body)
{
    struct json o = json_new_object(a);

    json_put_int(o, "peer", peer);
    json_put_int(o, "task", task);
    json_put_text(o, "kind", str_of(kind));
    json_put_text(o, "body", json_canonical(a, body));
    json_append(outbox, o);
}

/* Names a step for the other side: our code of the dossier and the number of the task. */
static struct str message_key(struct arena *a, struct str code, int64_t task)
{
    return str_format(a, "%" PRIstr "/%lld", STR_ARG(code), (long long)task);
}

static struct json applicant_of(struct arena *a, const struct q_dossier_by_id *d)
{
    struct json who = json_new_object(a);

    json_put_text(who, "name", d->applicant);
    json_put_int(who, "kind", d->applicant_kind);
    json_put_text(who, "id_no", d->id_no);
    json_put_text(who, "birth", d->birth);
    json_put_text(who, "phone", d->phone);
    json_put_text(who, "email", d->email);
    json_put_text(who, "address", d->address);
    return who;
}

enum err peer_put_case(struct ctx *ctx, struct db *db, const struct q_dossier_by_id *d, struct json step, struct json outbox)
{
    struct arena *a = ctx->arena;
    const struct peers *peers;
    struct q_procedure_by_id procedure;
    enum err err = peers_load(ctx, db, &peers);

    for (size_t i = 0; !err && i < peers->count; i++) {
        if (peers->row[i].unit_id_null || peers->row[i].unit_id != json_int(step, "unit") || !peers->row[i].is_active || !peers->row[i].address.n)
            continue;
        struct json body = json_new_object(a);
        err = q_procedure_by_id(db, a, d->procedure_id, &procedure);
        if (err)
            break;
        json_put_text(body, "kind", STR("case"));
        json_put_text(body, "key", message_key(a, d->code, json_int(step, "task")));
        json_put_text(body, "procedure", procedure.code);
        json_put_int(body, "case", d->case_no);
        json_put_text(body, "step", json_text(step, "name"));
        json_put_text(body, "due_at", json_text(step, "due_at"));
        json_put_int(body, "sets", d->sets);
        json_put_json(body, "applicant", applicant_of(a, d));
        json_put_text(body, "summary", d->summary);
        entry_put(a, outbox, peers->row[i].id, json_int(step, "task"), "case", body);
    }
    return err;
}

enum err peer_put_answer(struct ctx *ctx, struct db *db, const struct loaded *l, enum dossier_outcome outcome,
                         struct str result_no, struct json payload)
{
    struct arena *a = ctx->arena;
    const struct peers *peers;
    struct q_inbox_of from;
    enum err err = peers_load(ctx, db, &peers);

    if (err || !peers->count) /* nearly every house: nothing to ask */
        return err;
    err = q_inbox_of(db, a, l->d.id, &from);
    if (err)
        return err == ERR_NOT_FOUND ? OK : err;
    struct json body = json_new_object(a), outbox = json_new_array(a);
    json_put_text(body, "kind", STR("answer"));
    json_put_text(body, "key", from.message);
    json_put_text(body, "code", l->d.code);
    json_put_int(body, "outcome", outcome);
    json_put_text(body, "result_no", result_no);
    json_put_text(body, "note", json_text(payload, "note"));
    entry_put(a, outbox, from.peer_id, 0, "answer", body);
    json_put_json(payload, "outbox", outbox);
    return OK;
}
