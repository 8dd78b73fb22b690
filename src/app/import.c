/* motcua import - an event log becomes dossiers. */
#include <errno.h>

#include "acts/cache.h"
#include "acts/import.h"
#include "app/command.h"
#include "app/facts.h"
#include "base/text.h"
#include "format/json_writer.h"

enum { MAP_BYTES = 1 << 20 };

/* "data/receipt.xes.gz" -> "receipt". */
static struct str stem(struct str path)
{
    struct str rest = path, piece, name = path;

    while (str_split(&rest, '/', &piece))
        name = piece;
    size_t dot = str_find(name, STR("."));
    return dot == STR_NONE || dot == 0 ? name : str_sub(name, 0, dot);
}

static enum exit_status file_read(struct arena *a, struct str path, struct str *ret)
{
    FILE *f = fopen(str_z(a, path), "rb");
    char *text = ARENA_ARRAY(a, char, MAP_BYTES);

    if (!f) {
        complain("cannot read %" PRIstr ": %s", STR_ARG(path), strerror(errno));
        return EXIT_USAGE;
    }
    *ret = (struct str){text, fread(text, 1, MAP_BYTES, f)};
    fclose(f);
    return EXIT_DONE;
}

/* --map names a file, or one that comes with the program (data/maps/receipt.yaml). */
static enum exit_status map_read(struct arena *a, struct str path, struct eventlog_map *ret)
{
    struct str text, inside = str_has_prefix(path, STR("data/")) ? str_sub(path, 5, path.n) : path;
    struct fault fault = {.why = STR("")};

    if (path.n == 0) {
        *ret = eventlog_map_standard();
        return EXIT_DONE;
    }
    if (!facts_find(inside, &text)) {
        enum exit_status status = file_read(a, path, &text);
        if (status)
            return status;
    }
    if (eventlog_map_parse(a, text, ret, &fault) == OK)
        return EXIT_DONE;
    complain("%" PRIstr ":%zu: %" PRIstr, STR_ARG(path), fault.line, STR_ARG(fault.why));
    return EXIT_USAGE;
}

static void write_remarks(struct json_writer *w, const char *name, const struct import_remarks *r)
{
    json_write_key(w, str_of(name));
    json_write_array(w);
    for (size_t i = 0; i < r->count; i++) {
        json_write_object(w);
        json_write_key(w, STR("line"));
        json_write_int(w, r->item[i].line);
        json_write_key(w, STR("why"));
        json_write_text(w, r->item[i].why);
        json_write_object_end(w);
    }
    json_write_array_end(w);
}

static enum exit_status write_json(const struct act_import *act)
{
    const struct {
        const char *name;
        int64_t n;
    } COUNTS[] = {{"cases", act->cases}, {"events", act->events}, {"late", act->late}, {"open", act->open}};
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    for (size_t i = 0; i < sizeof COUNTS / sizeof COUNTS[0]; i++) {
        json_write_key(&w, str_of(COUNTS[i].name));
        json_write_int(&w, COUNTS[i].n);
    }
    write_remarks(&w, "odd", &act->odd);
    write_remarks(&w, "refused", &act->refused);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return EXIT_DONE;
}

static enum exit_status write_text(const struct act_import *act)
{
    for (size_t i = 0; i < act->odd.count; i++)
        printf("line %lld, odd: %" PRIstr "\n", (long long)act->odd.item[i].line, STR_ARG(act->odd.item[i].why));
    for (size_t i = 0; i < act->refused.count; i++)
        printf("line %lld, refused: %" PRIstr "\n", (long long)act->refused.item[i].line, STR_ARG(act->refused.item[i].why));
    printf("%lld cases, %lld events, %lld late, %lld open, %zu odd, %zu refused\n", (long long)act->cases,
           (long long)act->events, (long long)act->late, (long long)act->open, act->odd.count, act->refused.count);
    return EXIT_DONE;
}

static enum exit_status import(struct session *s, struct act_import *act, struct str path, bool json)
{
    act->file = fopen(str_z(s->arena, path), "rb");
    if (!act->file) {
        complain("cannot read %" PRIstr ": %s", STR_ARG(path), strerror(errno));
        return EXIT_USAGE;
    }
    enum err err = act_import(act, &s->ctx);
    fclose(act->file);
    if (err && act->fault.why.n) {
        complain("%" PRIstr ":%zu: %" PRIstr, STR_ARG(path), act->fault.line, STR_ARG(act->fault.why));
        return EXIT_USAGE;
    }
    if (err && s->ctx.problems.count) {
        complain("%s: %" PRIstr, s->ctx.problems.first->field, STR_ARG(word(LANG_EN, s->ctx.problems.first->word)));
        return EXIT_USAGE;
    }
    if (err)
        return complain_err("nothing was imported", err, s->db);
    return json ? write_json(act) : write_text(act);
}

enum exit_status command_import(struct args *args)
{
    struct str address = store_address(args), kind, path, map = STR("");
    struct act_import act = {.unit = STR(""), .procedure = STR("")};
    struct session s;
    bool json = args_flag(args, "--json");

    args_option(args, "--map", &map);
    args_option(args, "--unit", &act.unit);
    args_option(args, "--procedure", &act.procedure);
    if (!args_word(args, &kind) || !args_word(args, &path) || !args_done(args) ||
        (!str_eq(kind, STR("xes")) && !str_eq(kind, STR("csv")))) {
        complain("usage: motcua import xes|csv FILE [--map MAP.yaml] [--unit CODE] [--procedure CODE] [--json]");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    act.is_csv = str_eq(kind, STR("csv"));
    struct str name = stem(path);
    if (!act.unit.n)
        act.unit = str_format(s.arena, "nhap-%" PRIstr, STR_ARG(text_lower(s.arena, name)));
    if (!act.procedure.n)
        act.procedure = str_format(s.arena, "NHAP.%" PRIstr, STR_ARG(text_upper(s.arena, name)));
    status = map_read(s.arena, map, &act.map);
    act.unit_name = act.map.title.n ? act.map.title : name;
    if (status == EXIT_DONE)
        status = import(&s, &act, path, json);
    session_close(&s);
    return status;
}
