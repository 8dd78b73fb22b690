/* motcua flow: is a drawing executable, how does it run, what is the process of a procedure. */
#include "acts/flow_world.h"
#include "acts/process.h"
#include "app/command.h"
#include "format/bpmn.h"
#include "format/json_writer.h"
#include "rules/flow.h"

enum { FLOW_ARENA = 512 * 1024 * 1024, FLOW_STEPS_MAX = 10000, FLOW_LINE = 4096, FLOW_FINDINGS = 20000 };

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

static void check_all(struct arena *a, const struct bpmn *file, struct checked *c)
{
    c->finding = ARENA_ARRAY(a, struct process_finding, FLOW_FINDINGS);
    keep(c, file->finding, file->finding_count);
    for (size_t i = 0; i < file->process_count; i++) {
        struct process whole;
        struct process_finding *finding;
        size_t count;
        process_examine(a, file, i, &whole, &finding, &count);
        keep(c, finding, count);
    }
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

/* The file as the program keeps it. */
static enum exit_status written(struct arena *a, struct str path, struct str xml)
{
    FILE *f = fopen(str_z(a, path), "wb");
    bool good = f && fwrite(xml.p, 1, xml.n, f) == xml.n;

    if (f)
        good = fclose(f) == 0 && good;
    if (!good)
        complain("cannot write %" PRIstr, STR_ARG(path));
    return good ? EXIT_DONE : EXIT_FAILED;
}

static enum exit_status check(struct arena *a, struct str path, struct str out, bool json)
{
    struct bpmn file;
    struct checked c = {.count = 0};
    enum exit_status status = bpmn_open(a, path, &file);

    if (!status && out.n)
        status = written(a, out, file.xml);
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

/* A number where it is one, else text. */
static void field_typed(struct flow_fields *f, struct str name, struct str value)
{
    int64_t n;

    if (str_parse_int(value, INT64_MIN, INT64_MAX, &n) == OK)
        flow_field_int(f, name, n);
    else
        flow_field_text(f, name, value);
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
static bool next_typed(struct flow_fields *r, int64_t *ret)
{
    char line[FLOW_LINE];

    if (!fgets(line, sizeof line, stdin))
        return false;
    struct str text = str_trim(str_copy(r->arena, str_of(line)));
    size_t blank = str_find(text, STR(" "));
    if (blank != STR_NONE)
        field_typed(r, STR("choice"), str_trim(str_sub(text, blank + 1, text.n)));
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

/* Each step takes room of its own, for a process may lead back for ever: what is kept are the tokens. */
static void step_over(struct flow_run *run)
{
    struct arena *a = arena_new(FLOW_ARENA);
    struct flow_token *token = ARENA_ARRAY(a, struct flow_token, FLOW_TOKENS_MAX);

    for (size_t i = 0; i < run->state.count; i++)
        token[i] = run->state.token[i];
    run->state.token = token;
    arena_free(run->arena);
    run->arena = a;
}

static enum exit_status run_through(struct flow_fields *r, const struct process *p, bool automatic)
{
    const struct flow_world world = flow_world_of(r);
    struct flow_run run = {.arena = arena_new(FLOW_ARENA), .process = p, .world = &world};
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
        if (!err)
            step_over(&run);
    }
    bool ended = !err && flow_has_ended(&run.state);
    if (!err)
        puts(ended ? "ended" : "not ended");
    enum exit_status status = err ? stopped(&run, err) : ended ? EXIT_DONE : EXIT_NO;
    arena_free(run.arena);
    return status;
}

static enum exit_status run_file(struct flow_fields *r, struct str path, bool automatic)
{
    struct bpmn file;
    struct checked c = {.count = 0};
    struct process whole;
    struct str missing;
    enum exit_status status = bpmn_open(r->arena, path, &file);

    if (status)
        return status;
    check_all(r->arena, &file, &c);
    if (c.count || !file.process_count || bpmn_whole(r->arena, &file, 0, &whole, &missing)) {
        complain("not executable; see: motcua flow check");
        return EXIT_NO;
    }
    return run_through(r, &whole, automatic);
}

/* ---- export ---- */

static enum exit_status export(struct str code, struct str address)
{
    struct session s;
    struct act_process_view act = {.code = code};
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);

    if (status)
        return status;
    enum err err = act_process_view(&act, &s.ctx);
    if (err || str_is_empty(act.reading.xml)) {
        complain("there is no process of '%" PRIstr "'", STR_ARG(code));
        status = EXIT_USAGE;
    } else {
        fwrite(act.reading.xml.p, 1, act.reading.xml.n, stdout);
    }
    session_close(&s);
    return status;
}

/* ---- the command ---- */

static bool fields_typed(struct args *args, struct flow_fields *r)
{
    struct str set;
    bool good = true;

    while (args_option(args, "--set", &set)) {
        size_t at = str_find(set, STR("="));
        good = good && at != STR_NONE;
        if (good)
            field_typed(r, str_sub(set, 0, at), str_sub(set, at + 1, set.n));
    }
    return good;
}

static enum exit_status dispatch(struct args *args, struct flow_fields *r)
{
    struct str what, which, out = STR(""), address = store_address(args);
    bool json = args_flag(args, "--json"), automatic = args_flag(args, "--auto");
    bool good = fields_typed(args, r);

    args_option(args, "--write", &out);
    good = args_word(args, &what) && args_word(args, &which) && good;
    if (!args_done(args))
        return EXIT_USAGE;
    if (good && str_eq(what, STR("check")))
        return check(r->arena, which, out, json);
    if (good && str_eq(what, STR("run")))
        return run_file(r, which, automatic);
    if (good && str_eq(what, STR("export")))
        return export(which, address);
    complain("flow needs: check FILE.bpmn [--json] [--write OUT] | run FILE.bpmn [--auto] [--set NAME=VALUE]… | export PROCEDURE");
    return EXIT_USAGE;
}

enum exit_status command_flow(struct args *args)
{
    struct arena *a = arena_new(FLOW_ARENA);
    struct flow_fields *r = ARENA_NEW(a, struct flow_fields);

    r->arena = a;
    enum exit_status status = dispatch(args, r);
    arena_free(a);
    return status;
}
