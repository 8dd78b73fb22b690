/* accepted: the shortest calls are the safe ones */
#include "db/db.h"
#include "html/html.h"

enum err f(struct html_out *o, struct str s, struct html h, struct url u, struct db_pool *pool);
enum err f(struct html_out *o, struct str s, struct html h, struct url u, struct db_pool *pool)
{
    struct db *db;

    html_text(o, s);
    html_text(o, STR("<b>"));
    html_put(o, h);
    html_href(o, u);
    html_href(o, URL_PATH(o->buf.arena, "/x/%", s));
    return db_open(pool, &db);
}
