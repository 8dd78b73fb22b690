/* motcua deadline - derives a date and says why, without any store: the calendar comes with the
 * program. */
#include "app/command.h"
#include "app/facts.h"
#include "calendar/deadline.h"
#include "format/json_writer.h"
#include "format/yaml.h"
#include "store/calendar_file.h"

enum { ARENA_BYTES = 64 << 20 };

static const char *const RULES[] = {
    [DEADLINE_RECEIVED] = "received",
    [DEADLINE_AFTER_HOURS] = "after_hours",
    [DEADLINE_CUT_OFF] = "cut_off",
    [DEADLINE_RECEIPT_DAY] = "receipt_day",
    [DEADLINE_COUNTED] = "counted",
    [DEADLINE_SKIPPED_WEEKEND] = "skipped_weekend",
    [DEADLINE_SKIPPED_HOLIDAY] = "skipped_holiday",
    [DEADLINE_SKIPPED_SWAPPED] = "skipped_swapped",
    [DEADLINE_COUNTED_SWAPPED] = "counted_swapped",
    [DEADLINE_PAUSED] = "paused",
    [DEADLINE_END_MOVED] = "end_moved",
    [DEADLINE_CLOCK_MOVED] = "clock_moved",
};
_Static_assert(sizeof RULES / sizeof RULES[0] == DEADLINE_RULE__COUNT, "every rule has a name");

static const enum word RULE_WORDS[] = {
    [DEADLINE_RECEIVED] = WORD_DEADLINE_RECEIVED,
    [DEADLINE_AFTER_HOURS] = WORD_DEADLINE_AFTER_HOURS,
    [DEADLINE_CUT_OFF] = WORD_DEADLINE_CUT_OFF,
    [DEADLINE_RECEIPT_DAY] = WORD_DEADLINE_RECEIPT_DAY,
    [DEADLINE_COUNTED] = WORD_DEADLINE_COUNTED,
    [DEADLINE_SKIPPED_WEEKEND] = WORD_DEADLINE_SKIPPED_WEEKEND,
    [DEADLINE_SKIPPED_HOLIDAY] = WORD_DEADLINE_SKIPPED_HOLIDAY,
    [DEADLINE_SKIPPED_SWAPPED] = WORD_DEADLINE_SKIPPED_SWAPPED,
    [DEADLINE_COUNTED_SWAPPED] = WORD_DEADLINE_COUNTED_SWAPPED,
    [DEADLINE_PAUSED] = WORD_DEADLINE_PAUSED,
    [DEADLINE_END_MOVED] = WORD_DEADLINE_END_MOVED,
    [DEADLINE_CLOCK_MOVED] = WORD_DEADLINE_CLOCK_MOVED,
};

struct deadline_asked {
    struct str from, calendar;
    struct limit limit;
    struct pause pause[PAUSE_MAX];
    size_t pause_count;
    struct local at;
};

static bool pause_parse(struct str text, struct pause *ret)
{
    struct str rest = text, from;

    *ret = (struct pause){.owner = PAUSE_CITIZEN, .reason = STR_INIT("supplement")};
    return str_split(&rest, '/', &from) && local_parse(from, &ret->from) == OK && local_parse(rest, &ret->to) == OK;
}

static bool limit_parse(struct args *args, struct limit *ret)
{
    static const struct {
        const char *option;
        enum limit_unit unit;
    } UNITS[] = {
        {"--days", LIMIT_WORKING_DAYS},
        {"--calendar-days", LIMIT_CALENDAR_DAYS},
        {"--hours", LIMIT_WORKING_HOURS},
        {"--months", LIMIT_MONTHS},
    };
    struct str text;
    int64_t length;
    int given = 0;

    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        if (!args_option(args, UNITS[i].option, &text))
            continue;
        if (str_parse_int(text, 1, LIMIT_LENGTH_MAX, &length))
            return false;
        *ret = (struct limit){UNITS[i].unit, (int)length};
        given++;
    }
    if (args_flag(args, "--same-day")) {
        *ret = (struct limit){LIMIT_SAME_DAY, 1};
        given++;
    }
    return given == 1;
}

/* "3 days", "Tết Nguyên đán": what a step says besides its rule. */
static struct str step_why(struct arena *a, const struct deadline_step *s)
{
    struct str amount = str_format(a, "%lld", (long long)s->amount);
    struct str what = s->name.n ? s->name : amount;
    struct str day = date_vietnamese(a, s->on);
    struct str until = date_cmp(s->on, s->until) < 0 ? str_format(a, "%" PRIstr "-%" PRIstr, STR_ARG(day), STR_ARG(date_vietnamese(a, s->until))) : day;
    const struct str value[] = {until, what};

    return word_format(a, LANG_VI, RULE_WORDS[s->rule], value, 2);
}

static enum exit_status write_json(struct arena *a, const struct deadline *d)
{
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    json_write_key(&w, STR("due"));
    json_write_text(&w, local_iso(a, d->due));
    json_write_key(&w, STR("received"));
    json_write_text(&w, local_iso(a, d->received));
    json_write_key(&w, STR("steps"));
    json_write_array(&w);
    for (size_t i = 0; i < d->step_count; i++) {
        json_write_object(&w);
        json_write_key(&w, STR("rule"));
        json_write_text(&w, str_of(RULES[d->step[i].rule]));
        json_write_key(&w, STR("moved_to"));
        json_write_text(&w, local_iso(a, d->step[i].moved_to));
        json_write_key(&w, STR("why"));
        json_write_text(&w, step_why(a, &d->step[i]));
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return EXIT_DONE;
}

static enum exit_status write_text(struct arena *a, const struct deadline *d)
{
    for (size_t i = 0; i < d->step_count; i++)
        printf("%" PRIstr "  %" PRIstr "\n", STR_ARG(local_iso(a, d->step[i].moved_to)), STR_ARG(step_why(a, &d->step[i])));
    say(local_iso(a, d->due));
    return EXIT_DONE;
}

static enum exit_status derive(struct arena *a, const struct deadline_asked *k, bool json)
{
    struct calendar calendar;
    struct deadline deadline;
    struct fault fault = {.why = STR("")};
    struct str text;

    if (!facts_find(str_format(a, "calendars/%" PRIstr ".yaml", STR_ARG(k->calendar)), &text)) {
        complain("there is no calendar '%" PRIstr "'", STR_ARG(k->calendar));
        return EXIT_USAGE;
    }
    if (calendar_file_read(a, text, &calendar, &fault)) {
        complain("calendar '%" PRIstr "', line %zu: %" PRIstr, STR_ARG(k->calendar), fault.line, STR_ARG(fault.why));
        return EXIT_FAILED;
    }
    enum err err = deadline_derive(a, &calendar, k->at, k->limit, k->pause, k->pause_count, &deadline);
    if (err) {
        complain(err == ERR_LIMIT ? "the term ends beyond what the calendar knows" : "pauses must be in order and not overlap");
        return EXIT_USAGE;
    }
    return json ? write_json(a, &deadline) : write_text(a, &deadline);
}

enum exit_status command_deadline(struct args *args)
{
    struct deadline_asked k = {.calendar = STR("vn")};
    struct str text;
    bool json = args_flag(args, "--json"), good = args_option(args, "--from", &k.from) && local_parse(k.from, &k.at) == OK;

    args_option(args, "--calendar", &k.calendar);
    good = limit_parse(args, &k.limit) && good;
    while (good && args_option(args, "--pause", &text))
        good = k.pause_count < PAUSE_MAX && pause_parse(text, &k.pause[k.pause_count++]);
    if (!args_done(args))
        return EXIT_USAGE;
    if (!good) {
        complain("deadline needs --from \"2018-02-12T16:30\" and one of --days N, --hours H, --calendar-days N, --months N, "
                 "--same-day; a pause is A/B");
        return EXIT_USAGE;
    }
    struct arena *a = arena_new(ARENA_BYTES);
    enum exit_status status = derive(a, &k, json);
    arena_free(a);
    return status;
}
