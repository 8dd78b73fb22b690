/* motcua flow - may a drawn process be executed? Needs no store: the file says everything. */
#include <errno.h>
#include <unistd.h>

#include "app/command.h"
#include "format/bpmn.h"
#include "format/json_writer.h"

enum { ARENA_BYTES = 256 << 20 };

struct checked {
    struct arena *a;
    struct bpmn file;
    size_t findings;
    struct json_writer *json; /* NULL: lines for people */
};

static enum exit_status file_read(struct arena *a, struct str path, struct str *ret)
{
    FILE *f = fopen(str_z(a, path), "rb");
    char *bytes = ARENA_ARRAY(a, char, BPMN_BYTES_MAX + 1);

    if (!f) {
        complain("cannot open '%" PRIstr "': %s", STR_ARG(path), strerror(errno));
        return EXIT_USAGE;
    }
    /* One byte more than is allowed, so that the reader refuses what is too large. */
    size_t n = fread(bytes, 1, BPMN_BYTES_MAX + 1, f);
    bool failed = ferror(f) != 0;
    fclose(f);
    if (failed) {
        complain("cannot read '%" PRIstr "'", STR_ARG(path));
        return EXIT_USAGE;
    }
    *ret = (struct str){bytes, n};
    return EXIT_DONE;
}

static void finding_say(struct checked *c, struct str element, enum word why, struct str detail)
{
    struct str sentence = word_format(c->a, LANG_VI, why, &detail, 1);

    c->findings++;
    if (!c->json) {
        printf("%" PRIstr ": %" PRIstr "\n", STR_ARG(element), STR_ARG(sentence));
        return;
    }
    json_write_object(c->json);
    json_write_key(c->json, STR("element"));
    json_write_text(c->json, element);
    json_write_key(c->json, STR("why"));
    json_write_text(c->json, sentence);
    json_write_object_end(c->json);
}

static const struct process *called(void *arg, struct str id)
{
    const struct bpmn *file = arg;

    for (size_t i = 0; i < file->process_count; i++)
        if (str_eq(file->process[i].id, id))
            return &file->process[i];
    return NULL;
}

static void process_say_findings(struct checked *c, const struct process *p)
{
    struct process whole;
    struct process_finding *finding;
    struct str missing = STR("");
    size_t count;
    enum err err = process_inline(c->a, p, called, &c->file, &whole, &missing);

    process_check(c->a, err ? p : &whole, &finding, &count);
    for (size_t i = 0; i < count; i++)
        finding_say(c, finding[i].element, finding[i].why, finding[i].detail);
    if (err == ERR_NOT_FOUND)
        finding_say(c, p->id, WORD_PROCESS_CALL_UNKNOWN, missing);
    else if (err)
        finding_say(c, p->id, WORD_PROCESS_TOO_LARGE, STR(""));
}

static void findings_say(struct checked *c)
{
    for (size_t i = 0; i < c->file.finding_count; i++)
        finding_say(c, c->file.finding[i].element, c->file.finding[i].why, c->file.finding[i].detail);
    for (size_t i = 0; i < c->file.process_count; i++)
        process_say_findings(c, &c->file.process[i]);
    if (!c->file.process_count)
        finding_say(c, STR(""), WORD_PROCESS_EMPTY, STR(""));
}

/* The activities of it: what somebody or something does. */
static int64_t steps_of(const struct process *p)
{
    int64_t count = 0;

    for (size_t i = 0; i < p->node_count; i++) {
        enum node_kind k = p->node[i].kind;
        count += k == NODE_USER_TASK || k == NODE_SERVICE_TASK || k == NODE_SEND_TASK || k == NODE_RECEIVE_TASK ||
                 k == NODE_CALL;
    }
    return count;
}

static enum exit_status write_json(struct checked *c)
{
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    c->json = &w;
    json_write_object(&w);
    json_write_key(&w, STR("processes"));
    json_write_array(&w);
    for (size_t i = 0; i < c->file.process_count; i++) {
        json_write_object(&w);
        json_write_key(&w, STR("id"));
        json_write_text(&w, c->file.process[i].id);
        json_write_key(&w, STR("steps"));
        json_write_int(&w, steps_of(&c->file.process[i]));
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    json_write_key(&w, STR("findings"));
    json_write_array(&w);
    findings_say(c);
    json_write_array_end(&w);
    json_write_key(&w, STR("executable"));
    json_write_bool(&w, c->findings == 0);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return c->findings ? EXIT_NO : EXIT_DONE;
}

static enum exit_status check(struct arena *a, struct str path, bool json)
{
    struct checked c = {.a = a};
    struct fault fault = {.why = STR("")};
    struct str bytes;
    enum exit_status status = file_read(a, path, &bytes);

    if (status)
        return status;
    if (bpmn_read(a, bytes, &c.file, &fault)) {
        complain("%" PRIstr ", line %zu: %" PRIstr, STR_ARG(path), fault.line, STR_ARG(fault.why));
        return EXIT_USAGE;
    }
    if (json)
        return write_json(&c);
    findings_say(&c);
    return c.findings ? EXIT_NO : EXIT_DONE;
}

enum exit_status command_flow(struct args *args)
{
    bool json = args_flag(args, "--json");
    struct str verb, path;
    bool good = args_word(args, &verb) && str_eq(verb, STR("check")) && args_word(args, &path);

    if (good && !args_done(args))
        return EXIT_USAGE;
    if (!good) {
        complain("flow needs: check FILE.bpmn [--json]");
        return EXIT_USAGE;
    }
    struct arena *a = arena_new(ARENA_BYTES);
    enum exit_status status = check(a, path, json);
    arena_free(a);
    return status;
}
