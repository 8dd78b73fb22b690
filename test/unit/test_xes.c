#include "test.h"

#include "format/xes.h"

#define DATA SOURCE_ROOT "/../shared/data/"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(256 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

struct seen {
    size_t traces, events, loose, notes, logs;
    size_t first_note;
    struct buf out;
    enum err answer;
};

static enum err on_log(void *arg, const struct xes_log *log)
{
    struct seen *seen = arg;

    seen->logs++;
    for (const struct xes_extension *e = log->extensions; e; e = e->next)
        buf_format(&seen->out, "ext %.*s;", STR_ARG(e->prefix));
    for (const struct xes_attribute *a = log->trace_globals; a; a = a->next)
        buf_format(&seen->out, "tg %.*s;", STR_ARG(a->key));
    for (const struct xes_attribute *a = log->event_globals; a; a = a->next)
        buf_format(&seen->out, "eg %.*s;", STR_ARG(a->key));
    for (const struct xes_classifier *c = log->classifiers; c; c = c->next)
        buf_format(&seen->out, "cl %.*s%s;", STR_ARG(c->keys), c->is_of_traces ? " (trace)" : "");
    return OK;
}

static void put_attributes(struct buf *b, const struct xes_attribute *a)
{
    buf_char(b, '{');
    for (; a; a = a->next) {
        buf_format(b, "%.*s=%.*s", STR_ARG(a->key), STR_ARG(a->text));
        if (a->child)
            put_attributes(b, a->child);
        if (a->values) {
            buf_char(b, '*');
            put_attributes(b, a->values);
        }
        if (a->next)
            buf_char(b, ' ');
    }
    buf_char(b, '}');
}

static enum err on_trace(void *arg, const struct xes_trace *trace)
{
    struct seen *seen = arg;
    size_t events = 0;

    for (const struct xes_event *e = trace->events; e; e = e->next)
        events++;
    assert_int_equal(events, trace->event_count);
    if (seen->traces++ < 5) {
        buf_format(&seen->out, "trace %zu ", trace->line);
        put_attributes(&seen->out, trace->attributes);
        for (const struct xes_event *e = trace->events; e && seen->traces < 3; e = e->next) {
            buf_format(&seen->out, " event %zu ", e->line);
            put_attributes(&seen->out, e->attributes);
        }
        buf_char(&seen->out, ';');
    }
    seen->events += events;
    return seen->answer;
}

static enum err on_loose(void *arg, const struct xes_event *event)
{
    struct seen *seen = arg;

    (void)event;
    seen->loose++;
    return OK;
}

static void on_note(void *arg, size_t line, struct str why)
{
    struct seen *seen = arg;

    if (!seen->notes++)
        seen->first_note = line;
    buf_format(&seen->out, "!%.*s;", STR_ARG(why));
}

static struct xes_reader reader_to(struct seen *seen, bool is_lenient)
{
    *seen = (struct seen){.out = buf_in(arena), .answer = seen->answer};
    return (struct xes_reader){seen, is_lenient, on_log, on_trace, on_loose, on_note};
}

static enum err read_text(const char *text, bool is_lenient, struct seen *seen, struct fault *fault)
{
    struct xes_reader to = reader_to(seen, is_lenient);

    return xes_read_text(arena, str_of(text), &to, fault);
}

#define LOG(inside)                                                                                \
    "<log xes.version=\"1849-2016\" xes.features=\"nested-attributes\">\n" inside "\n</log>"

static void test_reads_everything(void **state)
{
    (void)state;
    struct seen seen = {0};

    assert_err(
        read_text(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- by hand -->\n"
            "<log xes.version=\"1.0\" xes.features=\"nested-attributes\" openxes.version=\"1\""
            " xmlns=\"http://www.xes-standard.org/\">\n"
            "<extension name=\"Concept\" prefix=\"concept\" uri=\"u\"/>\n"
            "<global scope=\"trace\"><string key=\"concept:name\" value=\"x\"/></global>\n"
            "<global scope=\"event\"><string key=\"a b\" value=\"x\"/></global>\n"
            "<classifier name=\"c\" scope=\"trace\" keys=\"concept:name\"/>\n"
            "<classifier name=\"c\" keys=\"'a b'\"/><classifier name=\"c\" keys=\"a b\"/>\n"
            "<string key=\"k\" value=\"&lt;&amp;&#38;&quot;Đ\"><int key=\"n\" "
            "value=\"-1\"/></string>\n"
            "<trace>\n<string key=\"concept:name\" value=\"1\"/>\n"
            "<list key=\"l\"><string key=\"meta\" value=\"m\"/><values><string key=\"e\" "
            "value=\"1\"/>"
            "<string key=\"e\" value=\"2\"/></values></list>\n"
            "<container key=\"c\"><boolean key=\"b\" value=\"true\"/></container>\n"
            "<event><string key=\"t\" value=\"a&amp;b\"/></event>\n<event/>\n</trace>\n"
            "<trace/>\n<event><float key=\"f\" value=\"1e3\"/></event></log>",
            false, &seen, NULL),
        OK);
    assert_str(buf_str(&seen.out),
               STR("ext concept;tg concept:name;eg a b;cl concept:name (trace);cl 'a b';cl a b;"
                   "trace 10 {concept:name=1 l={meta=m}*{e=1 e=2} c={b=true}} event 14 {t=a&b} "
                   "event 15 {};"
                   "trace 17 {};"));
    assert_int_equal(seen.logs, 1);
    assert_int_equal(seen.loose, 1);
    assert_int_equal(seen.notes, 0);
}

static enum err check_types(void *arg, const struct xes_trace *trace)
{
    const struct xes_attribute *a = trace->attributes;
    int *seen = arg;

    assert_true(xes_find(a, STR("int"))->integer == INT64_MIN);
    assert_true(xes_find(a, STR("float"))->real == -1.5e-3);
    assert_true(xes_find(a, STR("inf"))->real < 0);
    assert_true(xes_find(a, STR("yes"))->boolean);
    assert_false(xes_find(a, STR("no"))->boolean);
    assert_true(xes_find(a, STR("date"))->instant.ms == INT64_C(1318333362688));
    assert_false(xes_find(a, STR("date"))->is_local);
    assert_true(xes_find(a, STR("local"))->instant.ms == INT64_C(1318340562000));
    assert_true(xes_find(a, STR("local"))->is_local);
    assert_null(xes_find(a, STR("absent")));
    ++*seen;
    return OK;
}

static void test_values_are_typed(void **state)
{
    (void)state;
    int seen = 0;
    struct xes_reader to = {.arg = &seen, .trace = check_types};

    assert_err(
        xes_read_text(
            arena,
            STR(LOG("<trace><int key=\"int\" value=\"-9223372036854775808\"/>"
                    "<float key=\"float\" value=\"-1.5e-3\"/><float key=\"inf\" value=\"-INF\"/>"
                    "<boolean key=\"yes\" value=\"true\"/><boolean key=\"no\" value=\"false\"/>"
                    "<date key=\"date\" value=\"2011-10-11T13:42:42.688+02:00\"/>"
                    "<date key=\"local\" value=\"2011-10-11T13:42:42\"/></trace>")),
            &to, NULL),
        OK);
    assert_int_equal(seen, 1);
}

/* Faults of meaning: refused in both ways of reading. */
static void test_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t line;
        const char *why;
    } table[] = {
        {"", 1, ""},
        {"{}", 1, ""},
        {"<html/>", 1, "an unknown element"},
        {"<trace/>", 1, "an element in the wrong place"},
        {LOG("<trace>"), 3, "Opening and ending tag mismatch"},
        {LOG("<trace><event><trace/></event></trace>"), 2, "an element in the wrong place"},
        {LOG("<trace>\n<text key=\"a\" value=\"b\"/></trace>"), 3, "an unknown element"},
        {LOG("<x:trace xmlns:x=\"u\"/>"), 2, "an unknown element"},
        {LOG("<string value=\"b\"/>"), 2, "a required XML attribute is missing"},
        {LOG("<string key=\"\" value=\"b\"/>"), 2, "an empty key"},
        {LOG("<string key=\"a\" key=\"b\" value=\"b\"/>"), 2, "Attribute key redefined"},
        {LOG("<extension name=\"a\"/>"), 2, "a required XML attribute is missing"},
        {LOG("<global scope=\"log\"/>"), 2, "a scope that is neither"},
        {LOG("<int key=\"a\" value=\"1.0\"/>"), 2, "not an integer"},
        {LOG("<int key=\"a\" value=\"9223372036854775808\"/>"), 2, "not an integer"},
        {LOG("<int key=\"a\" value=\"\"/>"), 2, "not an integer"},
        {LOG("<float key=\"a\" value=\"1.0.0\"/>"), 2, "not a float"},
        {LOG("<float key=\"a\" value=\".\"/>"), 2, "not a float"},
        {LOG("<float key=\"a\" value=\"1e\"/>"), 2, "not a float"},
        {LOG("<float key=\"a\" value=\"0x10\"/>"), 2, "not a float"},
        {LOG("<boolean key=\"a\" value=\"yes\"/>"), 2, "not a boolean"},
        {LOG("<id key=\"a\" value=\"550e8400-e29b-41d4-a716-44665544000g\"/>"), 2, "not an id"},
        {LOG("<date key=\"a\" value=\"2011-10-11\"/>"), 2, "not a date"},
        {LOG("<date key=\"a\" value=\"2011-02-30T00:00:00Z\"/>"), 2, "not a date"},
        {LOG("<trace><values/></trace>"), 2, "an element in the wrong place"},
        {LOG("<string key=\"a\" value=\"b\"><values/></string>"), 2, "values where none can be"},
        {LOG("<list key=\"a\"><values/><values/></list>"), 2, "values where none can be"},
        {"<!DOCTYPE log [<!ENTITY a \"aaaa\">]>\n<log xes.version=\"1.0\"/>", 1, "a DOCTYPE"},
        {"<!DOCTYPE log SYSTEM \"http://localhost/x.dtd\">\n<log xes.version=\"1.0\"/>", 1,
         "a DOCTYPE"},
        {LOG("<string key=\"a\" value=\"&b;\"/>"), 2, "Entity 'b' not defined"},
        {LOG("<string key=\"a\" value=\"&#0;\"/>"), 2, ""},
        {LOG("<string key=\"a\" value=\"\xc3\x28\"/>"), 2, "Input is not proper UTF-8"},
        {LOG("") "<log/>", 3, "Extra content"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        for (int is_lenient = 0; is_lenient < 2; is_lenient++) {
            struct seen seen = {0};
            struct fault fault = {99, STR("")};
            assert_err(read_text(table[i].text, is_lenient, &seen, &fault), ERR_INVALID);
            if (fault.line != table[i].line || !str_has_prefix(fault.why, str_of(table[i].why)))
                fail_msg("%s: line %zu: %.*s", table[i].text, fault.line, STR_ARG(fault.why));
        }
    }
}

/* Faults of form: refused when strict, noted when lenient. */
static void test_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *why;
    } table[] = {
        {"<log><trace/></log>", "a log without xes.version"},
        {"<log xes.version=\"1849.2016\"/>", "a log without xes.features"},
        {"<log xes.version=\"1849.2016\" xes.features=\"\" by=\"x\"/>", "an unknown XML attribute"},
        {LOG("<trace key=\"a\"/>"), "an unknown XML attribute"},
        {LOG("<trace/><string key=\"a\" value=\"b\"/>"), "an element out of order"},
        {LOG("<trace><event/><string key=\"a\" value=\"b\"/></trace>"), "an element out of order"},
        {LOG("<trace><string key=\"a\" value=\"b\"/><int key=\"a\" value=\"1\"/></trace>"),
         "a key twice in one element"},
        {LOG("<string key=\"concept:name\" value=\"b\"/>"),
         "a key of an extension that is not declared"},
        {LOG("<extension name=\"c\" prefix=\"concept\" uri=\"u\"/><string key=\"concept:nam\" "
             "value=\"b\"/>"),
         "a key that its extension does not have"},
        {LOG("<classifier name=\"a\" keys=\"b\"/>"), "a classifier over a key that is not global"},
        {LOG("<classifier name=\"a\" keys=\"  \"/>"), "a classifier without keys"},
        {LOG("<list key=\"a\"/>"), "a list without values"},
        {LOG("<trace>text</trace>"), "text between the elements"},
        {"<log xes.version=\"1.0\"><string key=\"a\" value=\"b\"><int key=\"c\" "
         "value=\"1\"/></string></log>",
         "an attribute in an attribute, which xes.features does not declare"},
        {LOG("<global><string key=\"a\" value=\"b\"/></global><trace><event><int key=\"a\" "
             "value=\"1\"/>"
             "</event></trace>"),
         "an attribute of another type than its global"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct seen seen = {0};
        struct fault fault = {0, STR("")};
        assert_err(read_text(table[i].text, false, &seen, &fault), ERR_INVALID);
        assert_str(fault.why, str_of(table[i].why));
        assert_err(read_text(table[i].text, true, &seen, &fault), OK);
        assert_int_equal(seen.notes, 1);
        assert_true(str_find(buf_str(&seen.out), str_of(table[i].why)) != STR_NONE);
    }
}

static void test_each_reason_is_noted_once(void **state)
{
    (void)state;
    struct seen seen = {0};

    assert_err(
        read_text(LOG("<trace/>\n<trace><date key=\"d\" value=\"2011-10-11T00:00:00\"/></trace>\n"
                      "<trace><date key=\"d\" value=\"2011-10-12T00:00:00\"/></trace>"),
                  false, &seen, NULL),
        OK);
    assert_int_equal(seen.notes, 1);
    assert_int_equal(seen.first_note, 3);
}

static void repeat(struct buf *b, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buf_put(b, str_of(piece));
}

static enum err read_around(const char *before, const char *piece, size_t times, const char *after)
{
    struct buf b = buf_in(arena);
    struct seen seen = {0};
    struct xes_reader to = reader_to(&seen, true);

    buf_put(&b, STR("<log xes.version=\"1.0\" xes.features=\"nested-attributes\">"));
    repeat(&b, before, 1);
    repeat(&b, piece, times);
    repeat(&b, after, 1);
    buf_put(&b, STR("</log>"));
    return xes_read_text(arena, buf_str(&b), &to, NULL);
}

static void test_limits(void **state)
{
    (void)state;
    struct buf nest = buf_in(arena);

    assert_err(read_around("<trace>", "<event/>", XES_EVENTS_MAX, "</trace>"), OK);
    assert_err(read_around("<trace>", "<event/>", XES_EVENTS_MAX + 1, "</trace>"), ERR_LIMIT);
    assert_err(
        read_around("<trace>", "<int key=\"a\" value=\"1\"/>", XES_ATTRIBUTES_MAX, "</trace>"), OK);
    assert_err(
        read_around("<trace>", "<int key=\"a\" value=\"1\"/>", XES_ATTRIBUTES_MAX + 1, "</trace>"),
        ERR_LIMIT);
    assert_err(read_around("<string key=\"a\" value=\"", "x", XES_TEXT_MAX, "\"/>"), OK);
    assert_err(read_around("<string key=\"a\" value=\"", "x", XES_TEXT_MAX + 1, "\"/>"), ERR_LIMIT);
    for (size_t depth = XES_DEPTH_MAX; depth <= XES_DEPTH_MAX + 1; depth++) {
        nest = buf_in(arena);
        repeat(&nest, "<string key=\"a\" value=\"b\">", depth);
        repeat(&nest, "</string>", depth);
        assert_err(read_around("", str_z(arena, buf_str(&nest)), 1, ""),
                   depth > XES_DEPTH_MAX ? ERR_LIMIT : OK);
    }
    /* Lists go two levels at a time. */
    nest = buf_in(arena);
    repeat(&nest, "<list key=\"a\"><values>", XES_DEPTH_MAX);
    repeat(&nest, "</values></list>", XES_DEPTH_MAX);
    assert_err(read_around("<trace><event>", str_z(arena, buf_str(&nest)), 1, "</event></trace>"),
               OK);
    assert_err(read_around("", "<trace>", 100000, ""), ERR_INVALID);
}

static void test_callback_ends_the_reading(void **state)
{
    (void)state;
    struct seen seen = {.answer = ERR_STALE};

    assert_err(read_text(LOG("<trace/><trace/>"), false, &seen, NULL), ERR_STALE);
    assert_int_equal(seen.traces, 1);
}

/* --- files that nobody here wrote
 * ----------------------------------------------------------------- */

static FILE *data_open(const char *name)
{
    FILE *file = fopen(str_z(arena, str_format(arena, DATA "%s", name)), "rb");

    if (!file) {
        print_message("# no %s: skipped\n", name);
        skip();
    }
    return file;
}

/* Right and wrong on purpose. A file that says a thing twice or in the wrong order, misses what the
 * schema of IEEE 1849-2016 requires or has what it does not know is refused. Read are, besides all
 * "Correct", those whose name is a warning of something allowed: an empty global (a scope is
 * optional, so are its attributes), an empty list of values, nesting declared but not used, a date
 * without a zone (UTC, noted). */
enum verdict { READ, NOTED, REFUSED };
static const struct {
    const char *name;
    enum verdict verdict;
} expected[] = {
    {"attributeEventSwapped", REFUSED},
    {"attributeTraceSwapped", REFUSED},
    {"attributeValuesSwapped", REFUSED},
    {"booleanCorrectValue", READ},
    {"booleanIncorrectValue", REFUSED},
    {"classifierAttributeSwapped", REFUSED},
    {"classifierCorrectAttributes", READ},
    {"classifierEmptyKeys", REFUSED},
    {"classifierEventCorrectAttributes", READ},
    {"classifierEventSwapped", REFUSED},
    {"classifierIncorrectKey", REFUSED},
    {"classifierIncorrectScope", REFUSED},
    {"classifierNoAttributes", REFUSED},
    {"classifierTooManyAttributes", REFUSED},
    {"classifierTraceCorrectAttributes", READ},
    {"classifierTraceSwapped", REFUSED},
    {"dateCorrectValue", READ},
    {"dateIncorrectValue", REFUSED},
    {"dateNoTZD", NOTED},
    {"elementIncorrect", REFUSED},
    {"eventCorrectAttributes", READ},
    {"eventIdenticalAttributes", REFUSED},
    {"eventIncorrectType", REFUSED},
    {"eventTooManyAttributes", REFUSED},
    {"extensionAttributeSwapped", REFUSED},
    {"extensionClassifierSwapped", REFUSED},
    {"extensionCorrectAttributes", READ},
    {"extensionEventSwapped", REFUSED},
    {"extensionGlobalSwapped", REFUSED},
    {"extensionIncorrectKey", REFUSED},
    {"extensionNoAttributes", REFUSED},
    {"extensionNotDeclared", REFUSED},
    {"extensionStandard", READ},
    {"extensionTooManyAttributes", REFUSED},
    {"extensionTraceSwapped", REFUSED},
    {"globalAttributeSwapped", REFUSED},
    {"globalClassifierSwapped", REFUSED},
    {"globalEventStringCorrectAttributes", READ},
    {"globalEventSwapped", REFUSED},
    {"globalIncorrectScope", REFUSED},
    {"globalNoAttributes", READ},
    {"globalStringCorrectAttributes", READ},
    {"globalStringNoAttributes", REFUSED},
    {"globalStringTooManyAttributes", REFUSED},
    {"globalTooManyAttributes", REFUSED},
    {"globalTraceStringCorrectAttributes", READ},
    {"globalTraceSwapped", REFUSED},
    {"idCorrectValue", READ},
    {"idIncorrectValue", REFUSED},
    {"intCorrectValue", READ},
    {"intIncorrectValue", REFUSED},
    {"listEmptyValues", READ},
    {"listNoValues", REFUSED},
    {"listTwoValues", READ},
    {"logCorrectAttributes", READ},
    {"logNoAttributes", REFUSED},
    {"logNoNestedAttributes", READ},
    {"logOutOfPlace", REFUSED},
    {"logTooManyAttributes", REFUSED},
    {"noLog", REFUSED},
    {"realCorrectValue", READ},
    {"realIncorrectValue", REFUSED},
    {"stringCorrectAttributes", READ},
    {"stringNestedNotDeclared", REFUSED},
    {"stringNoAttributes", REFUSED},
    {"stringNotNestedButDeclared", READ},
    {"stringTooManyAttributes", REFUSED},
    {"traceCorrectAttributes", READ},
    {"traceEventSwapped", REFUSED},
    {"traceOutOfPlace", REFUSED},
    {"traceTooManyAttributes", REFUSED},
};

static void test_files_right_and_wrong_on_purpose(void **state)
{
    (void)state;
    int wrong = 0;

    assert_int_equal(sizeof expected / sizeof *expected, 71);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct str name = str_format(arena, "xes_importer_tests/%s.xes", expected[i].name);
        FILE *file = data_open(str_z(arena, name));
        struct seen seen = {0};
        struct xes_reader to = reader_to(&seen, false);
        struct fault fault = {0, STR("")};
        enum err err = xes_read_file(arena, file, &to, &fault);
        fclose(file);
        enum verdict verdict = err ? REFUSED : seen.notes ? NOTED : READ;
        if (verdict != expected[i].verdict) {
            print_message("# %s: %s line %zu %.*s\n", expected[i].name, err_name(err), fault.line,
                          STR_ARG(fault.why));
            wrong++;
        }
        if (err)
            assert_true(fault.why.n > 0);
    }
    assert_int_equal(wrong, 0);
}

static void test_real_logs(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t traces, events;
        double mb;
    } table[] = {
        {"receipt/receipt.xes.gz", 1434, 8577, 4.06},
        {"bpic2015/T_BPIC15_1.xes.gz", 1199, 54818, 18.15},
        {"helpdesk/helpdesk.xes.gz", 4580, 21348, 13.86},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        FILE *file = data_open(table[i].name);
        struct seen seen = {0};
        struct xes_reader to = reader_to(&seen, false);
        struct fault fault = {0, STR("")};
        struct timespec from, till;
        clock_gettime(CLOCK_MONOTONIC, &from);
        enum err err = xes_read_file(arena, file, &to, &fault);
        clock_gettime(CLOCK_MONOTONIC, &till);
        fclose(file);
        if (err)
            fail_msg("%s: line %zu: %.*s", table[i].name, fault.line, STR_ARG(fault.why));
        assert_int_equal(seen.traces, table[i].traces);
        assert_int_equal(seen.events, table[i].events);
        assert_int_equal(seen.notes + seen.loose, 0);
        double s =
            (double)(till.tv_sec - from.tv_sec) + (double)(till.tv_nsec - from.tv_nsec) / 1e9;
        print_message("# %s: %.0f MB/s\n", table[i].name, table[i].mb / s);
    }
}

static void test_packed_file_cut_off(void **state)
{
    (void)state;
    FILE *file = data_open("receipt/receipt.xes.gz"), *cut = tmpfile();
    char *bytes = ARENA_ARRAY(arena, char, 100000);
    struct seen seen = {0};
    struct xes_reader to = reader_to(&seen, false);

    assert_int_equal(fread(bytes, 1, 100000, file), 100000);
    fclose(file);
    assert_non_null(cut);
    assert_int_equal(fwrite(bytes, 1, 100000, cut), 100000);
    rewind(cut);
    assert_err(xes_read_file(arena, cut, &to, NULL), ERR_IO);
    assert_true(seen.traces > 0);
    fclose(cut);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_reads_everything, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_values_are_typed, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_refuses, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_form, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_each_reason_is_noted_once, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_limits, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_callback_ends_the_reading, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_files_right_and_wrong_on_purpose, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_real_logs, set_up, tear_down),
    cmocka_unit_test_setup_teardown(test_packed_file_cut_off, set_up, tear_down),
};

TEST_MAIN("xes", tests)
