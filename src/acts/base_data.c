#include "acts/base_data.h"

#include "acts/admin.h"
#include "acts/base_data_books.h"
#include "acts/base_data_documents.h"
#include "acts/base_data_procedures.h"
#include "acts/calendar.h"
#include "acts/organisation.h"
#include "acts/people.h"
#include "sql_document.h"
#include "sql_person.h"
#include "sql_unit.h"
#include "store/calendar.h"
#include "store/journal.h"

/* ---- defects: every one names its file and entry ---- */

enum err base_fault(struct base_loading *b, const char *what, struct str which)
{
    const struct problem *p = b->ctx->problems.first;

    return fault_at(b->ctx->arena, b->fault, 0, ERR_INVALID, "data/%s: %s '%" PRIstr "'%s%s%s%" PRIstr, b->file, what,
                    STR_ARG(which), p ? ", " : "", p ? p->field : "", p ? ": " : "",
                    STR_ARG(p ? word(LANG_EN, p->word) : STR("")));
}

static enum err checked(struct base_loading *b, const char *what, struct str which, enum err err)
{
    return err == ERR_INVALID || err == ERR_NOT_FOUND || err == ERR_CONFLICT ? base_fault(b, what, which) : err;
}

enum err base_file_read(struct base_loading *b, const char *file, struct str *ret_text, struct json *ret)
{
    struct fault fault = {.why = STR("")};

    b->file = file;
    if (!b->find(str_of(file), ret_text))
        return base_fault(b, "there is no file", str_of(file));
    if (yaml_parse(b->ctx->arena, *ret_text, ret, &fault) == OK)
        return OK;
    return fault_at(b->ctx->arena, b->fault, fault.line, ERR_INVALID, "data/%s: %" PRIstr, file, STR_ARG(fault.why));
}

/* ---- the first entries, before there is anybody to act ---- */

static enum err first(struct base_loading *b, const char *act, const char *kind, struct json payload, int64_t *ret_id)
{
    struct ctx *ctx = b->ctx;
    struct journal_entry e = {
        .unit = ADMIN_ROOT, .happened_at = ctx->now, .recorded_at = ctx->now, .actor = JOURNAL_ACTOR_SYSTEM,
        .act = str_of(act), .subject_kind = str_of(kind), .payload = payload,
    };
    enum err err = journal_append(ctx->tx, ctx->arena, &e);

    if (!err && ret_id)
        *ret_id = e.pos;
    return err;
}

static enum err calendar_first(struct base_loading *b)
{
    struct ctx *ctx = b->ctx;
    struct arena *a = ctx->arena;
    struct calendar c;
    struct json doc, payload = json_new_object(a);
    struct str text;
    enum err err = base_file_read(b, "calendars/vn.yaml", &text, &doc);

    if (!err)
        err = calendar_file_read(a, text, &c, b->fault);
    if (err)
        return err;
    json_put_text(payload, "code", c.code);
    json_put_text(payload, "name", json_text(doc, "name"));
    err = first(b, "calendar.add", "calendar", payload, &b->calendar);
    for (size_t i = 0; !err && i < c.hours_count; i++) {
        struct json hours = json_new_object(a);
        struct journal_entry e = {.unit = ADMIN_ROOT, .happened_at = ctx->now, .recorded_at = ctx->now,
                                  .act = STR("calendar.hours"), .subject_kind = STR("calendar"),
                                  .subject_id = b->calendar, .payload = hours};
        json_put_text(hours, "valid_from", date_iso(a, c.hours[i].valid_from));
        json_put_int(hours, "cut_off", c.hours[i].cut_off);
        json_put_text(hours, "work", week_hours_text(a, c.hours[i].work));
        json_put_text(hours, "intake", week_hours_text(a, c.hours[i].intake));
        err = journal_append(ctx->tx, a, &e);
    }
    return err;
}

static enum err root_first(struct base_loading *b)
{
    struct json p = json_new_object(b->ctx->arena);

    json_put_text(p, "code", ADMIN_ROOT);
    json_put_text(p, "name", STR("Hệ thống"));
    json_put_text(p, "short_name", STR("Hệ thống"));
    json_put_text(p, "kind", unit_kind_code(UNIT_ROOT));
    json_put_int(p, "calendar", b->calendar);
    json_put_text(p, "zone", STR("Asia/Ho_Chi_Minh"));
    json_put_text(p, "valid_from", STR("1900-01-01"));
    json_put_text(p, "valid_to", STR("9999-12-31"));
    return first(b, "unit.add", "unit", p, &b->root);
}

static struct json rights_all(struct arena *a)
{
    struct json rights = json_new_array(a);

    for (int r = 0; r < RIGHT__COUNT; r++)
        json_append_text(rights, right_code((enum right)r));
    return rights;
}

/* The person in whose name the command line acts: every right at the root, no password. */
static enum err system_first(struct base_loading *b)
{
    struct arena *a = b->ctx->arena;
    struct json role = json_new_object(a), person = json_new_object(a), grant = json_new_object(a), field = json_new_object(a);
    int64_t id;

    json_put_text(field, "code", STR("khac")); /* without any field nobody would have a right over one */
    json_put_text(field, "name", STR("Lĩnh vực khác"));
    json_put_int(field, "sort_no", 999);
    json_put_text(role, "code", ROLE_SYSTEM);
    json_put_text(role, "name", STR("Hệ thống (chương trình tự thực hiện)"));
    json_put_json(role, "rights", rights_all(a));
    json_put_text(person, "login", PERSON_SYSTEM);
    json_put_text(person, "name", STR("Hệ thống"));
    json_put_int(person, "unit", b->root);
    enum err err = first(b, "field.set", "field", field, NULL);
    if (!err)
        err = first(b, "role.define", "role", role, NULL);
    if (!err)
        err = first(b, "person.add", "person", person, &id);
    if (err)
        return err;
    json_put_int(grant, "person", id);
    json_put_text(grant, "role", ROLE_SYSTEM);
    json_put_int(grant, "unit", b->root);
    json_put_bool(grant, "subtree", true);
    json_put_text(grant, "valid_from", STR("1900-01-01"));
    json_put_text(grant, "valid_to", STR("9999-12-31"));
    err = first(b, "grant.add", "grant", grant, NULL);
    return err ? err : actor_load(b->ctx, PERSON_SYSTEM, &b->ctx->actor);
}

/* ---- lists ---- */

static enum err calendar_days(struct base_loading *b)
{
    struct calendar c;
    struct str text;
    struct json doc;
    enum err err = base_file_read(b, "calendars/vn.yaml", &text, &doc);

    if (!err)
        err = calendar_file_read(b->ctx->arena, text, &c, b->fault);
    struct act_calendar_days act = {.calendar = b->calendar, .set = c.day, .set_count = c.day_count};
    return err ? err : checked(b, "calendar", c.code, act_calendar_days(&act, b->ctx));
}

static enum err role_load(struct base_loading *b, struct json o)
{
    enum right right[RIGHT__COUNT];
    struct json rights = json_get(o, "rights");
    struct act_role_define act = {.code = json_text(o, "code"), .name = json_text(o, "name"), .right = right};

    if (str_eq(act.code, ROLE_SYSTEM))
        return OK;
    if (yaml_int(o, "sort_no", 0, 1000000, &act.sort_no))
        return base_fault(b, "role without sort_no", act.code);
    for (size_t i = 0; i < json_length(rights); i++) {
        struct str name = json_as_text(json_at(rights, i));
        if (act.right_count == RIGHT__COUNT || !right_find(name, &right[act.right_count++]))
            return base_fault(b, "there is no right", name);
    }
    return checked(b, "role", act.code, act_role_define(&act, b->ctx));
}

static enum err field_load(struct base_loading *b, struct json o)
{
    struct act_field_set act = {.code = json_text(o, "code"), .name = json_text(o, "name")};

    if (yaml_int(o, "sort_no", 0, 1000000, &act.sort_no))
        return base_fault(b, "field without sort_no", act.code);
    return checked(b, "field", act.code, act_field_set(&act, b->ctx));
}

static enum err reason_load(struct base_loading *b, struct json o)
{
    static const struct str OWNERS[] = {
        [PAUSE_US] = STR_INIT("us"), [PAUSE_OTHER_AGENCY] = STR_INIT("other_agency"), [PAUSE_CITIZEN] = STR_INIT("citizen"),
    };
    struct act_reason_set act = {.kind = json_text(o, "kind"), .code = json_text(o, "code"), .name = json_text(o, "name"),
                                 .basis = json_text(o, "basis")};
    int owner = 0;

    while (owner < PAUSE_OWNER__COUNT && !str_eq(OWNERS[owner], json_text(o, "owner")))
        owner++;
    if (owner == PAUSE_OWNER__COUNT)
        return base_fault(b, "owner is us, other_agency or citizen, not so in", act.code);
    act.owner = (enum pause_owner)owner;
    return checked(b, "reason", act.code, act_reason_set(&act, b->ctx));
}

/* A unit by code, and by the day from which it is valid where a code was used again. */
static enum err unit_find(struct base_loading *b, struct str code, struct str day, int64_t *ret)
{
    struct q_unit_by_code unit;
    struct q_unit_by_code_any any;
    enum err err;

    if (day.n) {
        err = q_unit_by_code(b->ctx->tx, b->ctx->arena, code, day, &unit);
        any.id = err ? 0 : unit.id;
    } else {
        err = q_unit_by_code_any(b->ctx->tx, b->ctx->arena, code, &any);
    }
    if (err)
        return checked(b, "there is no unit", code, err);
    *ret = any.id;
    return OK;
}

static enum err unit_load(struct base_loading *b, struct json o)
{
    struct act_unit_add act = {
        .code = json_text(o, "code"), .agency_code = json_text(o, "agency_code"), .name = json_text(o, "name"),
        .short_name = json_text(o, "short_name"), .zone = json_text(o, "zone"), .address = json_text(o, "address"),
        .phone = json_text(o, "phone"), .calendar = b->calendar,
    };

    if (!unit_kind_find(json_text(o, "kind"), &act.kind) || date_parse(json_text(o, "valid_from"), &act.valid_from) ||
        date_parse(json_text(o, "valid_to"), &act.valid_to) || yaml_int(o, "sort_no", 0, 1000000, &act.sort_no))
        return base_fault(b, "kind, dates or sort_no are wrong in unit", act.code);
    enum err err = unit_find(b, json_text(o, "parent"), STR(""), &act.parent);
    return err ? err : checked(b, "unit", act.code, act_unit_add(&act, b->ctx));
}

/* What ends keeps everything but its last day. */
static enum err end_load(struct base_loading *b, struct json o)
{
    struct str code = json_text(o, "code");
    struct q_unit_by_id u;
    int64_t id = 0;
    enum err err = unit_find(b, code, json_text(o, "valid_from"), &id);

    if (!err)
        err = q_unit_by_id(b->ctx->tx, b->ctx->arena, id, &u);
    if (err)
        return err;
    struct act_unit_change act = {.id = id, .name = u.name, .short_name = u.short_name, .agency_code = u.agency_code,
                                  .address = u.address, .phone = u.phone, .calendar = u.calendar_id};
    if (date_parse(json_text(o, "last_day"), &act.valid_to))
        return base_fault(b, "last_day is wrong in", code);
    return checked(b, "end of unit", code, act_unit_change(&act, b->ctx));
}

/* Later changes in the order of time: a code can be given again only after its unit has ended. */
static enum err changes_load(struct base_loading *b)
{
    struct str text, last;
    struct json doc;
    enum err err = base_file_read(b, "units/bien-hoa-2025.yaml", &text, &doc);
    struct json units = err ? (struct json){NULL} : json_get(doc, "units"), ends = err ? units : json_get(doc, "ends");
    bool *ended = ARENA_ARRAY(b->ctx->arena, bool, json_length(ends));

    for (size_t i = 0; !err && i <= json_length(units); i++) {
        last = i < json_length(units) ? json_text(json_at(units, i), "valid_from") : STR("9999-12-31");
        for (size_t e = 0; !err && e < json_length(ends); e++) {
            if (ended[e] || str_cmp(json_text(json_at(ends, e), "last_day"), last) >= 0)
                continue;
            ended[e] = true;
            err = end_load(b, json_at(ends, e));
        }
        if (!err && i < json_length(units))
            err = unit_load(b, json_at(units, i));
    }
    return err;
}

static enum err successor_load(struct base_loading *b, struct json o)
{
    struct json from = json_get(o, "from"), to = json_get(o, "to");
    struct act_unit_succeed act = {.unit = 0};
    enum err err = unit_find(b, json_text(from, "code"), json_text(from, "valid_from"), &act.unit);

    if (!err)
        err = unit_find(b, json_text(to, "code"), json_text(to, "valid_from"), &act.successor);
    if (!err && date_parse(json_text(o, "since"), &act.since))
        return base_fault(b, "since is wrong for the successor of", json_text(from, "code"));
    return err ? err : checked(b, "successor of", json_text(from, "code"), act_unit_succeed(&act, b->ctx));
}

static enum err each(struct base_loading *b, const char *file, const char *list,
                     enum err (*load)(struct base_loading *b, struct json o))
{
    struct str text;
    struct json doc;
    enum err err = base_file_read(b, file, &text, &doc);
    struct json items = err ? (struct json){NULL} : json_get(doc, list);

    for (size_t i = 0; !err && i < json_length(items); i++)
        err = load(b, json_at(items, i));
    return err;
}

/* ---- all ---- */

static const char *const PROCEDURES[] = {
    "procedures/ho-tich.yaml",          "procedures/chung-thuc.yaml",    "procedures/nuoi-con-nuoi.yaml",
    "procedures/ho-kinh-doanh.yaml",    "procedures/xay-dung.yaml",      "procedures/dat-dai.yaml",
    "procedures/cu-tru.yaml",           "procedures/bao-tro-xa-hoi.yaml", "procedures/nguoi-co-cong.yaml",
    "procedures/giam-ngheo.yaml",         "procedures/lien-thong.yaml",       "procedures/tin-nguong-ton-giao.yaml",
};

static enum err load_in_transaction(struct db *tx, void *arg)
{
    struct base_loading *b = arg;
    struct q_person_by_login there;

    b->ctx->tx = tx;
    enum err err = q_person_by_login(tx, b->ctx->arena, PERSON_SYSTEM, &there);
    err = err == OK ? ERR_CONFLICT : err == ERR_NOT_FOUND ? OK : err;
    if (!err)
        err = calendar_first(b);
    if (!err)
        err = root_first(b);
    if (!err)
        err = system_first(b);
    if (!err)
        err = calendar_days(b);
    if (!err)
        err = each(b, "roles.yaml", "roles", role_load);
    if (!err)
        err = each(b, "fields.yaml", "fields", field_load);
    if (!err)
        err = each(b, "reasons.yaml", "reasons", reason_load);
    if (!err)
        err = each(b, "units/bien-hoa-2018.yaml", "units", unit_load);
    if (!err)
        err = each(b, "document_types.yaml", "types", base_document_type_load);
    if (!err)
        err = each(b, "document_types.yaml", "series", base_document_series_load);
    if (!err)
        err = each(b, "units/bien-hoa-2018.yaml", "issuers", base_document_issuer_load);
    if (!err)
        err = changes_load(b);
    if (!err)
        err = each(b, "units/bien-hoa-2025.yaml", "successors", successor_load);
    for (size_t i = 0; !err && i < sizeof PROCEDURES / sizeof PROCEDURES[0]; i++)
        err = each(b, PROCEDURES[i], "procedures", base_procedure_load);
    if (!err)
        err = base_books_load(b, NULL);
    b->ctx->tx = NULL;
    return err;
}

enum err base_data_load(struct ctx *ctx, base_data_find *find, struct fault *ret_fault)
{
    struct base_loading b = {.ctx = ctx, .find = find, .fault = ret_fault};

    return db_transact(ctx->db, load_in_transaction, &b);
}

/* ---- what a newer program knows more ---- */

/* A right that no role but the system's holds: it did not exist when the store was made. */
static enum err rights_unheld(struct base_loading *b, bool *ret_new, bool *ret_system_lacks)
{
    struct q_role_rights *row;
    size_t count;
    bool system[RIGHT__COUNT] = {false};
    enum right right;
    enum err err = q_role_rights(b->ctx->tx, b->ctx->arena, &row, &count);

    for (int r = 0; r < RIGHT__COUNT; r++)
        ret_new[r] = true;
    for (size_t i = 0; !err && i < count; i++) {
        if (!right_find(row[i].right_code, &right))
            continue;
        if (str_eq(row[i].role, ROLE_SYSTEM))
            system[right] = true;
        else
            ret_new[right] = false;
    }
    *ret_system_lacks = false;
    for (int r = 0; r < RIGHT__COUNT; r++)
        *ret_system_lacks |= !system[r];
    return err;
}

struct renewing {
    struct base_loading b;
    bool is_new[RIGHT__COUNT];
    struct q_role_list *role;
    size_t role_count;
    struct q_role_rights *held;
    size_t held_count;
    struct base_renewal *said;
};

/* A role that is there keeps what was made of it and gets, of the rights that are new, those that the file gives it. */
static enum err role_renew(struct renewing *r, struct json o)
{
    enum right right[RIGHT__COUNT], one;
    struct json rights = json_get(o, "rights");
    struct act_role_define act = {.code = json_text(o, "code"), .right = right};
    const struct q_role_list *there = NULL;
    bool has[RIGHT__COUNT] = {false}, more = false;

    if (str_eq(act.code, ROLE_SYSTEM))
        return OK; /* it has them all */
    for (size_t i = 0; i < r->role_count; i++)
        there = str_eq(r->role[i].code, act.code) ? &r->role[i] : there;
    if (!there) {
        r->said->roles++;
        return role_load(&r->b, o);
    }
    act.name = there->name;
    act.sort_no = there->sort_no;
    for (size_t i = 0; i < r->held_count; i++)
        if (str_eq(r->held[i].role, act.code) && right_find(r->held[i].right_code, &one))
            has[one] = true;
    for (size_t i = 0; i < json_length(rights); i++)
        if (right_find(json_as_text(json_at(rights, i)), &one) && r->is_new[one])
            has[one] = more = true;
    if (!more)
        return OK;
    for (int i = 0; i < RIGHT__COUNT; i++)
        if (has[i])
            right[act.right_count++] = (enum right)i;
    r->said->roles++;
    return checked(&r->b, "role", act.code, act_role_define(&act, r->b.ctx));
}

static enum err system_renew(struct base_loading *b)
{
    struct json role = json_new_object(b->ctx->arena);

    json_put_text(role, "code", ROLE_SYSTEM);
    json_put_text(role, "name", STR("Hệ thống (chương trình tự thực hiện)"));
    json_put_json(role, "rights", rights_all(b->ctx->arena));
    return first(b, "role.define", "role", role, NULL);
}

static enum err roles_renew(struct renewing *r)
{
    struct base_loading *b = &r->b;
    struct json doc, list;
    struct str text;
    bool lacks;
    enum err err = rights_unheld(b, r->is_new, &lacks);

    if (!err && lacks)
        err = system_renew(b); /* first: who defines roles must hold what they hold */
    if (!err)
        err = q_role_list(b->ctx->tx, b->ctx->arena, &r->role, &r->role_count);
    if (!err)
        err = q_role_rights(b->ctx->tx, b->ctx->arena, &r->held, &r->held_count);
    if (!err)
        err = base_file_read(b, "roles.yaml", &text, &doc);
    list = err ? doc : json_get(doc, "roles");
    for (size_t i = 0; !err && i < json_length(list); i++)
        err = role_renew(r, json_at(list, i));
    return err;
}

/* A city of its own has none of these units. */
static enum err issuer_renew(struct base_loading *b, struct json o)
{
    struct q_unit_by_code_any unit;
    enum err err = q_unit_by_code_any(b->ctx->tx, b->ctx->arena, json_text(o, "unit"), &unit);

    return err == ERR_NOT_FOUND ? OK : err ? err : base_document_issuer_load(b, o);
}

/* Types that are missing; rows of numbers and issuers only where there are none at all. */
static enum err documents_renew(struct renewing *r)
{
    struct base_loading *b = &r->b;
    struct db *tx = b->ctx->tx;
    struct q_document_type_list *type;
    struct q_document_issuer_list *issuer;
    struct q_document_series_of *series;
    size_t types, issuers, rows;
    enum err err = q_document_type_list(tx, b->ctx->arena, &type, &types);

    if (!err)
        err = q_document_issuer_list(tx, b->ctx->arena, &issuer, &issuers);
    if (!err)
        err = q_document_series_of(tx, b->ctx->arena, 0, ctx_today_iso(b->ctx), &series, &rows);
    if (!err && !types) {
        err = each(b, "document_types.yaml", "types", base_document_type_load);
        r->said->documents = true;
    }
    if (!err && !rows)
        err = each(b, "document_types.yaml", "series", base_document_series_load);
    return err || issuers ? err : each(b, "units/bien-hoa-2018.yaml", "issuers", issuer_renew);
}

static enum err renew_in_transaction(struct db *tx, void *arg)
{
    struct renewing *r = arg;
    struct ctx *ctx = r->b.ctx;
    struct base_books books = {0};

    *r->said = (struct base_renewal){0};
    ctx->tx = tx;
    enum err err = actor_load(ctx, PERSON_SYSTEM, &ctx->actor);
    if (!err)
        err = roles_renew(r);
    if (!err)
        err = documents_renew(r);
    if (!err)
        err = base_books_load(&r->b, &books);
    r->said->books = books.books;
    r->said->definitions = books.definitions;
    ctx->tx = NULL;
    return err;
}

enum err base_data_renew(struct ctx *ctx, base_data_find *find, struct base_renewal *ret, struct fault *ret_fault)
{
    struct renewing r = {.b = {.ctx = ctx, .find = find, .fault = ret_fault}, .said = ret};

    return db_transact(ctx->db, renew_in_transaction, &r);
}
