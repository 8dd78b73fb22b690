/* The life of certificates: what is asked for, sent, handed over, suspended, revoked, reviewed. */
#include "acts/certificate_load.h"

#include "acts/admin.h"
#include "base/text.h"
#include "sql_person.h"
#include "sql_unit.h"
#include "store/project.h"

_Static_assert((int)CERTIFICATE_WISHES_MAX <= (int)PROJECT_CERTIFICATES_MAX && (int)CERTIFICATE_ENTER_MAX <= (int)PROJECT_CERTIFICATES_MAX,
               "the ids of one request must not run into the next");

/* ---- what all of them begin and end with ---- */

const struct zone *certificate_zone(void)
{
    const struct zone *zone = NULL;

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("the zone of the register");
    return zone;
}

struct instant certificate_moment(const struct ctx *ctx, struct date on, struct instant last)
{
    struct instant at = date_cmp(on, ctx_today(ctx)) == 0 ? ctx->now : zone_day_start(certificate_zone(), on);

    return instant_cmp(at, last) < 0 ? last : at;
}

void certificate_check_day(struct ctx *ctx, struct date on, struct str last)
{
    struct date before;

    if (date_cmp(on, ctx_today(ctx)) > 0)
        problem_add(ctx, "on", WORD_CERTIFICATE_PROBLEM_AHEAD, STR(""));
    if (date_parse(last, &before) == OK && date_cmp(on, before) < 0)
        problem_add(ctx, "on", WORD_CERTIFICATE_PROBLEM_BEFORE, date_vietnamese(ctx->arena, before));
}

struct str certificate_search(struct arena *a, struct str name, struct str unit, struct str token, struct str serial, struct str number)
{
    return text_fold(a, str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(name), STR_ARG(unit), STR_ARG(token), STR_ARG(serial),
                                   STR_ARG(number)));
}

enum err certificate_journal(struct ctx *ctx, struct db *tx, const char *act, int64_t id, struct instant at, struct json payload, int64_t *ret_id)
{
    struct admin_entry e = {act, "certificate", id, at, payload};

    return admin_journal(ctx, tx, &e, ret_id);
}

enum err certificate_is_leader(struct ctx *ctx, struct db *db, int64_t person, int64_t unit, bool *ret)
{
    return right_has(ctx, db, person, RIGHT_DOCUMENT_SIGN, unit, 0, ret);
}

static enum err facts_of(struct ctx *ctx, struct db *db, const struct q_certificate_by_id *c, struct certificate_facts *f)
{
    struct q_certificate_review_of *review;
    struct q_certificate_replacement *next;
    size_t reviews, nexts;
    enum err err = right_has(ctx, db, ctx->actor.id, RIGHT_CERTIFICATE_EDIT, c->unit_id, 0, &f->is_keeper);

    if (!err)
        err = q_certificate_review_of(db, ctx->arena, c->id, &review, &reviews);
    if (!err)
        err = q_certificate_replacement(db, ctx->arena, c->id, &next, &nexts);
    if (err)
        return err;
    f->state = (enum certificate_state)c->state;
    f->today = ctx_today(ctx);
    f->is_owner = !c->person_id_null && c->person_id == ctx->actor.id;
    f->has_token_back = !str_eq(c->returned_on, date_iso(ctx->arena, DATE_NEVER));
    f->has_review = f->has_follower = false;
    for (size_t i = 0; i < reviews; i++)
        f->has_review |= review[i].closed_at_null;
    for (size_t i = 0; i < nexts; i++)
        f->has_follower |= next[i].state != CERTIFICATE_DROPPED && next[i].state != CERTIFICATE_REVOKED;
    return date_parse(c->ends_on, &f->ends_on) ? ERR_STORE : OK;
}

enum err certificate_load(struct ctx *ctx, struct db *db, int64_t id, struct certificate_hand *ret)
{
    struct q_certificate_visible seen;
    struct q_certificate_event_last last;
    enum err err = q_certificate_visible(db, ctx->arena, ctx->actor.id, ctx_today_iso(ctx), id, &seen);

    if (!err && !seen.n)
        err = ERR_NOT_FOUND;
    if (!err)
        err = q_certificate_by_id(db, ctx->arena, id, &ret->c);
    if (!err)
        err = facts_of(ctx, db, &ret->c, &ret->facts);
    if (!err)
        err = q_certificate_event_last(db, ctx->arena, id, &last);
    if (err)
        return err;
    ret->last_on = last.on_day;
    return instant_parse(last.at, &ret->last_at) ? ERR_STORE : OK;
}

/* ---- a request ---- */

static const char *const FIELDS[][3] = {
    {"person-1", "birth-1", "id_no-1"}, {"person-2", "birth-2", "id_no-2"}, {"person-3", "birth-3", "id_no-3"},
    {"person-4", "birth-4", "id_no-4"}, {"person-5", "birth-5", "id_no-5"}, {"person-6", "birth-6", "id_no-6"},
    {"person-7", "birth-7", "id_no-7"}, {"person-8", "birth-8", "id_no-8"}, {"person-9", "birth-9", "id_no-9"},
    {"person-10", "birth-10", "id_no-10"},
};
enum { FIELDS_COUNT = sizeof FIELDS / sizeof FIELDS[0] };

/* More lines than a form has come from programs: their problems are the form's. */
static const char *field(size_t line, int what)
{
    return line < FIELDS_COUNT ? FIELDS[line][what] : "";
}

static bool is_id_no(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 9 || s.n == 12;
}

struct asking {
    struct act_certificate_request *act;
    struct ctx *ctx;
    struct q_unit_by_id unit;
    enum certificate_purpose purpose;
    int64_t replaces;
};

static void line_check(struct ctx *ctx, const struct act_certificate_request *act, size_t i, const struct q_person_by_id *p)
{
    const struct certificate_wish *w = &act->wish[i];

    if (!p->is_active)
        problem_add(ctx, field(i, 0), WORD_CERTIFICATE_PROBLEM_NOT_ACTIVE, p->name);
    for (size_t k = 0; k < i; k++)
        if (act->wish[k].person == w->person && act->kind == CERTIFICATE_PERSON)
            problem_add(ctx, field(i, 0), WORD_CERTIFICATE_PROBLEM_TWICE, p->name);
    if (act->kind != CERTIFICATE_PERSON)
        return;
    if (date_cmp(w->birth, ctx_today(ctx)) >= 0)
        problem_add(ctx, field(i, 1), WORD_PROBLEM_REQUIRED, STR(""));
    if (!is_id_no(w->id_no))
        problem_add(ctx, field(i, 2), WORD_CERTIFICATE_PROBLEM_ID_NO, STR(""));
}

static enum err line_put(const struct asking *k, struct db *tx, size_t i, struct json list)
{
    struct ctx *ctx = k->ctx;
    const struct act_certificate_request *act = k->act;
    const struct certificate_wish *w = &act->wish[i];
    struct json o = json_new_object(ctx->arena);
    struct q_person_by_id p;
    struct q_unit_is_below below = {.n = 0};
    bool found, leads = false, person = act->kind == CERTIFICATE_PERSON;
    enum err err = admin_found(ctx, field(i, 0), q_person_by_id(tx, ctx->arena, w->person, &p), &found);

    if (err || !found)
        return err;
    err = q_unit_is_below(tx, ctx->arena, act->unit, p.unit_id, &below);
    if (!err && !below.n)
        problem_add(ctx, field(i, 0), WORD_CERTIFICATE_PROBLEM_UNIT, p.name);
    if (!err)
        err = certificate_is_leader(ctx, tx, w->person, p.unit_id, &leads);
    line_check(ctx, act, i, &p);
    struct str name = person ? p.name : k->unit.name;
    json_put_int(o, "kind", act->kind);
    json_put_int(o, "purpose", k->purpose);
    json_put_int(o, "replaces", k->replaces);
    json_put_int(o, "person", w->person);
    json_put_text(o, "name", name);
    json_put_text(o, "title", person ? p.title : STR(""));
    json_put_text(o, "birth", person ? date_iso(ctx->arena, w->birth) : STR(""));
    json_put_text(o, "id_no", person ? w->id_no : STR(""));
    json_put_text(o, "email", p.email);
    json_put_bool(o, "is_leader", person && leads);
    json_put_text(o, "search", certificate_search(ctx->arena, name, k->unit.name, STR(""), STR(""), act->number));
    json_append(list, o);
    return err;
}

static enum err request_in_transaction(struct db *tx, void *arg)
{
    struct asking *k = arg;
    struct act_certificate_request *act = k->act;
    struct ctx *ctx = k->ctx;
    struct json p = json_new_object(ctx->arena), list = json_new_array(ctx->arena);
    enum err err = q_unit_by_id(tx, ctx->arena, act->unit, &k->unit);

    if (!err)
        err = right_check(ctx, tx, RIGHT_CERTIFICATE_EDIT, act->unit, 0);
    if (err)
        return err;
    admin_check_line(ctx, "number", act->number, ADMIN_NAME_MAX);
    admin_check_text(ctx, "note", act->note, CERTIFICATE_NOTE_MAX);
    certificate_check_day(ctx, act->on, STR(""));
    if (!act->wish_count)
        problem_add(ctx, field(0, 0), WORD_PROBLEM_REQUIRED, STR(""));
    if (act->kind < CERTIFICATE_PERSON || act->kind > CERTIFICATE_DEVICE)
        problem_add(ctx, "kind", WORD_PROBLEM_REQUIRED, STR(""));
    for (size_t i = 0; !err && i < act->wish_count; i++)
        err = line_put(k, tx, i, list);
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    json_put_int(p, "unit", act->unit);
    json_put_text(p, "unit_name", k->unit.name);
    json_put_int(p, "act", CERTIFICATE_REQUEST);
    json_put_int(p, "state", CERTIFICATE_REQUESTED);
    json_put_text(p, "on", date_iso(ctx->arena, act->on));
    json_put_text(p, "document", act->number);
    json_put_text(p, "note", act->note);
    json_put_json(p, "list", list);
    return certificate_journal(ctx, tx, "certificate.request", 0, certificate_moment(ctx, act->on, (struct instant){INT64_MIN}), p, &act->id);
}

enum err act_certificate_request(struct act_certificate_request *act, struct ctx *ctx)
{
    struct asking k = {.act = act, .ctx = ctx, .purpose = CERTIFICATE_NEW};

    return act->wish_count > CERTIFICATE_WISHES_MAX ? ERR_LIMIT : admin_transact(ctx, request_in_transaction, &k);
}

/* ---- renewal and change ---- */

struct renewing {
    struct act_certificate_renew *act;
    struct ctx *ctx;
};

static enum err renew_in_transaction(struct db *tx, void *arg)
{
    struct renewing *r = arg;
    struct ctx *ctx = r->ctx;
    struct act_certificate_renew *act = r->act;
    struct certificate_hand h;
    struct certificate_wish wish = {.birth = DATE_NEVER};
    enum err err = certificate_load(ctx, tx, act->id, &h);

    if (err)
        return err;
    /* Other words in a certificate are no renewal: its last days do not matter. */
    if (act->purpose == CERTIFICATE_CHANGE)
        h.facts.ends_on = DATE_NEVER;
    act->why = certificate_may(&h.facts, CERTIFICATE_RENEW).why;
    if (act->why != CERTIFICATE_ALLOWED)
        return OK;
    wish.person = h.c.person_id_null ? 0 : h.c.person_id;
    wish.id_no = h.c.id_no;
    if (h.c.birth.n && date_parse(h.c.birth, &wish.birth))
        return ERR_STORE;
    struct act_certificate_request request = {.unit = h.c.unit_id, .kind = (enum certificate_kind)h.c.kind, .number = act->number, .on = act->on,
                                              .note = STR(""), .wish = &wish, .wish_count = 1};
    struct asking k = {.act = &request, .ctx = ctx, .purpose = act->purpose, .replaces = act->id};
    /* Whoever moved is asked for where the work is now. */
    struct q_person_by_id p;
    if (act->purpose == CERTIFICATE_CHANGE && h.c.kind == CERTIFICATE_PERSON && wish.person) {
        err = q_person_by_id(tx, ctx->arena, wish.person, &p);
        request.unit = err ? 0 : p.unit_id;
    }
    if (!err)
        err = request_in_transaction(tx, &k);
    act->request = request.id;
    return err;
}

enum err act_certificate_renew(struct act_certificate_renew *act, struct ctx *ctx)
{
    struct renewing r = {act, ctx};

    if (act->purpose != CERTIFICATE_RENEWAL && act->purpose != CERTIFICATE_CHANGE)
        return ERR_INVALID;
    return admin_transact(ctx, renew_in_transaction, &r);
}

/* ---- one step of its life ---- */

struct changing {
    struct act_certificate_change *act;
    struct ctx *ctx;
};

static void change_check(struct ctx *ctx, const struct act_certificate_change *act, const struct certificate_hand *h)
{
    bool reasoned = act->act == CERTIFICATE_REVOKE || act->act == CERTIFICATE_SUSPEND;
    bool reviewed = act->act == CERTIFICATE_REVIEW;

    certificate_check_day(ctx, act->on, h->last_on);
    admin_check_line(ctx, "number", act->number, ADMIN_NAME_MAX);
    admin_check_text(ctx, "note", act->note, CERTIFICATE_NOTE_MAX);
    if (reasoned && (act->reason <= CERTIFICATE_NO_REASON || act->reason >= CERTIFICATE_REASON__COUNT))
        problem_add(ctx, "reason", WORD_PROBLEM_REQUIRED, STR(""));
    if (reviewed && (act->decision < CERTIFICATE_KEEP || act->decision >= CERTIFICATE_DECISION__COUNT))
        problem_add(ctx, "decision", WORD_PROBLEM_REQUIRED, STR(""));
    if ((reviewed || (reasoned && act->reason == CERTIFICATE_OTHER)) && str_is_empty(str_trim(act->note)))
        problem_add(ctx, "note", WORD_PROBLEM_REQUIRED, STR(""));
}

/* Kept after a review: for where the owner is now. */
static enum err review_put(struct ctx *ctx, struct db *tx, const struct act_certificate_change *act, const struct certificate_hand *h, struct json p)
{
    struct q_person_by_id person;

    json_put_int(p, "decision", act->decision);
    if (act->decision == CERTIFICATE_TAKE_BACK) {
        json_put_int(p, "state", h->c.state <= CERTIFICATE_SENT ? CERTIFICATE_DROPPED : CERTIFICATE_REVOKED);
        json_put_int(p, "reason", CERTIFICATE_LEFT);
    }
    if (act->decision != CERTIFICATE_KEEP || h->c.person_id_null)
        return OK;
    enum err err = q_person_by_id(tx, ctx->arena, h->c.person_id, &person);
    if (err)
        return err;
    if (!person.is_active)
        problem_add(ctx, "decision", WORD_CERTIFICATE_PROBLEM_NOT_ACTIVE, person.name);
    json_put_int(p, "post_unit", person.unit_id);
    json_put_text(p, "post_title", person.title);
    return OK;
}

static enum err request_put(struct ctx *ctx, struct db *tx, const struct certificate_hand *h, struct json p)
{
    struct q_certificate_of_request *row;
    size_t count;
    struct json all = json_new_array(ctx->arena);
    enum err err = q_certificate_of_request(tx, ctx->arena, h->c.request_id, &row, &count);

    for (size_t i = 0; !err && i < count; i++)
        if (row[i].state == CERTIFICATE_REQUESTED && row[i].unit_id == h->c.unit_id)
            json_append_int(all, row[i].id);
    json_put_json(p, "all", all);
    return err;
}

static enum err change_in_transaction(struct db *tx, void *arg)
{
    struct changing *c = arg;
    struct ctx *ctx = c->ctx;
    struct act_certificate_change *act = c->act;
    struct certificate_hand h;
    struct json p = json_new_object(ctx->arena);
    enum err err = certificate_load(ctx, tx, act->id, &h);

    if (err)
        return err;
    struct certificate_verdict v = certificate_may(&h.facts, act->act);
    act->why = v.why;
    if (v.why != CERTIFICATE_ALLOWED)
        return v.why == CERTIFICATE_NOT_KEEPER || v.why == CERTIFICATE_NOT_OWNER ? ERR_FORBIDDEN : OK;
    change_check(ctx, act, &h);
    json_put_int(p, "act", act->act);
    json_put_int(p, "state", v.state);
    json_put_text(p, "on", date_iso(ctx->arena, act->on));
    json_put_int(p, "reason", act->act == CERTIFICATE_REVOKE || act->act == CERTIFICATE_SUSPEND ? act->reason : CERTIFICATE_NO_REASON);
    json_put_text(p, "note", act->note);
    json_put_text(p, "document", act->number);
    if (act->act == CERTIFICATE_HAND_OVER)
        json_put_text(p, "minutes", act->number);
    if (act->act == CERTIFICATE_RETURN)
        json_put_text(p, "returned", date_iso(ctx->arena, act->on));
    if (act->act == CERTIFICATE_REVIEW)
        err = review_put(ctx, tx, act, &h, p);
    if (!err && act->act == CERTIFICATE_SEND)
        err = request_put(ctx, tx, &h, p);
    if (!err)
        err = admin_form_done(ctx);
    return err ? err : certificate_journal(ctx, tx, "certificate.change", act->id, certificate_moment(ctx, act->on, h.last_at), p, NULL);
}

enum err act_certificate_change(struct act_certificate_change *act, struct ctx *ctx)
{
    struct changing c = {act, ctx};

    if (act->act <= CERTIFICATE_REQUEST || act->act >= CERTIFICATE_RENEW || act->act == CERTIFICATE_ISSUE)
        return ERR_INVALID;
    return admin_transact(ctx, change_in_transaction, &c);
}

/* ---- a complete register ---- */

struct completing {
    struct ctx *ctx;
    int64_t unit;
    struct date since;
};

static enum err complete_in_transaction(struct db *tx, void *arg)
{
    struct completing *c = arg;
    struct json p = json_new_object(c->ctx->arena);
    enum err err = right_check(c->ctx, tx, RIGHT_CERTIFICATE_EDIT, c->unit, 0);

    json_put_text(p, "since", date_iso(c->ctx->arena, c->since));
    struct admin_entry e = {"certificate.register", "unit", c->unit, {0}, p};
    return err ? err : admin_journal(c->ctx, tx, &e, NULL);
}

enum err act_certificate_complete(struct ctx *ctx, int64_t unit, struct date since)
{
    struct completing c = {ctx, unit, since};

    return admin_transact(ctx, complete_in_transaction, &c);
}
