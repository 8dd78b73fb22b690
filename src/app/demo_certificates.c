/* The certificates of the demonstration city; data/demo/certificates.yaml. */
#include "app/demo.h"

#include "acts/certificate.h"
#include "app/facts.h"
#include "format/yaml.h"

struct issue {
    struct session *s;
    const struct demo_staff *staff;
    struct demo_names *names;
    struct random random;
    struct json facts;
    struct date from, to;
    int64_t leaders, organisations;
    struct certificate_row *row;
    size_t count;
};

static struct certificate_row *next(struct issue *d, int64_t unit, enum certificate_kind kind, struct str name, struct str title)
{
    struct arena *a = d->s->arena;
    struct certificate_row *r = &d->row[d->count++];

    *r = (struct certificate_row){
        .line = d->count, .unit = unit, .kind = kind, .login = STR(""), .name = name, .title = title, .token = str_format(a, "VGCA-17-%04zu", d->count),
        .serial = str_format(a, "54%06zX", 0x1000 + d->count), .subject = name, .issuer = json_text(d->facts, "issuer"), .number = json_text(d->facts, "number"),
        .is_leader = kind == CERTIFICATE_PERSON, .is_public_service = true, .from = d->from, .to = d->to,
    };
    return r;
}

static const struct demo_person *head_of(const struct demo_staff *staff, struct str unit)
{
    for (size_t i = 0; i < staff->count; i++)
        if (str_eq(staff->person[i].unit_code, unit) && str_eq(staff->person[i].role, STR("lanh-dao-phong")))
            return &staff->person[i];
    return NULL;
}

/* Heads of departments have accounts; their deputies are names in the register only. */
static enum err department(struct issue *d, struct json one)
{
    const struct demo_person *head = head_of(d->staff, json_text(one, "unit"));
    int64_t deputies;
    bool woman;

    if (!head || yaml_int(one, "deputies", 0, 10, &deputies))
        return ERR_INVALID;
    if ((int64_t)d->count + deputies + 2 > d->leaders + d->organisations)
        return ERR_INVALID;
    next(d, head->unit, CERTIFICATE_PERSON, head->name, head->title)->login = head->login;
    for (int64_t i = 0; i < deputies; i++)
        next(d, head->unit, CERTIFICATE_PERSON, demo_name(d->names, &d->random, d->s->arena, &woman), json_text(one, "title"));
    next(d, head->unit, CERTIFICATE_ORGANISATION, head->unit_name, STR(""));
    return OK;
}

/* The leaders of the city, whose grant is of all of it; then wards, one for each of their heads, as far as there are tokens. */
static void leaders(struct issue *d, bool of_city)
{
    for (size_t i = 0; i < d->staff->count && (int64_t)d->count < d->leaders + d->organisations; i++) {
        const struct demo_person *p = &d->staff->person[i];
        if (!str_eq(p->role, STR("lanh-dao")) || str_eq(p->unit_code, STR("bien-hoa")) != of_city)
            continue;
        if (of_city)
            next(d, p->unit, CERTIFICATE_PERSON, p->name, p->title)->login = p->login;
        else
            next(d, p->unit, CERTIFICATE_ORGANISATION, p->unit_name, STR(""));
    }
}

static enum err facts_read(struct issue *d)
{
    struct arena *a = d->s->arena;
    struct str text;
    struct fault fault;

    if (!facts_find(STR("demo/certificates.yaml"), &text))
        return ERR_NOT_FOUND;
    enum err err = yaml_parse(a, text, &d->facts, &fault);
    if (!err)
        err = yaml_int(d->facts, "leaders", 1, CERTIFICATE_ENTER_MAX / 2, &d->leaders);
    if (!err)
        err = yaml_int(d->facts, "organisations", 1, CERTIFICATE_ENTER_MAX / 2, &d->organisations);
    if (!err)
        err = date_parse(json_text(d->facts, "from"), &d->from);
    if (!err)
        err = date_parse(json_text(d->facts, "to"), &d->to);
    if (!err)
        err = demo_names_read(a, &d->names);
    return err;
}

enum err demo_certificates(struct session *s, const struct demo_staff *staff, uint64_t seed)
{
    struct issue d = {.s = s, .staff = staff};
    enum err err = facts_read(&d);

    if (err)
        return err;
    random_open_seeded(&d.random, seed ^ 0xce27);
    d.row = ARENA_ARRAY(s->arena, struct certificate_row, (size_t)(d.leaders + d.organisations));
    leaders(&d, true);
    struct json list = json_get(d.facts, "departments");
    for (size_t i = 0; !err && i < json_length(list); i++)
        err = department(&d, json_at(list, i));
    if (err)
        return err;
    leaders(&d, false);
    struct act_certificate_enter act = {.row = d.row, .row_count = d.count};
    err = act_certificate_enter(&act, &s->ctx);
    return err || (int64_t)act.entered == d.leaders + d.organisations ? err : ERR_INVALID;
}
