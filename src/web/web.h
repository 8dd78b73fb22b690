/* web.h - what every page handler gets, and the few things it may do with it.
 *
 * A handler reads listed fields, calls one act, and answers with a view or a redirect; it has no law
 * in it. Routes stand in one table (routes.c): method, path, who may come, fields, handler. A POST
 * is checked for its CSRF token before the handler runs, and answered with 303. */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "acts/ctx.h"
#include "html/html.h"
#include "http/http.h"

enum web_access {
    WEB_PUBLIC,  /* anybody; ctx->actor.id is 0 when not signed in */
    WEB_STAFF,   /* signed in; else sent to /dang-nhap?tiep=… and back */
};

/* What a page draws with; the scripts and styles for it are sent to no other page. */
enum web_drawing { WEB_DRAWS_NOTHING, WEB_DRAWS_TO_SHOW, WEB_DRAWS_TO_CHANGE };

struct sign_stamper; /* sign/sign.h */

struct web {
    struct ctx *ctx;
    const struct http_request *rq;
    struct http_response *rs;
    struct str csrf;          /* of the session */
    bool signed_in;
    bool right[RIGHT__COUNT]; /* anywhere: for menus only; acts check for themselves */
    const struct web_routes *routes;
    bool signs;               /* set by a handler before its page is framed: it signs with ky-so.js */
    int agent_port;           /* of the signing agent, in the machine of whoever signs */
    const struct sign_stamper *stamper; /* stamps what is signed over the web; NULL: nobody */
    enum web_drawing drawing; /* set by a handler before its page is framed */
    struct str public_base;   /* "https://motcua.example.vn": before paths in QR codes; may be empty */
};

typedef enum err web_handler(struct web *w);

struct web_route {
    enum http_method method;
    const char *path;                 /* "/cb/ho-so/{code}" */
    enum web_access access;
    const struct http_field *fields;  /* NULL: none; POST routes always take "csrf" too */
    web_handler *handler;
};

/* Each subject lists its own; ends with a NULL path. routes.c names them all. */
extern const struct web_route ROUTES_HOME[];
extern const struct web_route ROUTES_SIGN_IN[];
extern const struct web_route ROUTES_QUEUE[];
extern const struct web_route ROUTES_INTAKE[];
extern const struct web_route ROUTES_DOSSIER[];
extern const struct web_route ROUTES_COUNTER[];
extern const struct web_route ROUTES_SEARCH[];
extern const struct web_route ROUTES_RECEIPT[];
extern const struct web_route ROUTES_PAPER[];
extern const struct web_route ROUTES_FIGURE[];
extern const struct web_route ROUTES_AGENCY[];
extern const struct web_route ROUTES_PROCESS[];
extern const struct web_route ROUTES_COOPERATION[];
extern const struct web_route ROUTES_WORK[];
extern const struct web_route ROUTES_PEER[];
extern const struct web_route ROUTES_EXCHANGE[];
extern const struct web_route ROUTES_ISSUER[];
extern const struct web_route ROUTES_DOCUMENT[];
extern const struct web_route ROUTES_DOCUMENT_DRAFT[];
extern const struct web_route ROUTES_DOCUMENT_PAGE[];
extern const struct web_route ROUTES_DOCUMENT_SIGN[];
extern const struct web_route ROUTES_DOCUMENT_TASK[];
extern const struct web_route ROUTES_DOCUMENT_NUMBER[];
extern const struct web_route ROUTES_CERTIFICATE[];
extern const struct web_route ROUTES_CERTIFICATE_PAGE[];
extern const struct web_route ROUTES_CERTIFICATE_IMPORT[];
extern const struct web_route ROUTES_REPORT[];
extern const struct web_route ROUTES_REPORT_DRAFT[];
extern const struct web_route ROUTES_DIRECTIVE[];
extern const struct web_route ROUTES_INDICATOR[];
extern const struct web_route ROUTES_BOOK[];
extern const struct web_route ROUTES_BOOK_IMPORT[];
extern const struct web_route ROUTES_PUBLIC[];
extern const struct web_route ROUTES_CATALOGUE[];
extern const struct web_route ROUTES_ORGANISATION[];
extern const struct web_route ROUTES_PEOPLE[];
extern const struct web_route ROUTES_GRANT[];
extern const struct web_route ROUTES_CALENDAR[];
extern const struct web_route ROUTES_JOURNAL[];
extern const struct web_route ROUTES_SIGNATURE[];

/* ---- reading the form ---- */

struct str web_field(const struct web *w, const char *name);    /* trimmed; empty if absent */
/* A number in a field; `none` when it is empty. Anything else: a problem, and `none`. */
int64_t web_int(struct web *w, const char *name, int64_t min, int64_t max, int64_t none);
/* A date as people type it. False: empty, or a problem was added. */
bool web_date(struct web *w, const char *name, struct date *ret);
bool web_checked(const struct web *w, const char *name);
/* Adds a problem for each field that came too long or not as text. */
void web_check_fields(struct web *w);

/* ---- answering ---- */

/* A staff page (menu, search, who am I) or a public one (head, navigation, foot) around `main`.
 * `title` also goes to <title>, with "Lỗi: " before it when the form has problems. */
enum web_menu { MENU_NONE, MENU_QUEUE, MENU_UNIT_QUEUE, MENU_INTAKE, MENU_HAND_OVER, MENU_RETURN, MENU_SEARCH,
                MENU_LEADER, MENU_AGENCY, MENU_REPORT, MENU_CATALOGUE, MENU_PROCESS, MENU_UNITS, MENU_PEOPLE, MENU_CALENDAR, MENU_JOURNAL, MENU_REGISTER,
                MENU_NOTICE, MENU_ABSENCE, MENU_SHEET, MENU_COOPERATION, MENU_PEER,
                MENU_DOCUMENT_WAITING, MENU_DOCUMENT_SIGN, MENU_DOCUMENT_IN, MENU_DOCUMENT_OUT, MENU_TASK, MENU_WORK_FILE, MENU_SERIES, MENU_EXCHANGE, MENU_CERTIFICATE, MENU_BOOK };
enum err web_staff_page(struct web *w, enum web_menu here, struct str title, struct html main);
enum web_nav { NAV_NONE, NAV_HOME, NAV_PROCEDURES, NAV_TRACK };
enum err web_public_page(struct web *w, enum web_nav here, struct str title, struct html main);

/* 303 to a page of ours. */
enum err web_redirect(struct web *w, struct url to);
/* 303 with a sentence shown once at the top of the next page. */
enum err web_redirect_saying(struct web *w, struct url to, enum word word, struct str arg);
/* The law says no: 422, the sentence, its ground, and the way back. */
struct dossier_verdict;
enum err web_refusal(struct web *w, struct dossier_verdict verdict, struct url back);
/* The summary of problems for the top of a form; empty markup when there are none. */
struct html web_problems(struct web *w);
/* What is wrong with one field, or empty text. */
struct str web_problem_of(const struct web *w, const char *field);
/* A page whose status is not 200: set w->rs->status before or after.
 * A whole document of its own, without menu (papers to print). */
enum err web_paper(struct web *w, struct str title, struct html main);
/* An answer that is not a page (CSV, JSON, XLSX). */
enum err web_file(struct web *w, struct str content_type, struct str file_name, struct str bytes);

/* ---- small pieces used by many pages ---- */

/* Buffer for a view: `struct html_out o = web_out(w); view_x(&o, &v); html_done(&o)`. */
struct html_out web_out(const struct web *w);
/* Dates and times as people read them: "Thứ Tư, 15/07/2026", "15/07/2026 10:12". */
struct str web_day(const struct web *w, struct date d);
struct str web_day_long(const struct web *w, struct date d);
struct str web_moment(const struct web *w, struct local t);
struct str web_clock(const struct web *w, struct local t); /* "8:20" */
/* Text like "Quá 2 ngày", and which colour and icon go with it. */
struct badge;
struct web_badge {
    struct str class;  /* dung, sap, qua, tam */
    struct str icon;   /* name in the sprite */
    struct str text;
};
struct web_badge web_badge(const struct web *w, const struct badge *b);
/* The clock stands, since a moment on the office's wall (DATE_NEVER: not said). */
struct web_badge web_badge_paused(const struct web *w, struct local since);
/* What has ended, against its due day (DATE_NEVER: the due day does not matter any more). */
struct web_badge web_badge_ended(const struct web *w, struct date due, struct date finished);
struct html web_badge_html(const struct web *w, struct web_badge b);
/* The address of an icon of the sprite, for <use href>. A view that knows its icon says {{icon x}}. */
struct url web_icon(const struct web *w, struct str name);
/* "8 giờ", "1 giờ 30 phút", "20 phút": working time. */
struct str web_hours(const struct web *w, int64_t minutes);
/* "10 ngày làm việc". */
struct limit;
struct str web_limit(const struct web *w, struct limit limit);

#endif
