/* routes.h - all routes of all subjects as one table. Constant after routes_new; thread-safe. */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include "web/web.h"

struct web_routes;

struct web_routes *routes_new(struct arena *a);

/* The route of a path, filling part[]. ERR_NOT_FOUND: no such path; ERR_FORBIDDEN: there is, with the
 * other method only. */
enum err routes_find(const struct web_routes *routes, enum http_method method, struct str path,
                     struct str part[HTTP_PATH_PARTS], const struct web_route **ret) MUST_CHECK;

/* What a request may carry: the fields of its route, and those that every request may have. NULL: no
 * such route. */
const struct http_field *routes_fields(const struct web_routes *routes, enum http_method method, struct str path);

/* Is there a page at this path? For menus: subjects come and go with the build. */
bool routes_has_page(const struct web_routes *routes, struct str path);

#endif
