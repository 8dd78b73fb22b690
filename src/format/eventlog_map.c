#include "format/eventlog.h"
#include "format/eventlog_field.h"
#include "format/yaml.h"

static const struct str times_words[EVENTLOG_TIMES__COUNT] = {
    [EVENTLOG_TIMES_RFC3339] = STR_INIT("rfc3339"),
    [EVENTLOG_TIMES_DAY_FIRST] = STR_INIT("day-first"),
};

struct map_reading {
    struct arena *arena;
    struct fault *fault;
    struct eventlog_map map;
};

static enum err refuse(struct map_reading *r, const char *why, struct str word)
{
    return fault_at(r->arena, r->fault, 0, ERR_INVALID, "%s: %" PRIstr, why, STR_ARG(word));
}

static enum err names_add(struct map_reading *r, struct eventlog_names *names, struct str word,
                          struct json value)
{
    if (json_kind(value) != JSON_KIND_TEXT || str_is_empty(json_as_text(value)))
        return refuse(r, "a column is one name or a list of names", word);
    if (names->count == EVENTLOG_NAMES_MAX)
        return refuse(r, "too many columns for", word);
    names->name[names->count++] = str_copy(r->arena, json_as_text(value));
    return OK;
}

static enum err names_parse(struct map_reading *r, struct str word, struct json value)
{
    enum eventlog_field field = 0;

    while (field < EVENTLOG_FIELD__COUNT && !str_eq(eventlog_field_rules[field].word, word))
        field++;
    if (field == EVENTLOG_FIELD__COUNT)
        return refuse(r, "no such field", word);
    struct eventlog_names *names = &r->map.field[field];
    if (json_kind(value) != JSON_KIND_ARRAY)
        return names_add(r, names, word, value);
    for (size_t i = 0; i < json_length(value); i++) {
        enum err err = names_add(r, names, word, json_at(value, i));
        if (err)
            return err;
    }
    return OK;
}

static enum err columns_parse(struct map_reading *r, struct json value)
{
    struct json_members all = json_members(r->arena, value);

    for (size_t i = 0; i < all.count; i++) {
        enum err err = names_parse(r, all.member[i].key, all.member[i].value);
        if (err)
            return err;
    }
    for (int i = 0; i < EVENTLOG_FIELD__COUNT; i++)
        if (eventlog_field_rules[i].is_required && !r->map.field[i].count)
            return refuse(r, "no column for", eventlog_field_rules[i].word);
    return OK;
}

static enum err title_parse(struct map_reading *r, struct json value)
{
    r->map.title = str_copy(r->arena, json_as_text(value));
    return OK;
}

static enum err zone_parse(struct map_reading *r, struct json value)
{
    return zone_open(json_as_text(value), &r->map.zone)
               ? refuse(r, "no such zone", json_as_text(value))
               : OK;
}

static enum err times_parse(struct map_reading *r, struct json value)
{
    for (enum eventlog_times t = 0; t < EVENTLOG_TIMES__COUNT; t++) {
        if (str_eq(times_words[t], json_as_text(value))) {
            r->map.times = t;
            return OK;
        }
    }
    return refuse(r, "times are rfc3339 or day-first, not", json_as_text(value));
}

static enum err lenient_parse(struct map_reading *r, struct json value)
{
    struct str text = json_as_text(value);

    r->map.is_lenient = str_eq(text, STR("true"));
    if (!r->map.is_lenient && !str_eq(text, STR("false")))
        return refuse(r, "lenient is true or false, not", text);
    return OK;
}

static const struct {
    struct str word;
    enum err (*parse)(struct map_reading *r, struct json value);
} words[] = {
    {STR_INIT("title"), title_parse},     {STR_INIT("zone"), zone_parse},
    {STR_INIT("times"), times_parse},     {STR_INIT("lenient"), lenient_parse},
    {STR_INIT("columns"), columns_parse},
};

static enum err member_parse(struct map_reading *r, const struct json_member *member)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(words[i].word, member->key))
            return words[i].parse(r, member->value);
    return refuse(r, "a map has no", member->key);
}

enum err eventlog_map_parse(struct arena *a, struct str yaml, struct eventlog_map *ret,
                            struct fault *ret_fault)
{
    struct map_reading r = {.arena = a, .fault = ret_fault};
    struct json root;
    enum err err = yaml_parse(a, yaml, &root, ret_fault);

    if (err)
        return err;
    r.map.title = STR("");
    if (!json_has(root, "columns"))
        return refuse(&r, "a map needs", STR("columns"));
    struct json_members all = json_members(a, root);
    for (size_t i = 0; i < all.count; i++) {
        err = member_parse(&r, &all.member[i]);
        if (err)
            return err;
    }
    *ret = r.map;
    return OK;
}

struct eventlog_map eventlog_map_standard(void)
{
    return (struct eventlog_map){
        .title = STR("XES"),
        .field =
            {
                [EVENTLOG_CASE] = {{STR_INIT("case:concept:name")}, 1},
                [EVENTLOG_STEP] = {{STR_INIT("concept:name")}, 1},
                [EVENTLOG_TIME] = {{STR_INIT("time:timestamp")}, 1},
                [EVENTLOG_OFFICER] = {{STR_INIT("org:resource")}, 1},
                [EVENTLOG_GROUP] = {{STR_INIT("org:group")}, 1},
                [EVENTLOG_LIFECYCLE] = {{STR_INIT("lifecycle:transition")}, 1},
            },
    };
}
