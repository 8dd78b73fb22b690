/* BPMN files: what is read, what is named as out of scope, what is refused; drawings read back. */
#include "test.h"

#include "format/bpmn.h"
#include "rules/flow.h"

static struct arena *a;
static struct fault fault;

#define HEAD "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:mc=\"" BPMN_NS "\" id=\"d\">"

static enum err read_text(const char *text, struct bpmn *ret)
{
    fault = (struct fault){.why = STR("")};
    return bpmn_read(a, str_of(text), ret, &fault);
}

static struct str file(const char *name)
{
    char path[600];
    struct buf b = buf_in(a);
    char part[4096];
    size_t n;

    snprintf(path, sizeof path, SOURCE_ROOT "/../shared/data/bpmn/%s", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return STR("");
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, (struct str){part, n});
    fclose(f);
    return buf_str(&b);
}

static enum err yes(void *arg, struct str expression, bool *ret)
{
    (void)arg;
    (void)expression;
    *ret = true;
    return OK;
}

static enum err two(void *arg, struct str expression, int64_t *ret)
{
    (void)arg;
    (void)expression;
    *ret = 2;
    return OK;
}

/* Finishes the first that waits, again and again. */
static bool runs_to_its_end(const struct process *p)
{
    const struct flow_world world = {yes, two, NULL};
    struct flow_run r = {.arena = a, .process = p, .world = &world};

    if (flow_start(&r))
        return false;
    for (int i = 0; i < 200 && !flow_has_ended(&r.state); i++) {
        int64_t no = 0;
        for (size_t t = 0; t < r.state.count && !no; t++)
            if (r.state.token[t].state == TOKEN_ACTIVE)
                no = r.state.token[t].no;
        if (!no || flow_complete(&r, no))
            return false;
    }
    return flow_has_ended(&r.state);
}

static size_t findings_of(struct bpmn *b)
{
    size_t n = b->finding_count;

    for (size_t i = 0; i < b->process_count; i++) {
        struct process whole;
        struct process_finding *finding;
        size_t count;
        struct str missing = STR("");
        if (bpmn_whole(a, b, i, &whole, &missing)) {
            n++;
            continue;
        }
        process_check(a, &whole, &finding, &count);
        n += count;
        if (!count && !b->finding_count)
            assert_true(runs_to_its_end(&whole));
    }
    return n;
}

/* The reference models of the interchange group: each runs to its end, or what cannot run is named. */
static void reference_models_load(void **state)
{
    static const char *const MODELS[] = {"A.1.0.bpmn", "A.2.0.bpmn", "A.2.1.bpmn", "A.3.0.bpmn", "A.4.0.bpmn",
                                         "A.4.1.bpmn", "B.1.0.bpmn", "B.2.0.bpmn", "C.1.0.bpmn"};
    size_t runs = 0;

    (void)state;
    if (str_is_empty(file(MODELS[0]))) {
        skip();
        return;
    }
    for (size_t i = 0; i < sizeof MODELS / sizeof MODELS[0]; i++) {
        struct bpmn b, again;
        enum err err = bpmn_read(a, file(MODELS[i]), &b, &fault);
        if (err)
            fail_msg("%s: %s: %.*s", MODELS[i], err_name(err), STR_ARG(fault.why));
        assert_true(b.process_count > 0);
        size_t n = findings_of(&b);
        runs += n == 0;
        for (size_t f = 0; f < b.finding_count; f++)
            assert_true(b.finding[f].element.n > 0);
        assert_err(bpmn_read(a, b.xml, &again, &fault), OK); /* written back, it is the same */
        assert_str(again.xml, b.xml);
        assert_int_equal(again.process_count, b.process_count);
        for (size_t p = 0; p < b.process_count; p++) {
            assert_int_equal(again.process[p].node_count, b.process[p].node_count);
            assert_int_equal(again.process[p].flow_count, b.process[p].flow_count);
        }
    }
    assert_true(runs >= 2);
}

static void ours_is_read(void **state)
{
    struct bpmn b;

    (void)state;
    assert_err(read_text(HEAD "<message id=\"m\" name=\"tra loi\"/><process id=\"p\" isExecutable=\"true\"><laneSet id=\"l\"><lane id=\"l1\" name=\"Thu\u1EBF\" "
                              "mc:place=\"chi-cuc-thue\"><flowNodeRef>t</flowNodeRef></lane></laneSet><userTask id=\"t\" name=\"A &amp; B\" "
                              "mc:minutes=\"90\"/><receiveTask id=\"r\" messageRef=\"m\"/><boundaryEvent id=\"b\" attachedToRef=\"t\" cancelActivity=\"false\">"
                              "<timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition></boundaryEvent>"
                              "<sequenceFlow id=\"f\" sourceRef=\"t\" targetRef=\"r\"/></process></definitions>", &b), OK);
    const struct process *p = &b.process[0];
    assert_int_equal(b.finding_count, 0);
    assert_int_equal(p->node_count, 3);
    assert_str(p->node[0].place, STR("chi-cuc-thue"));
    assert_str(p->node[0].name, STR("A & B"));
    assert_int_equal(p->node[0].minutes, 90);
    assert_str(p->node[1].reference, STR("tra loi"));
    assert_int_equal(p->node[2].attached_to, 0);
    assert_false(p->node[2].is_interrupting);
    assert_str(p->node[2].timer, STR("PT8H"));
}

static void what_is_out_of_scope_is_named(void **state)
{
    struct bpmn b;

    (void)state;
    assert_err(read_text(HEAD "<process id=\"p\"><complexGateway id=\"g\"/><adHocSubProcess id=\"h\"/><startEvent id=\"s\">"
                              "<signalEventDefinition/></startEvent><wonder id=\"w\"/></process></definitions>", &b), OK);
    assert_int_equal(b.finding_count, 4);
}

static void hostile_files_are_refused(void **state)
{
    struct bpmn b;
    struct buf deep = buf_in(a);

    (void)state;
    assert_err(read_text("", &b), ERR_INVALID);
    assert_err(read_text("<a/>", &b), ERR_INVALID);
    assert_err(read_text(HEAD "<process id=\"p\">", &b), ERR_INVALID);
    assert_true(fault.why.n > 0);
    assert_err(read_text("<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>" HEAD "</definitions>", &b), ERR_INVALID);
    assert_err(read_text(HEAD "<process id=\"p\"><task id=\"t\"/><task id=\"t\"/></process></definitions>", &b), ERR_INVALID);
    /* An id that is no name, of a node or a flow, would break the text of a state. */
    static const char *const WRONG[] = {"", "a b", "a&#10;b", "a/b", "-"};
    for (size_t i = 0; i < 2 * sizeof WRONG / sizeof WRONG[0]; i++) {
        struct str text = str_format(a, HEAD "<process id=\"p\"><task id=\"%s\"/><sequenceFlow id=\"%s\" sourceRef=\"t\" targetRef=\"t\"/>"
                                             "<task id=\"u\"/></process></definitions>",
                                     i % 2 ? WRONG[i / 2] : "t", i % 2 ? "f" : WRONG[i / 2]);
        assert_err(bpmn_read(a, text, &b, &fault), ERR_INVALID);
    }
    assert_err(read_text(HEAD "<process id=\"p\"><task id=\"t\"/><sequenceFlow id=\"t\" sourceRef=\"t\" targetRef=\"t\"/></process></definitions>", &b), ERR_INVALID);
    assert_err(read_text(HEAD "<process id=\"p\"><task id=\"t\"/></process><process id=\"p\"><task id=\"u\"/></process></definitions>", &b), ERR_INVALID);
    buf_put(&deep, STR(HEAD "<process id=\"p\">"));
    for (int i = 0; i < 200; i++)
        buf_format(&deep, "<subProcess id=\"s%d\">", i);
    for (int i = 0; i < 200; i++)
        buf_put(&deep, STR("</subProcess>"));
    buf_put(&deep, STR("</process></definitions>"));
    assert_err(bpmn_read(a, buf_str(&deep), &b, &fault), ERR_LIMIT);
    struct str large = {ARENA_ARRAY(a, char, BPMN_BYTES_MAX + 1), BPMN_BYTES_MAX + 1};
    assert_err(bpmn_read(a, large, &b, &fault), ERR_LIMIT);
}

static void a_drawing_reads_back(void **state)
{
    struct process_step step[] = {{STR_INIT("nhan"), STR_INIT("Tiếp nhận \"gấp\""), STR_INIT("mot-cua"), STR_INIT("counter"), 60},
                                  {STR_INIT("ky"), STR_INIT("Ký <duyệt>"), STR_INIT("lanh-dao"), STR_INIT("leader"), 120}};
    struct process p;
    struct process_step *back;
    size_t count;
    struct bpmn b;

    (void)state;
    p = process_from_steps(a, STR("1.001193"), STR("Khai sinh"), step, 2);
    assert_err(bpmn_read(a, bpmn_draw(a, &p), &b, &fault), OK);
    assert_int_equal(findings_of(&b), 0);
    assert_err(process_to_steps(a, &b.process[0], &back, &count), OK);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_str(back[i].code, step[i].code);
        assert_str(back[i].name, step[i].name);
        assert_str(back[i].place, step[i].place);
        assert_int_equal(back[i].minutes, step[i].minutes);
    }
}

#define UNDRAWN                                                                                                        \
    "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"d\"><b:process id=\"p\">"               \
    "<b:startEvent id=\"s\"/><b:userTask id=\"b\xc6\xb0\xe1\xbb\x9b" "c\"><b:documentation>gi&#7919;</b:documentation></b:userTask>"  \
    "<b:boundaryEvent id=\"hen\" attachedToRef=\"b\xc6\xb0\xe1\xbb\x9b" "c\"><b:timerEventDefinition><b:timeDuration>P1D"     \
    "</b:timeDuration></b:timerEventDefinition></b:boundaryEvent><b:endEvent id=\"e\"/>"                                  \
    "<b:sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"b\xc6\xb0\xe1\xbb\x9b" "c\"/>"                                     \
    "<b:sequenceFlow id=\"f2\" sourceRef=\"b\xc6\xb0\xe1\xbb\x9b" "c\" targetRef=\"e\"/>"                                     \
    "<b:sequenceFlow id=\"f3\" sourceRef=\"hen\" targetRef=\"e\"/></b:process></b:definitions>"

static void what_was_never_drawn_gets_a_diagram(void **state)
{
    struct bpmn b, again;

    (void)state;
    assert_err(bpmn_read(a, STR(UNDRAWN), &b, &fault), OK);
    struct str xml = bpmn_with_diagram(a, b.xml, &b.process[0]);
    assert_true(str_find(xml, STR("bpmnElement=\"b\xc6\xb0\xe1\xbb\x9b" "c\"")) != STR_NONE); /* ids as they stand */
    assert_true(str_find(xml, STR("P1D")) != STR_NONE && str_find(xml, STR("documentation")) != STR_NONE);
    assert_err(bpmn_read(a, xml, &again, &fault), OK);
    assert_int_equal(again.process[0].node_count, b.process[0].node_count);
    assert_int_equal(findings_of(&again), 0);
    assert_str(bpmn_with_diagram(a, xml, &b.process[0]), xml); /* one that is drawn stays as it is */
    assert_str(bpmn_with_diagram(a, STR("<a/><!-- </b> -->"), &b.process[0]), STR("<a/><!-- </b> -->"));
}

/* Codes that become one XML name, and those that the drawing itself uses, stay apart. */
static void ids_that_look_alike_stay_apart(void **state)
{
    static const char *const CODES[] = {"a b", "a_b", "a:b", "_a_b_2", "f1", "f2", "start", "end", "plane", "shape_end", "1.2", "_1.2", "p"};
    enum { COUNT = sizeof CODES / sizeof CODES[0] };
    struct process_step step[COUNT] = {{.minutes = 0}};
    struct bpmn b;

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        step[i] = (struct process_step){.code = str_of(CODES[i]), .name = str_of(CODES[i]), .minutes = (int64_t)i + 1};
    struct process p = process_from_steps(a, STR("p"), STR("P"), step, COUNT);
    struct str xml = bpmn_draw(a, &p);
    assert_err(bpmn_read(a, xml, &b, &fault), OK);
    assert_int_equal(findings_of(&b), 0);
    assert_int_equal(b.process[0].node_count, COUNT + 2);
    assert_int_equal(b.process[0].flow_count, COUNT + 1);
    assert_str(b.process[0].node[2].id, STR("_a_b_2"));
    for (size_t i = 0; i <= COUNT; i++) { /* each flow still leads from one to the next */
        assert_int_equal(b.process[0].flow[i].from, i);
        assert_int_equal(b.process[0].flow[i].to, i + 1);
    }
    size_t ids = 0;
    for (size_t at = 0, next; (next = str_find(str_sub(xml, at, xml.n), STR(" id=\""))) != STR_NONE; ids++) {
        at += next + 5;
        struct str rest = str_sub(xml, at, xml.n), id = str_sub(rest, 0, str_find(rest, STR("\"")));
        struct str whole = str_format(a, " id=\"%" PRIstr "\"", STR_ARG(id));
        assert_int_equal(str_find(rest, whole), STR_NONE);
    }
    assert_int_equal(ids, 4 + 2 * (2 * COUNT + 3)); /* the file, process, diagram, plane; what is drawn, twice */
}

/* "0" is false as well; a default that leaves another node would let a token leap there. */
static void attributes_are_read_as_the_schema_says(void **state)
{
    struct bpmn b;

    (void)state;
    assert_err(read_text(HEAD "<process id=\"p\"><startEvent id=\"s\"/><userTask id=\"t\" default=\"f3\"/><exclusiveGateway id=\"g\" default=\"f1\"/>"
                              "<boundaryEvent id=\"b\" attachedToRef=\"t\" cancelActivity=\" 0 \"/><boundaryEvent id=\"c\" attachedToRef=\"t\" cancelActivity=\"1\"/>"
                              "<sequenceFlow id=\"f1\" sourceRef=\"s\" targetRef=\"t\"/><sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"g\"/>"
                              "</process></definitions>", &b), OK);
    assert_false(b.process[0].node[3].is_interrupting);
    assert_true(b.process[0].node[4].is_interrupting);
    assert_int_equal(b.finding_count, 2);
    assert_str(b.finding[0].element, STR("t"));
    assert_int_equal(b.finding[0].why, WORD_PROCESS_DEFAULT_WRONG);
    assert_str(b.finding[1].element, STR("g"));
    assert_int_equal(b.process[0].node[2].default_flow, -1);
}

static int set_up(void **state)
{
    (void)state;
    a = arena_new(512 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(ids_that_look_alike_stay_apart, set_up, tear_down),
    cmocka_unit_test_setup_teardown(attributes_are_read_as_the_schema_says, set_up, tear_down),
    cmocka_unit_test_setup_teardown(reference_models_load, set_up, tear_down),
    cmocka_unit_test_setup_teardown(ours_is_read, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_is_out_of_scope_is_named, set_up, tear_down),
    cmocka_unit_test_setup_teardown(hostile_files_are_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_drawing_reads_back, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_was_never_drawn_gets_a_diagram, set_up, tear_down),
};
TEST_MAIN("bpmn", tests)
