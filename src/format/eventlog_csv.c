#include "format/csv.h"
#include "format/eventlog.h"
#include "format/eventlog_field.h"

enum { NO_COLUMN = -1 };

struct row_event {
    struct eventlog_event event;
    struct row_event *next;
};

struct row_case {
    size_t line;
    uint64_t hash;
    struct eventlog_values v;
    struct row_event *first, **end;
    size_t event_count;
    struct row_case *next_by_hash, *next;
};

struct csv_reading {
    struct arena *fault_arena, *all; /* `all` holds the table */
    struct fault *fault;
    const struct eventlog_map *map;
    const struct eventlog_reader *to;
    int column[EVENTLOG_FIELD__COUNT][EVENTLOG_NAMES_MAX];
    struct row_case **bucket;
    size_t bucket_count, case_count;
    struct row_case *first, **end;
    bool is_local_noted;
};

static void refuse(struct csv_reading *r, size_t line, struct str why)
{
    if (r->to->refused)
        r->to->refused(r->to->arg, line, why);
}

static void note(struct csv_reading *r, size_t line, struct str why)
{
    if (r->to->note)
        r->to->note(r->to->arg, line, why);
}

/* --- header ------------------------------------------------------------------------------------
 */

static int column_of(struct csv_row names, struct str name)
{
    for (size_t i = 0; i < names.count; i++)
        if (str_eq(names.field[i], name))
            return (int)i;
    return NO_COLUMN;
}

static enum err on_header(void *arg, struct csv_row names)
{
    struct csv_reading *r = arg;

    for (int f = 0; f < EVENTLOG_FIELD__COUNT; f++) {
        const struct eventlog_names *wanted = &r->map->field[f];
        struct str word = eventlog_field_rules[f].word;
        size_t found = 0;
        for (size_t i = 0; i < wanted->count; i++) {
            r->column[f][i] = column_of(names, wanted->name[i]);
            found += r->column[f][i] != NO_COLUMN;
        }
        if (found || !wanted->count)
            continue;
        if (eventlog_field_rules[f].is_required)
            return fault_at(r->fault_arena, r->fault, names.line, ERR_INVALID,
                            "no column for %" PRIstr ": the map wants %" PRIstr, STR_ARG(word),
                            STR_ARG(wanted->name[0]));
        note(r, names.line,
             str_format(r->all, "no column for %" PRIstr ": the map wants %" PRIstr, STR_ARG(word),
                        STR_ARG(wanted->name[0])));
    }
    return OK;
}

/* --- rows --------------------------------------------------------------------------------------
 */

/* NULL, or why the row cannot be used. Texts are those of the row, trimmed. */
static const char *read_row(struct csv_reading *r, struct csv_row row, struct eventlog_values *v)
{
    *v = eventlog_values_none();
    for (int f = 0; f < EVENTLOG_FIELD__COUNT; f++) {
        bool is_local = false;
        for (size_t i = 0; i < r->map->field[f].count && str_is_empty(v->text[f]); i++)
            if (r->column[f][i] != NO_COLUMN)
                v->text[f] = str_trim(row.field[r->column[f][i]]);
        if (v->text[f].n > EVENTLOG_TEXT_MAX)
            return "a text too long";
        if (!eventlog_field_rules[f].is_time || str_is_empty(v->text[f]))
            continue;
        if (eventlog_time_parse(r->map, v->text[f], &v->time[f], &is_local))
            return "not a time";
        if (is_local && !r->is_local_noted) {
            r->is_local_noted = true;
            note(r, row.line, eventlog_local_note(r->map));
        }
    }
    return str_is_empty(v->text[EVENTLOG_CASE]) ? "a row without a case" : eventlog_event_fault(v);
}

static uint64_t hash_of(struct str s)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return h;
}

static void rehash(struct csv_reading *r)
{
    r->bucket_count = r->bucket_count ? r->bucket_count * 4 : 1024;
    r->bucket = ARENA_ARRAY(r->all, struct row_case *, r->bucket_count);
    for (struct row_case *c = r->first; c; c = c->next) {
        struct row_case **bucket = &r->bucket[c->hash % r->bucket_count];
        c->next_by_hash = *bucket;
        *bucket = c;
    }
}

static struct row_case *case_find(const struct csv_reading *r, struct str id)
{
    uint64_t hash = hash_of(id);
    struct row_case *c = r->bucket_count ? r->bucket[hash % r->bucket_count] : NULL;

    while (c && (c->hash != hash || !str_eq(c->v.text[EVENTLOG_CASE], id)))
        c = c->next_by_hash;
    return c;
}

static struct row_case *case_add(struct csv_reading *r, struct str id, size_t line)
{
    struct row_case *c = ARENA_NEW(r->all, struct row_case);

    if (r->case_count >= r->bucket_count)
        rehash(r);
    c->line = line;
    c->hash = hash_of(id);
    c->v = eventlog_values_none();
    c->v.text[EVENTLOG_CASE] = id;
    c->end = &c->first;
    c->next_by_hash = r->bucket[c->hash % r->bucket_count];
    r->bucket[c->hash % r->bucket_count] = c;
    *r->end = c;
    r->end = &c->next;
    r->case_count++;
    return c;
}

/* The case of that name, made if it is the first row of it. As written is tried first: most rows
 * are of a case that is known, and then nothing is copied. */
static struct row_case *case_of(struct csv_reading *r, struct str written, size_t line)
{
    struct row_case *c = case_find(r, written);

    if (c)
        return c;
    struct str id = eventlog_text(r->all, written);
    c = case_find(r, id);
    return c ? c : case_add(r, id, line);
}

/* What belongs to the case: the first value counts. */
static void merge(struct csv_reading *r, struct row_case *c, const struct eventlog_values *v,
                  size_t line)
{
    for (int f = 0; f < EVENTLOG_FIELD__COUNT; f++) {
        if (!eventlog_field_rules[f].is_of_case || f == EVENTLOG_CASE || str_is_empty(v->text[f]) ||
            str_eq(c->v.text[f], v->text[f]))
            continue;
        struct str text = eventlog_text(r->all, v->text[f]);
        if (str_is_empty(c->v.text[f])) {
            c->v.text[f] = text;
            c->v.time[f] = v->time[f];
        } else if (!str_eq(c->v.text[f], text)) {
            note(r, line,
                 str_format(r->all, "another %" PRIstr " than in line %zu; the first counts",
                            STR_ARG(eventlog_field_rules[f].word), c->line));
        }
    }
}

static enum err on_row(void *arg, struct csv_row row)
{
    struct csv_reading *r = arg;
    struct eventlog_values v;
    const char *why = read_row(r, row, &v);

    if (why) {
        refuse(r, row.line, str_of(why));
        return OK;
    }
    if (arena_used(r->all) > EVENTLOG_BYTES_MAX || r->case_count > EVENTLOG_CASES_MAX)
        return fault_at(r->fault_arena, r->fault, row.line, ERR_LIMIT, "too many rows or cases");
    struct row_case *c = case_of(r, v.text[EVENTLOG_CASE], row.line);
    merge(r, c, &v, row.line);
    for (int f = 0; f < EVENTLOG_FIELD__COUNT; f++)
        if (!eventlog_field_rules[f].is_of_case && !eventlog_field_rules[f].is_time)
            v.text[f] = eventlog_text(r->all, v.text[f]);
    struct row_event *e = ARENA_NEW(r->all, struct row_event);
    e->event = eventlog_event_of(&v, row.line);
    *c->end = e;
    c->end = &e->next;
    c->event_count++;
    return OK;
}

static void on_refused(void *arg, size_t line, struct str why)
{
    refuse(arg, line, why);
}

static enum err give_cases(struct csv_reading *r)
{
    struct arena *scratch = arena_new(2 * EVENTLOG_BYTES_MAX);
    enum err err = OK;

    for (const struct row_case *c = r->first; c && !err; c = c->next) {
        struct eventlog_case given = eventlog_case_of(&c->v, c->line);
        struct eventlog_event *event = ARENA_ARRAY(scratch, struct eventlog_event, c->event_count);
        given.event = event;
        for (const struct row_event *e = c->first; e; e = e->next)
            event[given.event_count++] = e->event;
        err = r->to->on_case(r->to->arg, &given);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return err;
}

enum err eventlog_read_csv(struct arena *a, FILE *file, const struct eventlog_map *map,
                           const struct eventlog_reader *to, struct fault *ret_fault)
{
    struct arena *all = arena_new(2 * EVENTLOG_BYTES_MAX);
    struct csv_reading *r = ARENA_NEW(all, struct csv_reading);

    *r = (struct csv_reading){
        .fault_arena = a, .all = all, .fault = ret_fault, .map = map, .to = to};
    r->end = &r->first;
    enum err err =
        csv_read_file(a, file, &(struct csv_reader){r, on_header, on_row, on_refused}, ret_fault);
    if (!err)
        err = give_cases(r);
    arena_free(all);
    return err;
}
