#include "http/route.h"

#include "http/path.h"

/* A tree of parts: a node is what stands before a slash, its children what may follow. Literal
 * children are found by binary search; those with {…} are few and tried longest ending first. */
enum { METHODS = HTTP_POST + 1, NO_ROUTE = -1 };

struct node {
    struct path_pattern pattern;
    struct node **child; /* literal ones sorted, then those with {…} */
    size_t literal_count, child_count;
    int route[METHODS]; /* the index, or NO_ROUTE */
};

struct http_routes {
    struct node *root;
};

/* Literal before open; literal by text; open by length of the ending, longest first, then text. */
static int pattern_cmp(struct path_pattern a, struct path_pattern b)
{
    if (a.is_open != b.is_open)
        return a.is_open ? 1 : -1;
    if (a.is_open && a.text.n != b.text.n)
        return a.text.n < b.text.n ? 1 : -1;
    return str_cmp(a.text, b.text);
}

static struct node *node_new(struct arena *a, struct path_pattern pattern)
{
    struct node *node = ARENA_NEW(a, struct node);

    node->pattern = pattern;
    for (size_t i = 0; i < METHODS; i++)
        node->route[i] = NO_ROUTE;
    return node;
}

/* The child with this pattern, made where it is missing. Only while building, so growth by one. */
static struct node *node_child(struct arena *a, struct node *parent, struct path_pattern pattern)
{
    size_t at = 0;

    while (at < parent->child_count && pattern_cmp(parent->child[at]->pattern, pattern) < 0)
        at++;
    if (at < parent->child_count && pattern_cmp(parent->child[at]->pattern, pattern) == 0)
        return parent->child[at];

    struct node **child = ARENA_ARRAY(a, struct node *, parent->child_count + 1);
    for (size_t i = 0; i < parent->child_count; i++)
        child[i < at ? i : i + 1] = parent->child[i];
    child[at] = node_new(a, pattern);
    parent->child = child;
    parent->child_count++;
    parent->literal_count += !pattern.is_open;
    return child[at];
}

struct http_routes *http_routes_new(struct arena *a, const struct http_route *route, size_t count)
{
    struct http_routes *routes = ARENA_NEW(a, struct http_routes);

    routes->root = node_new(a, (struct path_pattern){false, STR("")});
    for (size_t i = 0; i < count; i++) {
        struct str rest = str_of(route[i].pattern), part;
        struct node *node = routes->root;
        size_t open = 0;

        if (!str_has_prefix(rest, STR("/")))
            BUG("route \"%s\" does not start with a slash", route[i].pattern);
        while (path_part(&rest, &part)) {
            struct path_pattern pattern = path_pattern(part);
            open += pattern.is_open;
            node = node_child(a, node, pattern);
        }
        if (open > HTTP_PATH_PARTS)
            BUG("route \"%s\" has more than %d parts", route[i].pattern, HTTP_PATH_PARTS);
        if (node->route[route[i].method] != NO_ROUTE)
            BUG("route \"%s\" twice", route[i].pattern);
        node->route[route[i].method] = (int)i;
    }
    return routes;
}

struct search {
    enum http_method method;
    struct str *part;
    bool has_other_method;
};

static const struct node *literal_child(const struct node *node, struct str part)
{
    size_t low = 0, high = node->literal_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int d = str_cmp(part, node->child[middle]->pattern.text);

        if (d == 0)
            return node->child[middle];
        if (d < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Depth is that of the table, not of the path, so a stranger cannot make it deep. */
static int search_below(struct search *s, const struct node *node, struct str rest, size_t open)
{
    struct str part;

    if (!path_part(&rest, &part)) {
        for (size_t i = 0; i < METHODS; i++)
            s->has_other_method |= node->route[i] != NO_ROUTE && i != (size_t)s->method;
        return node->route[s->method];
    }
    const struct node *child = literal_child(node, part);
    int found = child ? search_below(s, child, rest, open) : NO_ROUTE;

    for (size_t i = node->literal_count; found == NO_ROUTE && i < node->child_count; i++) {
        struct str value;

        child = node->child[i];
        if (!path_takes(child->pattern, part, &value))
            continue;
        found = search_below(s, child, rest, open + 1);
        if (found != NO_ROUTE)
            s->part[open] = value;
    }
    return found;
}

enum err http_routes_find(const struct http_routes *routes, enum http_method method, struct str path,
                          struct str part[HTTP_PATH_PARTS], size_t *ret_route)
{
    struct str found[HTTP_PATH_PARTS] = {0};
    struct search s = {.method = method, .part = found};

    if (!str_has_prefix(path, STR("/")))
        return ERR_NOT_FOUND;
    int route = search_below(&s, routes->root, path, 0);
    if (route == NO_ROUTE)
        return s.has_other_method ? ERR_FORBIDDEN : ERR_NOT_FOUND;
    for (size_t i = 0; i < HTTP_PATH_PARTS; i++)
        part[i] = found[i].p ? found[i] : STR("");
    *ret_route = (size_t)route;
    return OK;
}
