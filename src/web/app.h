/* app.h - the web as one application for http_start(). */
#ifndef WEB_APP_H
#define WEB_APP_H

#include "acts/ctx.h"
#include "http/http.h"

/* Where the signing agent listens in the machine of whoever signs, unless told otherwise. */
enum { WEB_AGENT_PORT = 17868 };

struct sign_stamper; /* sign/sign.h */

/* Borrowed; must outlive the server. */
struct web_setup {
    struct db_pool *pool;
    struct instant (*now)(void *arg); /* thread-safe */
    void *now_arg;
    struct str public_base; /* before paths in QR codes: "https://motcua.example.vn", or empty */
    int agent_port;         /* of the signing agents; 0: WEB_AGENT_PORT */
    const struct sign_stamper *stamper; /* asked for a time-stamp on each signature; NULL: none; thread-safe */
    const struct sign_trusted *trusted; /* whom the site trusts to say who signed; NULL: nobody */
};

/* Builds the table of routes; each worker opens its own handle in the pool. */
struct http_app web_app(struct web_setup *setup);
/* After http_stop. */
void web_app_close(struct http_app *app);

#endif
