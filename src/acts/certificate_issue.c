/* Certificates that come: from their file, from a list that was kept before; and the warnings before they end. */
#include "acts/certificate_load.h"

#include "acts/admin.h"
#include "acts/file.h"
#include "acts/people.h"
#include "base/text.h"
#include "format/csv.h"
#include "sign/key.h"
#include "sql_person.h"
#include "sql_unit.h"

enum { WARNINGS_MAX = 500 };

/* ---- from its file ---- */

struct issuing {
    struct act_certificate_issue *act;
    struct ctx *ctx;
    struct sign_key *key;   /* NULL: the file is none */
};

static bool is_same_name(struct arena *a, struct str one, struct str other)
{
    return one.n && str_eq(text_lower(a, text_nfc(a, one)), text_lower(a, text_nfc(a, other)));
}

static struct str subject_of(struct arena *a, const struct sign_person *p)
{
    const struct str part[] = {p->name, p->title, p->unit, p->organisation, p->email};
    struct buf b = buf_in(a);

    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (part[i].n)
            buf_format(&b, "%s%" PRIstr, b.n ? ", " : "", STR_ARG(part[i]));
    return buf_str(&b);
}

static enum err same_check(struct ctx *ctx, struct db *tx, struct str issuer, struct str serial, struct str *ret_name)
{
    struct q_certificate_same same;
    enum err err = q_certificate_same(tx, ctx->arena, issuer, serial, &same);

    *ret_name = err ? STR("") : same.name;
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err file_check(const struct issuing *i, struct db *tx, const struct certificate_hand *h, const struct sign_person *who)
{
    struct ctx *ctx = i->ctx;
    struct str other;
    struct date from = zone_date(certificate_zone(), who->not_before), to = zone_date(certificate_zone(), who->not_after);
    enum err err = same_check(ctx, tx, who->issuer, who->serial, &other);

    if (other.n)
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_SAME_SERIAL, other);
    if (h->c.kind != CERTIFICATE_DEVICE && !is_same_name(ctx->arena, who->name, h->c.name))
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_NAME, who->name);
    if (date_cmp(to, ctx_today(ctx)) < 0)
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_OVER, date_vietnamese(ctx->arena, to));
    /* A day's grace, as authorities end a certificate at the hour at which they made it. */
    else if (date_cmp(to, date_add_days(date_add_months(from, 12 * CERTIFICATE_YEARS_MAX), 1)) > 0)
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_TOO_LONG, STR(""));
    return err;
}

/* The position for which it is: where the owner works when it is issued. */
static enum err post_put(struct ctx *ctx, struct db *tx, bool has_person, int64_t person, int64_t unit, struct json o)
{
    struct q_person_by_id p;

    json_put_int(o, "post_unit", unit);
    json_put_text(o, "post_title", STR(""));
    if (!has_person)
        return OK;
    enum err err = q_person_by_id(tx, ctx->arena, person, &p);
    if (err)
        return err;
    json_put_int(o, "post_unit", p.unit_id);
    json_put_text(o, "post_title", p.title);
    return OK;
}

static enum err issued_put(const struct issuing *i, struct db *tx, const struct certificate_hand *h, struct json p)
{
    struct ctx *ctx = i->ctx;
    struct arena *a = ctx->arena;
    struct json o = json_new_object(a);
    struct sign_person who = sign_key_person(a, i->key);
    enum err err = file_check(i, tx, h, &who);

    json_put_text(o, "token", i->act->token);
    json_put_text(o, "serial", who.serial);
    json_put_text(o, "subject", subject_of(a, &who));
    json_put_text(o, "issuer", who.issuer);
    json_put_bool(o, "is_public_service", i->act->is_public_service);
    json_put_text(o, "not_before", instant_iso(a, who.not_before));
    json_put_text(o, "not_after", instant_iso(a, who.not_after));
    json_put_text(o, "ends_on", date_iso(a, zone_date(certificate_zone(), who.not_after)));
    json_put_text(o, "hash", file_hash(a, sign_key_certificate(a, i->key)));
    json_put_text(o, "number", i->act->number);
    json_put_text(o, "search", certificate_search(a, h->c.name, h->c.unit_name, i->act->token, who.serial, i->act->number));
    json_put_json(p, "issued", o);
    return err ? err : post_put(ctx, tx, !h->c.person_id_null, h->c.person_id, h->c.unit_id, o);
}

static enum err issue_in_transaction(struct db *tx, void *arg)
{
    struct issuing *i = arg;
    struct ctx *ctx = i->ctx;
    struct act_certificate_issue *act = i->act;
    struct certificate_hand h;
    struct json p = json_new_object(ctx->arena);
    enum err err = certificate_load(ctx, tx, act->id, &h);

    if (err)
        return err;
    struct certificate_verdict v = certificate_may(&h.facts, CERTIFICATE_ISSUE);
    act->why = v.why;
    if (v.why != CERTIFICATE_ALLOWED)
        return v.why == CERTIFICATE_NOT_KEEPER ? ERR_FORBIDDEN : OK;
    certificate_check_day(ctx, act->on, h.last_on);
    admin_need_line(ctx, "token", act->token, ADMIN_CODE_MAX);
    admin_check_line(ctx, "number", act->number, ADMIN_NAME_MAX);
    if (i->key)
        err = issued_put(i, tx, &h, p);
    else
        problem_add(ctx, "file", WORD_CERTIFICATE_PROBLEM_FILE, STR(""));
    if (!err)
        err = admin_form_done(ctx);
    if (err)
        return err;
    json_put_int(p, "act", CERTIFICATE_ISSUE);
    json_put_int(p, "state", v.state);
    json_put_text(p, "on", date_iso(ctx->arena, act->on));
    json_put_int(p, "reason", CERTIFICATE_NO_REASON);
    json_put_text(p, "note", STR(""));
    json_put_text(p, "document", act->number);
    return certificate_journal(ctx, tx, "certificate.change", act->id, certificate_moment(ctx, act->on, h.last_at), p, NULL);
}

enum err act_certificate_issue(struct act_certificate_issue *act, struct ctx *ctx)
{
    struct issuing i = {.act = act, .ctx = ctx};
    enum err err = act->file.n <= CERTIFICATE_FILE_MAX ? sign_key_elsewhere(ctx->arena, act->file, &i.key) : ERR_INVALID;

    if (err && err != ERR_INVALID)
        return err;
    if (err)
        i.key = NULL;
    return admin_transact(ctx, issue_in_transaction, &i);
}

/* ---- from a list ---- */

struct entering {
    struct act_certificate_enter *act;
    struct ctx *ctx;
};

static void refuse(struct certificate_row *r, enum word why, struct str of)
{
    if (r->is_refused)
        return;
    r->is_refused = true;
    r->problem = why;
    r->problem_of = of;
}

static bool is_serial(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] >= 'A' && s.p[i] <= 'F') && !(s.p[i] >= 'a' && s.p[i] <= 'f'))
            return false;
    return s.n > 0 && s.n <= ADMIN_CODE_MAX;
}

static enum err row_check(const struct entering *n, struct db *tx, size_t i, struct q_unit_by_id *ret_unit)
{
    struct ctx *ctx = n->ctx;
    struct certificate_row *r = &n->act->row[i];
    struct str other;
    enum err err = q_unit_by_id(tx, ctx->arena, r->unit, ret_unit);

    if (err == ERR_NOT_FOUND) {
        refuse(r, WORD_CERTIFICATE_PROBLEM_NO_UNIT, STR(""));
        return OK;
    }
    if (!err)
        err = right_check(ctx, tx, RIGHT_CERTIFICATE_EDIT, r->unit, 0);
    if (err == ERR_FORBIDDEN) {
        refuse(r, WORD_CERTIFICATE_PROBLEM_NOT_YOURS, ret_unit->name);
        return OK;
    }
    if (err)
        return err;
    if (!is_serial(r->serial))
        refuse(r, WORD_CERTIFICATE_PROBLEM_SERIAL, r->serial);
    if (str_is_empty(r->issuer) || str_is_empty(r->name) || r->issuer.n > ADMIN_NAME_MAX || r->name.n > ADMIN_NAME_MAX || r->title.n > ADMIN_NAME_MAX ||
        r->subject.n > ADMIN_NAME_MAX || r->token.n > ADMIN_CODE_MAX || r->number.n > ADMIN_NAME_MAX)
        refuse(r, WORD_CERTIFICATE_PROBLEM_EMPTY, STR(""));
    if (date_cmp(r->to, r->from) < 0 || date_cmp(r->from, ctx_today(ctx)) > 0)
        refuse(r, WORD_CERTIFICATE_PROBLEM_DATES, STR(""));
    for (size_t k = 0; k < i; k++)
        if (!n->act->row[k].is_refused && str_eq(n->act->row[k].serial, r->serial) && str_eq(n->act->row[k].issuer, r->issuer))
            refuse(r, WORD_CERTIFICATE_PROBLEM_SAME_SERIAL, n->act->row[k].name);
    err = same_check(ctx, tx, r->issuer, r->serial, &other);
    if (other.n)
        refuse(r, WORD_CERTIFICATE_PROBLEM_SAME_SERIAL, other);
    return err;
}

static void entered_dates_put(struct ctx *ctx, const struct certificate_row *r, struct json o)
{
    struct arena *a = ctx->arena;
    struct instant from = zone_day_start(certificate_zone(), r->from);

    json_put_text(o, "not_before", instant_iso(a, from));
    /* The list knows the last day only: all of it counts. */
    json_put_text(o, "not_after", instant_iso(a, (struct instant){zone_day_start(certificate_zone(), date_add_days(r->to, 1)).ms - 1}));
    json_put_text(o, "ends_on", date_iso(a, r->to));
}

static enum err row_put(const struct entering *n, struct db *tx, const struct certificate_row *r, const struct q_unit_by_id *unit,
                        const struct q_person_by_id *person, struct json list)
{
    struct ctx *ctx = n->ctx;
    struct arena *a = ctx->arena;
    struct json c = json_new_object(a), o = json_new_object(a);

    json_put_int(c, "unit", r->unit);
    json_put_text(c, "unit_name", unit->name);
    json_put_text(c, "on", date_iso(a, r->from));
    json_put_text(c, "at", instant_iso(a, zone_day_start(certificate_zone(), r->from)));
    json_put_int(c, "kind", r->kind);
    json_put_int(c, "purpose", CERTIFICATE_NEW);
    json_put_int(c, "replaces", 0);
    json_put_int(c, "person", person ? person->id : 0);
    json_put_text(c, "name", r->name);
    json_put_text(c, "title", r->title);
    json_put_text(c, "birth", STR(""));
    json_put_text(c, "id_no", STR(""));
    json_put_text(c, "email", person ? person->email : STR(""));
    json_put_bool(c, "is_leader", r->is_leader);
    json_put_text(c, "search", STR(""));
    json_put_text(o, "token", r->token);
    json_put_text(o, "serial", text_upper(a, r->serial));
    json_put_text(o, "subject", r->subject);
    json_put_text(o, "issuer", r->issuer);
    json_put_bool(o, "is_public_service", r->is_public_service);
    entered_dates_put(ctx, r, o);
    json_put_text(o, "hash", STR(""));
    json_put_text(o, "number", r->number);
    json_put_text(o, "search", certificate_search(a, r->name, unit->name, r->token, r->serial, r->number));
    json_put_json(c, "issued", o);
    json_append(list, c);
    return post_put(ctx, tx, person != NULL, person ? person->id : 0, r->unit, o);
}

static enum err row_enter(const struct entering *n, struct db *tx, size_t i, struct json list)
{
    struct ctx *ctx = n->ctx;
    struct certificate_row *r = &n->act->row[i];
    struct q_unit_by_id unit = {.name = STR("")};
    struct q_person_by_id person;
    struct q_person_by_login found;
    enum err err = r->is_refused ? OK : row_check(n, tx, i, &unit);

    if (err || r->is_refused)
        return err;
    if (r->login.n) {
        err = q_person_by_login(tx, ctx->arena, r->login, &found);
        if (err == ERR_NOT_FOUND) {
            refuse(r, WORD_CERTIFICATE_PROBLEM_NO_PERSON, r->login);
            return OK;
        }
        if (!err)
            err = q_person_by_id(tx, ctx->arena, found.id, &person);
        /* Who moved since needs a decision, not an entry. */
        if (!err && r->kind == CERTIFICATE_PERSON && !is_same_name(ctx->arena, person.name, r->name)) {
            refuse(r, WORD_CERTIFICATE_PROBLEM_NAME, r->name);
            return OK;
        }
    }
    return err ? err : row_put(n, tx, r, &unit, r->login.n ? &person : NULL, list);
}

static enum err enter_in_transaction(struct db *tx, void *arg)
{
    struct entering *n = arg;
    struct ctx *ctx = n->ctx;
    struct json p = json_new_object(ctx->arena), list = json_new_array(ctx->arena);
    enum err err = admin_right_any(ctx, tx, RIGHT_CERTIFICATE_EDIT);

    for (size_t i = 0; !err && i < n->act->row_count; i++)
        err = row_enter(n, tx, i, list);
    n->act->entered = json_length(list);
    if (err || !n->act->entered)
        return err;
    json_put_int(p, "act", CERTIFICATE_ISSUE);
    json_put_int(p, "state", CERTIFICATE_ACTIVE);
    json_put_text(p, "on", ctx_today_iso(ctx));
    json_put_text(p, "document", STR(""));
    json_put_text(p, "note", STR(""));
    json_put_int(p, "reason", CERTIFICATE_NO_REASON);
    json_put_json(p, "list", list);
    return certificate_journal(ctx, tx, "certificate.enter", 0, ctx->now, p, NULL);
}

enum err act_certificate_enter(struct act_certificate_enter *act, struct ctx *ctx)
{
    struct entering n = {act, ctx};

    return act->row_count > CERTIFICATE_ENTER_MAX ? ERR_LIMIT : admin_transact(ctx, enter_in_transaction, &n);
}

/* ---- warnings ---- */

static const int WARN_DAYS[] = {CERTIFICATE_WARN_DAYS, 30, 7};

struct warning {
    struct ctx *ctx;
    int64_t id, days;
};

static enum err warn_in_transaction(struct db *tx, void *arg)
{
    struct warning *w = arg;
    struct json p = json_new_object(w->ctx->arena);

    json_put_int(p, "days", w->days);
    return certificate_journal(w->ctx, tx, "certificate.warn", w->id, w->ctx->now, p, NULL);
}

enum err act_certificate_warn(struct ctx *ctx, int64_t n, int64_t *ret_done)
{
    int64_t done = 0;
    struct date today = ctx_today(ctx);
    enum err err = OK;

    /* The last first: who is told that seven days are left needs no sixty any more. */
    for (size_t k = sizeof WARN_DAYS / sizeof WARN_DAYS[0]; !err && k-- > 0;) {
        struct q_certificate_ending *row;
        size_t count;
        err = q_certificate_ending(ctx_db(ctx), ctx->arena, date_iso(ctx->arena, today), date_iso(ctx->arena, date_add_days(today, WARN_DAYS[k])), WARN_DAYS[k],
                                   n - done, &row, &count);
        for (size_t i = 0; !err && i < count; i++) {
            struct warning w = {ctx, row[i].id, WARN_DAYS[k]};
            err = ctx_transact(ctx, warn_in_transaction, &w);
            done += !err;
        }
    }
    if (err)
        return err;
    *ret_done = done;
    return OK;
}

enum err act_certificate_warned(struct ctx *ctx, struct q_certificate_warned **ret, size_t *ret_count)
{
    return q_certificate_warned(ctx_db(ctx), ctx->arena, ctx->actor.id, ctx_today_iso(ctx), WARNINGS_MAX, ret, ret_count);
}
