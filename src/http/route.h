/* route.h - which route of a table does a path take? In O(parts of the path), whatever the table.
 *
 * Built once at start; constant, hence thread-safe, after that. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/http.h"

struct http_route {
    enum http_method method;
    const char *pattern; /* as http_match takes it */
};

struct http_routes;

/* A table of `count` routes, in `a`. Two routes with one method that match the same paths, or more
 * than HTTP_PATH_PARTS {…}, are a mistake in the program: BUG. */
struct http_routes *http_routes_new(struct arena *a, const struct http_route *route, size_t count);

/* The index of the route that `path` takes, filling part[]; a literal part goes before {…}, and
 * "{…}.pdf" before "{…}". ERR_NOT_FOUND: no such path; ERR_FORBIDDEN: there is, with the other
 * method only. */
enum err http_routes_find(const struct http_routes *routes, enum http_method method, struct str path,
                          struct str part[HTTP_PATH_PARTS], size_t *ret_route) MUST_CHECK;

#endif
