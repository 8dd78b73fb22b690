/* motcua flow: is a drawing executable, how does it run, what is the process of a procedure. */
#include "acts/process.h"
#include "app/command.h"
#include "format/bpmn.h"
#include "format/json_writer.h"
#include "rules/flow.h"
#include "script/script.h"

enum { FLOW_ARENA = 512 * 1024 * 1024, FLOW_STEPS_MAX = 10000, FLOW_FIELDS = 64, FLOW_LINE = 4096, FLOW_FINDINGS = 20000 };

/* ---- reading ---- */

static enum err file_read(struct arena *a, struct str path, struct str *ret)
{
    FILE *f = fopen(str_z(a, path), "rb");
    struct buf b = buf_in(a);
    char part[4096];
    size_t n;

    if (!f)
        return ERR_NOT_FOUND;
    while (b.n <= BPMN_BYTES_MAX && (n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, (struct str){part, n});
    fclose(f);
    *ret = buf_str(&b);
    return OK;
}

static const struct process *called(void *arg, struct str id)
{
    const struct bpmn *file = arg;

    for (size_t i = 0; i < file->process_count; i++)
        if (str_eq(file->process[i].id, id))
            return &file->process[i];
    return NULL;
}

static enum exit_status bpmn_open(struct arena *a, struct str path, struct bpmn *ret)
{
    struct str text;
    struct fault fault = {.why = STR("")};

    if (file_read(a, path, &text)) {
        complain("cannot read %" PRIstr, STR_ARG(path));
        return EXIT_USAGE;
    }
    if (bpmn_read(a, text, ret, &fault)) {
        complain("%" PRIstr ", line %zu: %" PRIstr, STR_ARG(path), fault.line, STR_ARG(fault.why));
        return EXIT_USAGE;
    }
    return EXIT_DONE;
}

/* ---- check ---- */

struct checked {
    struct process_finding *finding;
    size_t count;
};

static void keep(struct checked *c, const struct process_finding *finding, size_t count)
{
    for (size_t i = 0; i < count && c->count < FLOW_FINDINGS; i++)
        c->finding[c->count++] = finding[i];
}

/* What is no expression would fail later, before somebody's eyes. */
static void conditions_check(struct arena *a, const struct process *p, struct checked *c)
{
    struct str message;

    for (size_t i = 0; i < p->flow_count; i++)
        if (p->flow[i].condition.n && script_check(a, p->flow[i].condition, &message)) {
            struct process_finding f = {p->flow[i].id, WORD_PROCESS_CONDITION, message};
            keep(c, &f, 1);
        }
}

static void check_one(struct arena *a, struct bpmn *file, const struct process *p, struct checked *c)
{
    struct process whole = *p;
    struct str missing = STR("");
    struct process_finding *finding;
    size_t count;
    enum err err = process_inline(a, p, called, file, &whole, &missing);

    if (err) {
        struct process_finding f = {p->id, err == ERR_LIMIT ? WORD_PROCESS_TOO_LARGE : WORD_PROCESS_CALL_UNKNOWN, missing};
        keep(c, &f, 1);
    }
    process_check(a, &whole, &finding, &count);
    keep(c, finding, count);
    conditions_check(a, p, c);
}

static void check_all(struct arena *a, struct bpmn *file, struct checked *c)
{
    c->finding = ARENA_ARRAY(a, struct process_finding, FLOW_FINDINGS);
    keep(c, file->finding, file->finding_count);
    for (size_t i = 0; i < file->process_count; i++)
        check_one(a, file, &file->process[i], c);
}

static int64_t steps_of(const struct process *p)
{
    int64_t n = 0;

    for (size_t i = 0; i < p->node_count; i++)
        n += p->node[i].kind == NODE_USER_TASK || p->node[i].kind == NODE_RECEIVE_TASK ||
             p->node[i].kind == NODE_SEND_TASK || p->node[i].kind == NODE_SERVICE_TASK;
    return n;
}

static struct str finding_text(struct arena *a, const struct process_finding *f)
{
    return word_format(a, LANG_EN, f->why, &f->detail, 1);
}

static void processes_json(struct json_writer *w, const struct bpmn *file)
{
    json_write_key(w, STR("processes"));
    json_write_array(w);
    for (size_t i = 0; i < file->process_count; i++) {
        json_write_object(w);
        json_write_key(w, STR("id"));
        json_write_text(w, file->process[i].id);
        json_write_key(w, STR("steps"));
        json_write_int(w, steps_of(&file->process[i]));
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

static enum exit_status check_json(struct arena *a, const struct bpmn *file, const struct checked *c)
{
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    json_write_key(&w, STR("executable"));
    json_write_bool(&w, c->count == 0);
    processes_json(&w, file);
    json_write_key(&w, STR("findings"));
    json_write_array(&w);
    for (size_t i = 0; i < c->count; i++) {
        json_write_object(&w);
        json_write_key(&w, STR("element"));
        json_write_text(&w, c->finding[i].element);
        json_write_key(&w, STR("why"));
        json_write_text(&w, finding_text(a, &c->finding[i]));
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return c->count ? EXIT_NO : EXIT_DONE;
}

static enum exit_status check(struct arena *a, struct str path, bool json)
{
    struct bpmn file;
    struct checked c = {.count = 0};
    enum exit_status status = bpmn_open(a, path, &file);

    if (status)
        return status;
    check_all(a, &file, &c);
    if (json)
        return check_json(a, &file, &c);
    for (size_t i = 0; i < c.count; i++)
        printf("%" PRIstr ": %" PRIstr "\n", STR_ARG(c.finding[i].element), STR_ARG(finding_text(a, &c.finding[i])));
    puts(c.count ? "not executable" : "executable");
    return c.count ? EXIT_NO : EXIT_DONE;
}

/* ---- run ---- */

struct running {
    struct arena *a;
    struct script_field field[FLOW_FIELDS];
    size_t count;
};

static void field_set(struct running *r, struct str name, struct str value)
{
    struct script_value v = {.kind = SCRIPT_TEXT, .text = value};
    size_t at = 0;

    if (str_parse_int(value, INT64_MIN, INT64_MAX, &v.number) == OK)
        v.kind = SCRIPT_NUMBER;
    while (at < r->count && !str_eq(r->field[at].name, name))
        at++;
    if (at == FLOW_FIELDS)
        return;
    r->field[at] = (struct script_field){name, v};
    r->count += at == r->count;
}

static enum err condition(void *arg, struct str expression, bool *ret)
{
    struct running *r = arg;
    struct script_value v;
    struct str message;
    enum err err = script_eval(r->a, expression, r->field, r->count, &v, &message);

    if (!err)
        *ret = !(v.kind == SCRIPT_NIL || (v.kind == SCRIPT_BOOL && !v.yes));
    return err;
}

static enum err number(void *arg, struct str expression, int64_t *ret)
{
    struct running *r = arg;
    struct script_value v;
    struct str message;
    enum err err = script_eval(r->a, expression, r->field, r->count, &v, &message);

    if (!err)
        *ret = v.kind == SCRIPT_NUMBER ? v.number : 0;
    return err;
}

static void show(const struct flow_run *run)
{
    for (size_t i = 0; i < run->state.count; i++) {
        const struct flow_token *t = &run->state.token[i];
        const struct process_node *n = &run->process->node[t->node];
        if (t->state == TOKEN_ACTIVE)
            printf("%lld  %" PRIstr "  %" PRIstr "\n", (long long)t->no, STR_ARG(n->id), STR_ARG(n->name));
    }
}

static bool next_first(const struct flow_run *run, int64_t *ret)
{
    for (size_t i = 0; i < run->state.count; i++)
        if (run->state.token[i].state == TOKEN_ACTIVE) {
            *ret = run->state.token[i].no;
            return true;
        }
    return false;
}

/* "NUMBER" finishes a step, "NUMBER CHOICE" says what it came to. */
static bool next_typed(struct running *r, int64_t *ret)
{
    char line[FLOW_LINE];

    if (!fgets(line, sizeof line, stdin))
        return false;
    struct str text = str_trim(str_copy(r->a, str_of(line)));
    size_t blank = str_find(text, STR(" "));
    if (blank != STR_NONE)
        field_set(r, STR("choice"), str_trim(str_sub(text, blank + 1, text.n)));
    return str_parse_int(blank == STR_NONE ? text : str_sub(text, 0, blank), 1, INT64_MAX, ret) == OK;
}

static enum exit_status stopped(const struct flow_run *run, enum err err)
{
    const struct process *p = run->process;
    struct str where = run->failed_node >= 0   ? p->node[run->failed_node].id
                       : run->failed_flow >= 0 ? p->flow[run->failed_flow].id
                                               : STR("");

    complain("it stops at '%" PRIstr "': %s", STR_ARG(where),
             err == ERR_INVALID ? "no condition holds and there is no default, or one is no expression" : err_name(err));
    return EXIT_NO;
}

static enum exit_status run_through(struct running *r, const struct process *p, bool automatic)
{
    const struct flow_world world = {condition, number, r};
    struct flow_run run = {.arena = r->a, .process = p, .world = &world};
    enum err err = flow_start(&run);
    int64_t no;

    for (int i = 0; !err && !flow_has_ended(&run.state) && i < FLOW_STEPS_MAX; i++) {
        show(&run);
        if (!(automatic ? next_first(&run, &no) : next_typed(r, &no)))
            break;
        err = flow_complete(&run, no);
        if (err == ERR_NOT_FOUND && !automatic) {
            complain("no step of that number waits");
            err = OK;
        }
    }
    if (err)
        return stopped(&run, err);
    puts(flow_has_ended(&run.state) ? "ended" : "not ended");
    return flow_has_ended(&run.state) ? EXIT_DONE : EXIT_NO;
}

static enum exit_status run_file(struct running *r, struct str path, bool automatic)
{
    struct bpmn file;
    struct checked c = {.count = 0};
    struct process whole;
    struct str missing;
    enum exit_status status = bpmn_open(r->a, path, &file);

    if (status)
        return status;
    check_all(r->a, &file, &c);
    if (c.count || !file.process_count || process_inline(r->a, &file.process[0], called, &file, &whole, &missing)) {
        complain("not executable; see: motcua flow check");
        return EXIT_NO;
    }
    return run_through(r, &whole, automatic);
}

/* ---- export ---- */

/* A procedure without a drawing has its list of steps drawn. */
static struct str listed(struct arena *a, struct str code, const struct procedure_whole *whole)
{
    struct process_step *step = ARENA_ARRAY(a, struct process_step, whole->step_count);

    for (size_t i = 0; i < whole->step_count; i++) {
        const struct q_step_list *l = &whole->step[i];
        step[i] = (struct process_step){l->code, l->name, l->role, l->place, l->minutes};
    }
    struct process p = process_from_steps(a, code, whole->version.name, step, whole->step_count);
    return bpmn_draw(a, &p);
}

static enum exit_status export(struct str code, struct str address)
{
    struct session s;
    struct act_process_view act = {.code = code};
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);

    if (status)
        return status;
    enum err err = act_process_view(&act, &s.ctx);
    struct str xml = act.reading.xml;
    if (!err && !act.has_process && act.whole)
        xml = listed(s.arena, code, act.whole);
    if (err || str_is_empty(xml)) {
        complain("there is no process of '%" PRIstr "'", STR_ARG(code));
        status = EXIT_USAGE;
    } else {
        fwrite(xml.p, 1, xml.n, stdout);
    }
    session_close(&s);
    return status;
}

/* ---- the command ---- */

static bool fields_typed(struct args *args, struct running *r)
{
    struct str set;
    bool good = true;

    while (args_option(args, "--set", &set)) {
        size_t at = str_find(set, STR("="));
        good = good && at != STR_NONE;
        if (good)
            field_set(r, str_sub(set, 0, at), str_sub(set, at + 1, set.n));
    }
    return good;
}

static enum exit_status dispatch(struct args *args, struct running *r)
{
    struct str what, which, address = store_address(args);
    bool json = args_flag(args, "--json"), automatic = args_flag(args, "--auto");
    bool good = fields_typed(args, r);

    good = args_word(args, &what) && args_word(args, &which) && good;
    if (!args_done(args))
        return EXIT_USAGE;
    if (good && str_eq(what, STR("check")))
        return check(r->a, which, json);
    if (good && str_eq(what, STR("run")))
        return run_file(r, which, automatic);
    if (good && str_eq(what, STR("export")))
        return export(which, address);
    complain("flow needs: check FILE.bpmn [--json] | run FILE.bpmn [--auto] [--set NAME=VALUE]… | export PROCEDURE");
    return EXIT_USAGE;
}

enum exit_status command_flow(struct args *args)
{
    struct arena *a = arena_new(FLOW_ARENA);
    struct running *r = ARENA_NEW(a, struct running);

    r->a = a;
    enum exit_status status = dispatch(args, r);
    arena_free(a);
    return status;
}
