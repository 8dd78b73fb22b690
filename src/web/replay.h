/* replay.h - a form that came when its session was over is not lost: it is kept in the sign-in form
 * and shown again, to be sent once more. Inside web/ only. */
#ifndef WEB_REPLAY_H
#define WEB_REPLAY_H

#include "web/web.h"

/* Asks to sign in, and keeps what was sent. */
enum err web_replay_ask_sign_in(struct web *w, const struct web_route *route);
/* The session is another one than that of the form: asks whether to send it in this one. */
enum err web_replay_confirm(struct web *w, const struct web_route *route);
/* After signing in: shows the kept form with its button. ERR_INVALID: nothing is kept, or not ours. */
enum err web_replay_show(struct web *w, struct str kept) MUST_CHECK;

/* The sign-in page. `kept`: a form to go on with, or empty. */
enum err web_sign_in_page(struct web *w, struct str back, struct str kept, enum word why);

#endif
