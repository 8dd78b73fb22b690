/* viewc - turns the HTML of views into C; docs/views.md is the manual.
 *
 * viewc OUTDIR WORDS ASSETS ICONS FILE…
 * WORDS lists "key holes" (by wordc), ASSETS and ICONS one name a line; "-" is an empty list. All
 * views are read together, as they may use one another. */
#include "viewc.h"

static void known_read(struct viewc *c, const char *path, struct known **ret)
{
    struct known *list = NULL;
    struct str text, line;

    if (strcmp(path, "-") == 0)
        return;
    text = tool_read(c->arena, path);
    while (str_split(&text, '\n', &line)) {
        struct str rest = str_trim(line), name, number;
        int64_t holes = 0;
        if (!rest.n || rest.p[0] == '#')
            continue;
        str_split(&rest, ' ', &name);
        if (str_split(&rest, ' ', &number) && str_parse_int(number, 0, 9, &holes) != OK)
            tool_die(path, 0, "\"%" PRIstr "\" is not the number of holes", STR_ARG(number));
        struct known *k = ARENA_NEW(c->arena, struct known);
        *k = (struct known){.next = list, .name = name, .holes = (size_t)holes};
        list = k;
    }
    *ret = list;
}

static void file_write(struct viewc *c, const char *directory, const struct file *f)
{
    tool_write(str_z(c->arena, str_format(c->arena, "%s/view_%" PRIstr ".h", directory,
                                          STR_ARG(f->stem))),
               viewc_header(c, f));
    tool_write(str_z(c->arena, str_format(c->arena, "%s/view_%" PRIstr ".c", directory,
                                          STR_ARG(f->stem))),
               viewc_source(c, f));
}

int main(int argc, char **argv)
{
    if (argc < 6)
        tool_die("viewc", 0, "use: viewc OUTDIR WORDS ASSETS ICONS FILE…");

    struct viewc c = {.arena = arena_new(TOOL_ARENA)};
    struct file **end = &c.file;
    known_read(&c, argv[2], &c.word);
    known_read(&c, argv[3], &c.asset);
    known_read(&c, argv[4], &c.icon);
    for (int i = 5; i < argc; i++) {
        *end = viewc_parse(&c, argv[i]);
        end = &(*end)->next;
    }
    viewc_check(&c);
    for (const struct file *f = c.file; f; f = f->next)
        file_write(&c, argv[1], f);
    arena_free(c.arena);
    return EXIT_SUCCESS;
}
