/* motcua report check - contradictions of a structured report. */
#include "acts/report_check.h"
#include "app/command.h"
#include "app/facts.h"
#include "app/sign.h"
#include "format/json_writer.h"

static struct str found_json(struct arena *a, const struct report_check *c)
{
    struct buf b = buf_in(a);
    struct json_writer w;

    json_writer_init_buf(&w, &b);
    json_write_object(&w);
    json_write_key(&w, STR("checked"));
    json_write_int(&w, (int64_t)c->checked);
    json_write_key(&w, STR("findings"));
    json_write_array(&w);
    for (size_t i = 0; i < c->count; i++) {
        const struct report_finding *f = &c->finding[i];
        const struct {
            struct str key, value;
        } member[] = {{STR("law"), report_rule_code(f->rule)}, {STR("where"), f->where}, {STR("expected"), f->expected}, {STR("found"), f->found},
                      {STR("why"), word(LANG_VI, report_rule_word(f->rule))}};
        json_write_object(&w);
        for (size_t k = 0; k < sizeof member / sizeof member[0]; k++) {
            json_write_key(&w, member[k].key);
            json_write_text(&w, member[k].value);
        }
        json_write_object_end(&w);
    }
    json_write_array_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        BUG("memory takes every byte");
    return buf_str(&b);
}

static void found_lines(const struct report_check *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct report_finding *f = &c->finding[i];
        printf("%" PRIstr ": %" PRIstr ". %" PRIstr " ≠ %" PRIstr "\n", STR_ARG(f->where), STR_ARG(word(LANG_VI, report_rule_word(f->rule))), STR_ARG(f->expected),
               STR_ARG(f->found));
    }
}

enum exit_status command_report_check(struct args *args)
{
    enum { MEMORY = 512 << 20 };
    struct str path, text, spelling;
    bool as_json = args_flag(args, "--json"), given = args_word(args, &path);
    struct report_check check;
    struct fault fault = {.why = STR("")};

    if (!args_done(args))
        return EXIT_USAGE;
    if (!given) {
        complain("report check needs a file");
        return EXIT_USAGE;
    }
    struct arena *a = arena_new(MEMORY);
    enum exit_status status = sign_read_file(a, path, &text);
    enum err err = status ? OK : facts_find(STR("spelling.yaml"), &spelling) ? report_check(a, LANG_VI, text, spelling, &check, &fault) : ERR_NOT_FOUND;
    if (!status && err) {
        complain("%" PRIstr ":%zu: %" PRIstr, STR_ARG(path), fault.line, STR_ARG(fault.why));
        status = EXIT_USAGE;
    }
    if (!status) {
        if (as_json)
            printf("%" PRIstr "\n", STR_ARG(found_json(a, &check)));
        else
            found_lines(&check);
        status = check.count ? EXIT_NO : EXIT_DONE;
    }
    arena_free(a);
    return status;
}
