/* motcua user, unit - administration without the web. */
#include <errno.h>

#include "acts/cache.h"
#include "acts/organisation.h"
#include "acts/people.h"
#include "acts/session.h"
#include "app/command.h"
#include "format/json_writer.h"
#include "sql_unit.h"

static void complain_problems(const struct ctx *ctx)
{
    for (const struct problem *p = ctx->problems.first; p; p = p->next)
        complain("%s: %" PRIstr, p->field, STR_ARG(word(LANG_EN, p->word)));
}

static enum exit_status unit_code_find(struct session *s, struct str code, int64_t *ret)
{
    struct q_unit_by_code unit;
    enum err err = q_unit_by_code(s->db, s->arena, code, ctx_today_iso(&s->ctx), &unit);

    if (err == ERR_NOT_FOUND) {
        complain("there is no unit '%" PRIstr "' today", STR_ARG(code));
        return EXIT_USAGE;
    }
    if (!err)
        *ret = unit.id;
    return complain_err("cannot read the units", err, s->db);
}

/* ---- users ---- */

struct user_asked {
    struct str login, name, unit, role, title, password_file;
    bool has_password;
};

/* The first line of a file, or of standard input for "-": never on the command line, where others see it. */
static enum exit_status password_read(struct arena *a, struct str path, struct str *ret)
{
    char line[1024];
    FILE *f = str_eq(path, STR("-")) ? stdin : fopen(str_z(a, path), "r");

    if (!f || !fgets(line, sizeof line, f)) {
        complain("cannot read the password from %" PRIstr ": %s", STR_ARG(path), strerror(errno));
        if (f && f != stdin)
            fclose(f);
        return EXIT_USAGE;
    }
    if (f != stdin)
        fclose(f);
    *ret = str_copy(a, str_trim(str_of(line)));
    return EXIT_DONE;
}

static enum exit_status user_add(struct session *s, const struct user_asked *k)
{
    struct ctx *ctx = &s->ctx;
    struct act_person_add person = {.login = k->login, .name = k->name, .title = k->title};
    struct act_password password = {.present = STR("")};
    enum exit_status status = unit_code_find(s, k->unit, &person.unit);

    if (!status && k->has_password)
        status = password_read(s->arena, k->password_file, &password.fresh);
    if (status)
        return status;
    enum err err = act_person_add(&person, ctx);
    struct act_grant_add grant = {.person = person.id, .role = k->role, .unit = person.unit,
                                  .valid_from = ctx_today(ctx), .valid_to = DATE_NEVER};
    if (!err && k->role.n)
        err = act_grant_add(&grant, ctx);
    password.person = person.id;
    if (!err && k->has_password)
        err = act_password(&password, ctx);
    complain_problems(ctx);
    return complain_err("cannot add the user", err, s->db);
}

enum exit_status command_user(struct args *args)
{
    struct str address = store_address(args), verb;
    struct user_asked k = {.title = STR("")};
    struct session s;

    args_option(args, "--name", &k.name);
    args_option(args, "--unit", &k.unit);
    args_option(args, "--role", &k.role);
    args_option(args, "--title", &k.title);
    k.has_password = args_option(args, "--password-file", &k.password_file);
    if (!args_word(args, &verb) || !str_eq(verb, STR("add")) || !args_word(args, &k.login) || !args_done(args) || !k.name.n || !k.unit.n) {
        complain("usage: motcua user add LOGIN --name NAME --unit CODE [--role ROLE] [--title TITLE] [--password-file FILE]");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    status = user_add(&s, &k);
    session_close(&s);
    return status;
}

/* ---- units ---- */

static enum exit_status unit_list(struct session *s, bool json)
{
    struct act_unit_tree tree = {.day = DATE_NEVER};
    struct json_writer w;
    enum err err = act_unit_tree(&tree, &s->ctx);

    if (err)
        return complain_err("cannot read the units", err, s->db);
    if (!json) {
        for (size_t i = 0; i < tree.line_count; i++)
            printf("%*s%" PRIstr "  %" PRIstr "  (%" PRIstr " - %" PRIstr ")\n", tree.line[i].depth * 2, "", STR_ARG(tree.line[i].u.code),
                   STR_ARG(tree.line[i].u.name), STR_ARG(tree.line[i].u.valid_from), STR_ARG(tree.line[i].u.valid_to));
        return EXIT_DONE;
    }
    json_writer_init_file(&w, stdout);
    json_write_array(&w);
    for (size_t i = 0; i < tree.line_count; i++) {
        const struct q_unit_tree *u = &tree.line[i].u;
        const struct {
            const char *key;
            struct str value;
        } FIELDS[] = {{"code", u->code}, {"name", u->name}, {"kind", u->kind}, {"agency_code", u->agency_code},
                      {"valid_from", u->valid_from}, {"valid_to", u->valid_to}};
        json_write_object(&w);
        for (size_t f = 0; f < sizeof FIELDS / sizeof FIELDS[0]; f++) {
            json_write_key(&w, str_of(FIELDS[f].key));
            json_write_text(&w, FIELDS[f].value);
        }
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return EXIT_DONE;
}

struct unit_asked {
    struct str code, name, kind, parent, agency_code;
};

static enum exit_status unit_add(struct session *s, const struct unit_asked *k)
{
    struct act_unit_add unit = {.code = k->code, .name = k->name, .short_name = k->name, .agency_code = k->agency_code,
                                .valid_from = ctx_today(&s->ctx), .valid_to = DATE_NEVER};
    struct q_unit_by_id parent;
    enum exit_status status = unit_code_find(s, k->parent, &unit.parent);

    if (status)
        return status;
    if (!unit_kind_find(k->kind, &unit.kind)) {
        complain("there is no kind of unit '%" PRIstr "'", STR_ARG(k->kind));
        return EXIT_USAGE;
    }
    enum err err = q_unit_by_id(s->db, s->arena, unit.parent, &parent);
    unit.calendar = parent.calendar_id;
    unit.zone = parent.zone;
    if (!err)
        err = act_unit_add(&unit, &s->ctx);
    complain_problems(&s->ctx);
    return complain_err("cannot add the unit", err, s->db);
}

enum exit_status command_unit(struct args *args)
{
    struct str address = store_address(args), verb;
    struct unit_asked k = {.kind = STR("department"), .agency_code = STR("")};
    struct session s;
    bool json = args_flag(args, "--json");

    args_option(args, "--name", &k.name);
    args_option(args, "--kind", &k.kind);
    args_option(args, "--parent", &k.parent);
    args_option(args, "--agency-code", &k.agency_code);
    bool good = args_word(args, &verb), add = good && str_eq(verb, STR("add"));
    if (add)
        good = args_word(args, &k.code) && k.name.n && k.parent.n;
    if (!good || (!add && !str_eq(verb, STR("list"))) || !args_done(args)) {
        complain("usage: motcua unit list [--json] | unit add CODE --name NAME --parent CODE [--kind KIND] [--agency-code CODE]");
        return EXIT_USAGE;
    }
    enum exit_status status = session_open(&s, address, STORE_FILLED, false);
    if (status)
        return status;
    status = add ? unit_add(&s, &k) : unit_list(&s, json);
    session_close(&s);
    return status;
}
