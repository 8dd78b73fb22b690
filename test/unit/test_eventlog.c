#include "test.h"

#include "calendar/zone.h"
#include "format/eventlog.h"

#define DATA SOURCE_ROOT "/../shared/data/"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(512 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* --- what is read, kept or printed
 * ----------------------------------------------------------------- */

struct seen {
    struct buf out;
    size_t cases, events, late, open, refused, notes;
    const struct zone *zone;
    struct eventlog_case *kept; /* NULL: printed instead */
    enum err answer;
};

static void put_time(struct seen *seen, const char *label, struct instant t)
{
    if (instant_cmp(t, INSTANT_NEVER) != 0)
        buf_format(&seen->out, " %s=%.19s", label, instant_iso(arena, t).p);
}

static void put_text(struct seen *seen, const char *label, struct str s)
{
    if (!str_is_empty(s))
        buf_format(&seen->out, " %s=%.*s", label, STR_ARG(s));
}

static void print_case(struct seen *seen, const struct eventlog_case *c)
{
    buf_format(&seen->out, "%zu %.*s", c->line, STR_ARG(c->id));
    put_text(seen, "unit", c->unit);
    put_text(seen, "team", c->team);
    put_text(seen, "responsible", c->responsible);
    put_text(seen, "channel", c->channel);
    put_text(seen, "procedure", c->procedure);
    put_text(seen, "title", c->title);
    put_time(seen, "start", c->start);
    put_time(seen, "planned", c->planned_end);
    put_time(seen, "end", c->end);
    for (size_t i = 0; i < c->event_count; i++) {
        buf_format(&seen->out, " (%zu %.*s", c->event[i].line, STR_ARG(c->event[i].name));
        put_time(seen, "at", c->event[i].time);
        put_text(seen, "by", c->event[i].resource);
        put_text(seen, "in", c->event[i].group);
        put_text(seen, "life", c->event[i].lifecycle);
        buf_char(&seen->out, ')');
    }
    buf_put(&seen->out, STR("; "));
}

static struct eventlog_case keep(const struct eventlog_case *c)
{
    struct eventlog_case k = *c;
    struct eventlog_event *event = ARENA_ARRAY(arena, struct eventlog_event, c->event_count);

    k.id = str_copy(arena, c->id);
    k.unit = str_copy(arena, c->unit);
    k.team = str_copy(arena, c->team);
    k.responsible = str_copy(arena, c->responsible);
    k.channel = str_copy(arena, c->channel);
    k.procedure = str_copy(arena, c->procedure);
    k.title = str_copy(arena, c->title);
    for (size_t i = 0; i < c->event_count; i++) {
        event[i] = c->event[i];
        event[i].name = str_copy(arena, event[i].name);
        event[i].resource = str_copy(arena, event[i].resource);
        event[i].group = str_copy(arena, event[i].group);
        event[i].lifecycle = str_copy(arena, event[i].lifecycle);
    }
    k.event = event;
    return k;
}

static enum err on_case(void *arg, const struct eventlog_case *c)
{
    struct seen *seen = arg;

    if (seen->kept)
        seen->kept[seen->cases] = keep(c);
    else
        print_case(seen, c);
    seen->cases++;
    seen->events += c->event_count;
    if (instant_cmp(c->end, INSTANT_NEVER) == 0)
        seen->open++;
    else if (seen->zone &&
             date_cmp(zone_date(seen->zone, c->end), zone_date(seen->zone, c->planned_end)) > 0)
        seen->late++;
    return seen->answer;
}

static void on_refused(void *arg, size_t line, struct str why)
{
    struct seen *seen = arg;

    seen->refused++;
    buf_format(&seen->out, "!%zu %.*s; ", line, STR_ARG(why));
}

static void on_note(void *arg, size_t line, struct str why)
{
    struct seen *seen = arg;

    seen->notes++;
    buf_format(&seen->out, "?%zu %.*s; ", line, STR_ARG(why));
}

typedef enum err read_fn(struct arena *a, FILE *file, const struct eventlog_map *map,
                         const struct eventlog_reader *to, struct fault *ret_fault);

static enum err read_bytes(read_fn *read, const char *text, const struct eventlog_map *map,
                           struct seen *seen, struct fault *fault)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    fputs(text, file);
    rewind(file);
    seen->out = buf_in(arena);
    enum err err = read(arena, file, map,
                        &(struct eventlog_reader){seen, on_case, on_refused, on_note}, fault);
    fclose(file);
    return err;
}

static struct eventlog_map map_of(const char *yaml)
{
    struct eventlog_map map = {0};
    struct fault fault = {0};

    if (eventlog_map_parse(arena, str_of(yaml), &map, &fault))
        fail_msg("line %zu: %.*s", fault.line, STR_ARG(fault.why));
    return map;
}

/* --- small tables
 * ---------------------------------------------------------------------------------- */

#define MAP                                                                                        \
    "columns: {case: Case, step: Step, time: At, officer: By, unit: [Unit, Team], end: End}\n"

static void test_csv_is_grouped_by_case(void **state)
{
    (void)state;
    struct eventlog_map map = map_of(MAP);
    struct seen seen = {0};

    assert_err(read_bytes(eventlog_read_csv,
                          "Case;At;Step;By;Unit;Team;End\n"
                          "b;2018-02-12T08:00:00Z;start;An;;T1;\n"
                          "a;2018-02-12 09:00:00.123456+07:00;start; Bình ;U1;T1;\n"
                          "b;2018-02-11T08:00:00Z;end;;U9;T1;2018-02-13T00:00:00Z\n",
                          &map, &seen, NULL),
               OK);
    assert_str(buf_str(&seen.out),
               STR("?4 another unit than in line 2; the first counts; "
                   "2 b unit=T1 end=2018-02-13T00:00:00 (2 start at=2018-02-12T08:00:00 by=An)"
                   " (4 end at=2018-02-11T08:00:00); "
                   "3 a unit=U1 (3 start at=2018-02-12T02:00:00 by=Bình); "));
}

static void test_csv_rows_that_cannot_be_used(void **state)
{
    (void)state;
    struct eventlog_map map = map_of(MAP);
    struct seen seen = {0};

    assert_err(read_bytes(eventlog_read_csv,
                          "Case,At,Step,By,Unit,Team,End\n"
                          ",2018-02-12T08:00:00Z,s,,,,\n"
                          "a,,s,,,,\n"
                          "a,2018-02-12T08:00:00Z,,,,,\n"
                          "a,12/02/2018,s,,,,\n"
                          "a,2018-02-12T08:00:00Z,s,,,,soon\n"
                          "a,2018-02-30T08:00:00Z,s,,,,\n"
                          "a,2018-02-12T08:00:00Z\n"
                          "a,2018-02-12T08:00:00Z,s,,,,\n",
                          &map, &seen, NULL),
               OK);
    assert_str(
        buf_str(&seen.out),
        STR("!2 a row without a case; !3 an event without a time; !4 an event without a step; "
            "!5 not a time; !6 not a time; !7 not a time; !8 2 fields where the header has 7; "
            "9 a (9 s at=2018-02-12T08:00:00); "));
}

static void test_csv_columns(void **state)
{
    (void)state;
    struct eventlog_map map = map_of(MAP);
    struct seen seen = {0};
    struct fault fault;

    assert_err(read_bytes(eventlog_read_csv, "Case,At\n", &map, &seen, &fault), ERR_INVALID);
    assert_str(fault.why, STR("no column for step: the map wants Step"));
    assert_int_equal(fault.line, 1);
    assert_err(read_bytes(eventlog_read_csv, "Case,At,Step,Team\na,2018-02-12T08:00:00Z,s,T\n",
                          &map, &seen, NULL),
               OK);
    assert_str(buf_str(&seen.out), STR("?1 no column for officer: the map wants By; "
                                       "?1 no column for end: the map wants End; "
                                       "2 a unit=T (2 s at=2018-02-12T08:00:00); "));
}

static void test_times_without_offset(void **state)
{
    (void)state;
    struct eventlog_map map = map_of("zone: Asia/Ho_Chi_Minh\ntimes: day-first\n" MAP);
    struct seen seen = {0};
    const char *table = "Case,At,Step,By,Unit,End\n"
                        "a,12/02/2018 16:30,s,,,2018-02-13\n"
                        "a,2018-02-12T16:30:15,t,,,\n"
                        "a,2018-02-12 16:30:15+00:00,u,,,\n"
                        "a,1/3/2018,v,,,\n"
                        "a,31/02/2018,w,,,\n"
                        "a,12/02/2018 25:00,w,,,\n";

    assert_err(read_bytes(eventlog_read_csv, table, &map, &seen, NULL), OK);
    assert_str(
        buf_str(&seen.out),
        STR("?2 a time without offset, read in the zone of the map; !6 not a time; !7 not a time; "
            "2 a end=2018-02-12T17:00:00 (2 s at=2018-02-12T09:30:00) (3 t at=2018-02-12T09:30:15)"
            " (4 u at=2018-02-12T16:30:15) (5 v at=2018-02-28T17:00:00); "));

    map = map_of(MAP);
    assert_err(read_bytes(eventlog_read_csv, table, &map, &seen, NULL), OK);
    assert_str(buf_str(&seen.out),
               STR("!2 not a time; ?3 a time without offset, read as UTC; !5 not a time; !6 not a "
                   "time; !7 "
                   "not a time; "
                   "3 a (3 t at=2018-02-12T16:30:15) (4 u at=2018-02-12T16:30:15); "));
}

#define LOG(inside) "<log xes.version=\"1.0\">\n" inside "</log>"

static void test_xes_through_a_map(void **state)
{
    (void)state;
    struct eventlog_map map =
        map_of("zone: Asia/Ho_Chi_Minh\ncolumns:\n  case: case:id\n  step: [what, task]\n"
               "  time: at\n  officer: case:owner\n  planned_end: due\n  title: case:title\n");
    struct seen seen = {0};

    assert_err(
        read_bytes(
            eventlog_read_xes,
            LOG("<trace><string key=\"id\" value=\"1\"/><string key=\"owner\" value=\"An\"/>\n"
                "<string key=\"title\" value=\"Hoa\xcc\x80\"/>"
                "<string key=\"due\" value=\"2018-02-20\"/>\n"
                "<event><int key=\"task\" value=\"7\"/>"
                "<date key=\"at\" value=\"2018-02-12T16:30:00\"/></event>\n"
                "<event><string key=\"what\" value=\"x\"/></event>\n"
                "<event><string key=\"what\" value=\"x\"/><string key=\"at\" "
                "value=\"then\"/></event>"
                "</trace>\n"
                "<trace/>\n<event/>\n"),
            &map, &seen, NULL),
        OK);
    assert_str(buf_str(&seen.out),
               STR("?4 a time without offset, read in the zone of the map; "
                   "!5 an event without a time; !6 not a time; "
                   "2 1 title=Hoà planned=2018-02-19T17:00:00 (4 7 at=2018-02-12T09:30:00 by=An); "
                   "!7 a case without a name; !8 an event outside of any case; "));
}

static void test_without_a_map(void **state)
{
    (void)state;
    struct eventlog_map map = eventlog_map_standard();
    struct seen seen = {0};
    const char *text =
        "<log xes.version=\"1.0\">"
        "<extension name=\"a\" prefix=\"concept\" uri=\"u\"/><extension name=\"b\" prefix=\"time\" "
        "uri=\"u\"/>"
        "<trace><string key=\"concept:name\" value=\"1\"/>"
        "<event><string key=\"concept:name\" value=\"s\"/>"
        "<date key=\"time:timestamp\" value=\"2018-02-12T16:30:00\"/></event></trace></log>";

    assert_err(read_bytes(eventlog_read_xes, text, &map, &seen, NULL), OK);
    assert_str(buf_str(&seen.out),
               STR("?1 a time without offset, read as UTC; 1 1 (1 s at=2018-02-12T16:30:00); "));
}

static void test_the_callback_ends_the_reading(void **state)
{
    (void)state;
    struct eventlog_map map = map_of(MAP);
    struct seen seen = {.answer = ERR_CONFLICT};

    assert_err(
        read_bytes(
            eventlog_read_csv,
            "Case,At,Step,By,Unit,End\na,2018-02-12T08:00:00Z,s,,,\nb,2018-02-12T08:00:00Z,s,,,\n",
            &map, &seen, NULL),
        ERR_CONFLICT);
    assert_int_equal(seen.cases, 1);
}

static void test_many_cases(void **state)
{
    (void)state;
    enum { CASES = 5000 }; /* several times what the first table of names holds */
    struct eventlog_map map = map_of("columns: {case: Case, step: Step, time: At}\n");
    struct seen seen = {0};
    struct buf text = buf_in(arena);

    buf_put(&text, STR("Case,Step,At\n"));
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < CASES; i++)
            buf_format(&text, "c%d,s%d,2018-02-12T08:00:00Z\n", i, round);
    seen.kept = ARENA_ARRAY(arena, struct eventlog_case, CASES);
    assert_err(read_bytes(eventlog_read_csv, str_z(arena, buf_str(&text)), &map, &seen, NULL), OK);
    assert_int_equal(seen.cases, CASES);
    for (int i = 0; i < CASES; i++) {
        assert_str(seen.kept[i].id, str_format(arena, "c%d", i));
        assert_int_equal(seen.kept[i].event_count, 2);
        assert_int_equal(seen.kept[i].event[1].line, CASES + 2 + i);
    }
}

static void test_refuses_maps(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"[]", "a map needs: columns"},
        {"title: x\n", "a map needs: columns"},
        {"columns: {case: a, step: b}\n", "no column for: time"},
        {"columns: x\n", "no column for: case"},
        {"columns: {case: a, step: b, time: c, stepp: d}\n", "no such field: stepp"},
        {"columns: {case: a, step: b, time: {x: y}}\n",
         "a column is one name or a list of names: time"},
        {"columns: {case: a, step: b, time: \"\"}\n",
         "a column is one name or a list of names: time"},
        {"columns: {case: a, step: b, time: [a, b, c, d, e]}\n", "too many columns for: time"},
        {"zone: Europe/Atlantis\n" MAP, "no such zone: Europe/Atlantis"},
        {"times: month-first\n" MAP, "times are rfc3339 or day-first, not: month-first"},
        {"lenient: yes\n" MAP, "lenient is true or false, not: yes"},
        {"sheet: 1\n" MAP, "a map has no: sheet"},
        {"columns: {case: a, step: b, time: c\n", "did not find expected"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct eventlog_map map = {.title = STR("same")};
        struct fault fault;
        assert_err(eventlog_map_parse(arena, str_of(table[i][0]), &map, &fault), ERR_INVALID);
        if (str_find(fault.why, str_of(table[i][1])) == STR_NONE)
            fail_msg("%s: %.*s", table[i][0], STR_ARG(fault.why));
        assert_str(map.title, STR("same"));
    }
}

/* --- the municipal log
 * ------------------------------------------------------------------------------ */

static FILE *data_open(const char *name)
{
    FILE *file = fopen(str_z(arena, str_format(arena, DATA "%s", name)), "rb");

    if (!file) {
        print_message("# no %s: skipped\n", name);
        skip();
    }
    return file;
}

static struct eventlog_map receipt_map(void)
{
    static char text[8192];
    FILE *file = fopen(SOURCE_ROOT "/data/maps/receipt.yaml", "rb");

    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    return map_of(text);
}

static struct seen read_receipt(read_fn *read, const char *name)
{
    struct eventlog_map map = receipt_map();
    struct seen seen = {.out = buf_in(arena), .zone = map.zone};
    struct fault fault = {0};
    FILE *file = data_open(name);

    seen.kept = ARENA_ARRAY(arena, struct eventlog_case, 2000);
    if (read(arena, file, &map, &(struct eventlog_reader){&seen, on_case, on_refused, on_note},
             &fault))
        fail_msg("line %zu: %.*s", fault.line, STR_ARG(fault.why));
    fclose(file);
    assert_str(buf_str(&seen.out), STR(""));
    assert_int_equal(seen.cases, 1434);
    assert_int_equal(seen.events, 8577);
    return seen;
}

static void assert_time(struct instant a, struct instant b)
{
    assert_true(a.ms == b.ms);
}

static void assert_same_case(const struct eventlog_case *a, const struct eventlog_case *b)
{
    assert_str(a->id, b->id);
    assert_str(a->unit, b->unit);
    assert_str(a->team, b->team);
    assert_str(a->responsible, b->responsible);
    assert_str(a->channel, b->channel);
    assert_str(a->procedure, b->procedure);
    assert_str(a->title, b->title);
    assert_time(a->start, b->start);
    assert_time(a->planned_end, b->planned_end);
    assert_time(a->end, b->end);
    assert_int_equal(a->event_count, b->event_count);
    for (size_t i = 0; i < a->event_count; i++) {
        assert_str(a->event[i].name, b->event[i].name);
        assert_time(a->event[i].time, b->event[i].time);
        assert_str(a->event[i].resource, b->event[i].resource);
        assert_str(a->event[i].group, b->event[i].group);
        assert_str(a->event[i].lifecycle, b->event[i].lifecycle);
    }
}

static void test_receipt_is_the_same_from_both(void **state)
{
    (void)state;
    struct seen xes = read_receipt(eventlog_read_xes, "receipt/receipt.xes.gz");
    struct seen csv = read_receipt(eventlog_read_csv, "receipt/receipt.csv");

    assert_int_equal(xes.open, 105);
    assert_int_equal(csv.open, 105);
    /* Later by calendar date in Amsterdam; by instants it would be 377. Counted by another program. */
    assert_int_equal(xes.late, 309);
    assert_int_equal(csv.late, 309);
    for (size_t i = 0; i < 1434; i++)
        assert_same_case(&xes.kept[i], &csv.kept[i]);
    assert_str(xes.kept[0].id, STR("case-10011"));
    assert_str(xes.kept[0].unit, STR("General"));
    assert_str(xes.kept[0].team, STR("Group 2"));
    assert_str(xes.kept[0].responsible, STR("Resource21"));
    assert_str(xes.kept[0].event[0].group, STR("Group 1"));
    assert_str(instant_iso(arena, xes.kept[0].planned_end), STR("2011-12-06T12:41:31.788Z"));
    assert_str(instant_iso(arena, csv.kept[0].event[0].time), STR("2011-10-11T11:45:40.276Z"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_csv_is_grouped_by_case, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_csv_rows_that_cannot_be_used, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_csv_columns, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_times_without_offset, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_xes_through_a_map, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_without_a_map, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_the_callback_ends_the_reading, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_many_cases, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_refuses_maps, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_receipt_is_the_same_from_both, set_up, tear_down),
};

TEST_MAIN("eventlog", tests)
