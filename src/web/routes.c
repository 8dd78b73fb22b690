#include "web/routes.h"

#include "http/route.h"

/* Every subject that is built in. */
static const struct web_route *const SUBJECTS[] = {
    ROUTES_SIGN_IN, ROUTES_QUEUE,  ROUTES_INTAKE, ROUTES_DOSSIER,
    ROUTES_COUNTER, ROUTES_SEARCH, ROUTES_RECEIPT, ROUTES_PAPER, ROUTES_FIGURE, ROUTES_AGENCY, ROUTES_REPORT, ROUTES_REPORT_DRAFT, ROUTES_DIRECTIVE, ROUTES_INDICATOR, ROUTES_BOOK, ROUTES_BOOK_IMPORT,
    ROUTES_CATALOGUE, ROUTES_PROCESS, ROUTES_COOPERATION, ROUTES_WORK, ROUTES_PEER, ROUTES_DOCUMENT, ROUTES_DOCUMENT_DRAFT, ROUTES_DOCUMENT_PAGE, ROUTES_DOCUMENT_SIGN, ROUTES_DOCUMENT_TASK, ROUTES_DOCUMENT_NUMBER, ROUTES_EXCHANGE, ROUTES_ISSUER,
    ROUTES_CERTIFICATE, ROUTES_CERTIFICATE_PAGE, ROUTES_CERTIFICATE_IMPORT,
    ROUTES_ORGANISATION, ROUTES_PEOPLE, ROUTES_GRANT, ROUTES_CALENDAR, ROUTES_JOURNAL,
    ROUTES_PUBLIC, ROUTES_SIGNATURE,
};

/* What every page may carry: the language, and a sentence to show once, with its seal. */
static const struct http_field EVERY_GET[] = {
    {.name = "lang", .max = 8}, {.name = "bao", .max = 80}, {.name = "ve", .max = 600}, {.name = "dau", .max = 64},
};
static const struct http_field EVERY_POST[] = {{.name = "csrf", .max = 128}};

enum { EVERY_MAX = sizeof EVERY_GET / sizeof EVERY_GET[0] };

struct web_routes {
    const struct web_route **route;
    const struct http_field **fields;
    size_t count;
    struct http_routes *tree;
};

static size_t field_count(const struct http_field *field)
{
    size_t n = 0;

    while (field && field[n].name)
        n++;
    return n;
}

static bool is_listed(const struct http_field *field, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(field[i].name, name) == 0)
            return true;
    return false;
}

/* The fields of the route, then those of every request that it does not list itself. */
static const struct http_field *fields_whole(struct arena *a, const struct web_route *route)
{
    size_t own = field_count(route->fields), n = own;
    bool posts = route->method == HTTP_POST;
    const struct http_field *every = posts ? EVERY_POST : EVERY_GET;
    size_t every_count = posts ? sizeof EVERY_POST / sizeof EVERY_POST[0] : EVERY_MAX;
    struct http_field *whole = ARENA_ARRAY(a, struct http_field, own + EVERY_MAX + 1);

    for (size_t i = 0; i < own; i++)
        whole[i] = route->fields[i];
    for (size_t i = 0; i < every_count; i++)
        if (!is_listed(whole, own, every[i].name))
            whole[n++] = every[i];
    return whole;
}

struct web_routes *routes_new(struct arena *a)
{
    struct web_routes *r = ARENA_NEW(a, struct web_routes);
    struct http_route *pattern;

    for (size_t s = 0; s < sizeof SUBJECTS / sizeof SUBJECTS[0]; s++)
        for (const struct web_route *route = SUBJECTS[s]; route->path; route++)
            r->count++;
    r->route = ARENA_ARRAY(a, const struct web_route *, r->count);
    r->fields = ARENA_ARRAY(a, const struct http_field *, r->count);
    pattern = ARENA_ARRAY(a, struct http_route, r->count);
    size_t n = 0;
    for (size_t s = 0; s < sizeof SUBJECTS / sizeof SUBJECTS[0]; s++) {
        for (const struct web_route *route = SUBJECTS[s]; route->path; route++, n++) {
            r->route[n] = route;
            r->fields[n] = fields_whole(a, route);
            pattern[n] = (struct http_route){route->method, route->path};
        }
    }
    r->tree = http_routes_new(a, pattern, n);
    return r;
}

enum err routes_find(const struct web_routes *routes, enum http_method method, struct str path,
                     struct str part[HTTP_PATH_PARTS], const struct web_route **ret)
{
    size_t i;
    enum err err = http_routes_find(routes->tree, method, path, part, &i);

    if (!err)
        *ret = routes->route[i];
    return err;
}

const struct http_field *routes_fields(const struct web_routes *routes, enum http_method method, struct str path)
{
    struct str part[HTTP_PATH_PARTS];
    size_t i;

    return http_routes_find(routes->tree, method, path, part, &i) ? NULL : routes->fields[i];
}

bool routes_has_page(const struct web_routes *routes, struct str path)
{
    struct str part[HTTP_PATH_PARTS];
    size_t i;

    return http_routes_find(routes->tree, HTTP_GET, path, part, &i) == OK;
}
