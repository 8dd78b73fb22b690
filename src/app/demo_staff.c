/* Who works in the demonstration city. */
#include "app/demo.h"

#include "acts/cache.h"
#include "acts/people.h"
#include "app/facts.h"
#include "crypto/password.h"
#include "format/yaml.h"
#include "sql_person.h"
#include "sql_session.h"
#include "sql_unit.h"

/* What each kind of unit needs: how many, and how their user names begin. */
static const struct post {
    const char *kind;   /* of the unit */
    const char *unit;   /* this unit only, or NULL */
    const char *login, *role, *title;
    int count;
    bool everywhere;    /* the grant reaches everything below the city … */
    bool at_root;       /* … or below the root, where units, people and calendars are kept */
} POSTS[] = {
    {"ward", NULL, "motcua", "mot-cua", "Công chức một cửa", 2, false},
    {"ward", NULL, "chuyenvien", "chuyen-vien", "Công chức chuyên môn", 2, false},
    {"ward", NULL, "chutich", "lanh-dao", "Chủ tịch UBND", 1, false},
    {"counter", NULL, "motcua", "mot-cua", "Công chức một cửa", 8, false},
    {"department", NULL, "truongphong", "lanh-dao-phong", "Trưởng phòng", 1, false},
    {"department", NULL, "chuyenvien", "chuyen-vien", "Chuyên viên", 3, false},
    {"agency", NULL, "truongphong", "lanh-dao-phong", "Phụ trách", 1, false},
    {"agency", NULL, "chuyenvien", "chuyen-vien", "Chuyên viên", 2, false},
    {"city", NULL, "chutich", "lanh-dao", "Chủ tịch UBND thành phố", 1, true},
    {"city", NULL, "phochutich", "lanh-dao", "Phó Chủ tịch UBND thành phố", 2, true},
    {"city", NULL, "vanthu", "van-thu", "Văn thư", 1, false},
    {"city", NULL, "quantri", "quan-tri", "Quản trị hệ thống", 1, true, true},
    {"city", NULL, "thanhtra", "thanh-tra", "Thanh tra viên", 1, true},
    {"department", "van-phong", "kiemsoat", "kiem-soat-tthc", "Cán bộ kiểm soát thủ tục hành chính", 1, true},
    {"department", "phong-noi-vu", "cchc", "cchc", "Chuyên viên cải cách hành chính", 1, true},
    {"ward", NULL, "vanthu", "van-thu", "Văn thư", 1, false},
    {"department", NULL, "vanthu", "van-thu", "Văn thư", 1, false},
};

/* ---- names ---- */

struct weighted {
    struct str text;
    uint64_t until; /* running sum of weights */
};
struct weights {
    struct weighted *item;
    size_t count;
};
struct demo_names {
    struct weights family, middle[2], given[2], street;
};

static enum err weights_read(struct arena *a, struct json list, struct weights *ret)
{
    uint64_t sum = 0;

    ret->count = json_length(list);
    ret->item = ARENA_ARRAY(a, struct weighted, ret->count);
    for (size_t i = 0; i < ret->count; i++) {
        struct json one = json_at(list, i);
        int64_t weight = 1;
        if (json_kind(one) == JSON_KIND_OBJECT) {
            ret->item[i].text = json_text(one, "name");
            if (yaml_int(one, "weight", 1, 1000000000, &weight))
                return ERR_INVALID;
        } else {
            ret->item[i].text = json_as_text(one);
        }
        sum += (uint64_t)weight;
        ret->item[i].until = sum;
    }
    return ret->count ? OK : ERR_INVALID;
}

static struct str draw(const struct weights *w, struct random *r)
{
    uint64_t at = random_below(r, w->item[w->count - 1].until);
    size_t i = 0;

    while (w->item[i].until <= at)
        i++;
    return w->item[i].text;
}

enum err demo_names_read(struct arena *a, struct demo_names **ret)
{
    struct str text;
    struct json doc;
    struct fault fault;
    struct demo_names *n = ARENA_NEW(a, struct demo_names);

    if (!facts_find(STR("demo/names.yaml"), &text))
        return ERR_NOT_FOUND;
    enum err err = yaml_parse(a, text, &doc, &fault);
    if (!err)
        err = weights_read(a, json_get(doc, "family"), &n->family);
    if (!err)
        err = weights_read(a, json_get(doc, "middle_male"), &n->middle[0]);
    if (!err)
        err = weights_read(a, json_get(doc, "middle_female"), &n->middle[1]);
    if (!err)
        err = weights_read(a, json_get(doc, "given_male"), &n->given[0]);
    if (!err)
        err = weights_read(a, json_get(doc, "given_female"), &n->given[1]);
    if (!err)
        err = weights_read(a, json_get(doc, "streets"), &n->street);
    *ret = n;
    return err;
}

struct str demo_name(const struct demo_names *n, struct random *r, struct arena *a, bool *ret_is_woman)
{
    size_t woman = random_below(r, 2);
    struct str family = draw(&n->family, r), middle = draw(&n->middle[woman], r), given = draw(&n->given[woman], r);

    *ret_is_woman = woman == 1;
    return str_format(a, "%" PRIstr " %" PRIstr " %" PRIstr, STR_ARG(family), STR_ARG(middle), STR_ARG(given));
}

struct str demo_address(const struct demo_names *n, struct random *r, struct arena *a, struct str unit_name)
{
    struct str street = draw(&n->street, r);

    return str_format(a, "Số %d, đường %" PRIstr ", %" PRIstr, (int)random_below(r, 400) + 1, STR_ARG(street), STR_ARG(unit_name));
}

/* ---- hiring ---- */

struct hiring {
    struct session *s;
    struct demo_staff *staff;
    struct demo_names *names;
    struct random random;
    struct str password_hash;
    int64_t city, root;
};

static enum err hire(struct hiring *h, struct db *tx, const struct post *post, const struct q_unit_tree *unit, int no)
{
    struct ctx *ctx = &h->s->ctx;
    struct arena *a = ctx->arena;
    bool woman, of_city = str_eq(unit->kind, STR("city")) || post->everywhere;
    struct str first = str_of(post->login);
    struct str login = of_city ? (no ? str_format(a, "%" PRIstr "%d", STR_ARG(first), no + 1) : first)
                       : no    ? str_format(a, "%" PRIstr "%d.%" PRIstr, STR_ARG(first), no + 1, STR_ARG(unit->code))
                               : str_format(a, "%" PRIstr ".%" PRIstr, STR_ARG(first), STR_ARG(unit->code));
    struct act_person_add person = {
        .login = login,
        .name = demo_name(h->names, &h->random, a, &woman),
        .title = str_of(post->title),
        .email = STR(""),
        .phone = STR(""),
        .unit = unit->id,
    };
    enum err err = act_person_add(&person, ctx);
    struct act_grant_add grant = {
        .person = person.id,
        .role = str_of(post->role),
        .unit = post->at_root ? h->root : post->everywhere ? h->city : unit->id,
        .subtree = post->everywhere,
        .valid_from = date_of(2018, 1, 1),
        .valid_to = DATE_NEVER,
    };
    if (!err)
        err = act_grant_add(&grant, ctx);
    if (!err)
        err = q_credential_set(tx, person.id, h->password_hash, instant_iso(a, ctx->now), NULL);
    if (err)
        return err;
    struct demo_staff *staff = h->staff;
    struct arena *keep = h->s->arena;
    staff->person[staff->count++] = (struct demo_person){
        person.id, unit->id, str_copy(keep, login), str_of(post->role), str_copy(keep, person.name),
        str_of(post->title), str_copy(keep, unit->name), str_copy(keep, unit->code),
    };
    return OK;
}

static enum err hire_in_transaction(struct db *tx, void *arg)
{
    struct hiring *h = arg;
    struct q_unit_tree *unit;
    size_t count;
    enum err err = q_unit_tree(tx, h->s->arena, &unit, &count);

    h->s->ctx.tx = tx;
    h->staff->count = 0;
    h->staff->room = count * 12;
    h->staff->person = ARENA_ARRAY(h->s->arena, struct demo_person, h->staff->room);
    for (size_t i = 0; !err && i < count; i++) {
        if (str_eq(unit[i].kind, STR("city")))
            h->city = unit[i].id;
        if (str_eq(unit[i].kind, STR("root")))
            h->root = unit[i].id;
    }
    for (size_t i = 0; !err && i < count; i++) {
        if (!str_eq(unit[i].valid_to, STR("9999-12-31")) && str_cmp(unit[i].valid_from, STR("2018-01-01")) > 0)
            continue;
        for (size_t p = 0; !err && p < sizeof POSTS / sizeof POSTS[0]; p++) {
            if (!str_eq(unit[i].kind, str_of(POSTS[p].kind)) || (POSTS[p].unit && !str_eq(unit[i].code, str_of(POSTS[p].unit))) ||
                str_cmp(unit[i].valid_from, STR("2018-01-01")) > 0)
                continue;
            for (int no = 0; !err && no < POSTS[p].count; no++)
                err = hire(h, tx, &POSTS[p], &unit[i], no);
        }
    }
    h->s->ctx.tx = NULL;
    return err;
}

enum err demo_staff_hire(struct session *s, uint64_t seed, struct demo_staff *ret)
{
    struct hiring h = {.s = s, .staff = ret};
    enum err err = demo_names_read(s->arena, &h.names);

    random_open_seeded(&h.random, seed ^ 0x5eed);
    if (!err) /* one hash for all: the password is printed anyway */
        err = password_hash(s->arena, STR(DEMO_PASSWORD), &h.password_hash);
    return err ? err : db_transact(s->db, hire_in_transaction, &h);
}

const struct demo_person *demo_staff_of(const struct demo_staff *staff, int64_t unit, struct str role, uint64_t nth)
{
    size_t n = 0;

    for (size_t i = 0; i < staff->count; i++)
        n += staff->person[i].unit == unit && str_eq(staff->person[i].role, role);
    if (!n)
        return NULL;
    nth %= n;
    for (size_t i = 0; i < staff->count; i++)
        if (staff->person[i].unit == unit && str_eq(staff->person[i].role, role) && nth-- == 0)
            return &staff->person[i];
    return NULL;
}
