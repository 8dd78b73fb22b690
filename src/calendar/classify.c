#include "calendar/classify.h"

#include <assert.h>

/* What a sum asks of a class, as bits. */
enum { RESOLVED = 1, OPEN = 2, LATE = 4 };

static const struct {
    struct str code;
    int is;
} CLASSES[] = {
    [CLASS_RESOLVED_EARLY] = {STR_INIT("early"), RESOLVED},
    [CLASS_RESOLVED_ON_TIME] = {STR_INIT("on_time"), RESOLVED},
    [CLASS_RESOLVED_LATE] = {STR_INIT("resolved_late"), RESOLVED | LATE},
    [CLASS_OPEN_IN_TERM] = {STR_INIT("in_term"), OPEN},
    [CLASS_OPEN_LATE] = {STR_INIT("open_late"), OPEN | LATE},
    [CLASS_SUSPENDED] = {STR_INIT("suspended"), OPEN},
    [CLASS_WITHDRAWN] = {STR_INIT("withdrawn"), 0},
    [CLASS_NOT_RECEIVED] = {STR_INIT("not_received"), 0},
};
static_assert(sizeof CLASSES / sizeof CLASSES[0] == CLASS__COUNT, "every class has a code");

struct cut_off cut_off_at(struct local t)
{
    bool is_midnight = t.ms_of_day == 0;

    return (struct cut_off){is_midnight ? date_add_days(t.date, -1) : t.date, t.date};
}

struct cut_off cut_off_after(struct date last_day)
{
    return (struct cut_off){last_day, date_add_days(last_day, 1)};
}

/* The first line that fits, from the top. */
enum dossier_class classify(const struct class_facts *f, struct cut_off cut)
{
    const bool is_finished = date_cmp(f->finished_on, cut.last_day) <= 0;
    const int finish = date_cmp(f->finished_on, f->due_on);
    const struct {
        bool holds;
        enum dossier_class class;
    } LINES[] = {
        {date_cmp(f->received_on, cut.last_day) > 0, CLASS_NOT_RECEIVED},
        {is_finished && f->is_withdrawn, CLASS_WITHDRAWN},
        {is_finished && finish < 0, CLASS_RESOLVED_EARLY},
        {is_finished && finish == 0, CLASS_RESOLVED_ON_TIME},
        {is_finished, CLASS_RESOLVED_LATE},
        {f->is_suspended, CLASS_SUSPENDED},
        {date_cmp(f->due_on, cut.on) < 0, CLASS_OPEN_LATE},
        {true, CLASS_OPEN_IN_TERM},
    };
    size_t i = 0;

    while (!LINES[i].holds)
        i++;
    return LINES[i].class;
}

bool class_is_resolved(enum dossier_class c)
{
    return CLASSES[c].is & RESOLVED;
}

bool class_is_open(enum dossier_class c)
{
    return CLASSES[c].is & OPEN;
}

bool class_is_late(enum dossier_class c)
{
    return CLASSES[c].is & LATE;
}

struct str class_code(enum dossier_class c)
{
    return CLASSES[c].code;
}
