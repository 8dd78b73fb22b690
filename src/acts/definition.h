/* definition.h - what is defined as data beside the books: figures and reports, kept in editions.
 *
 * The program ships definitions in data/; whoever has RIGHT_BOOK_DEFINE may change one, which makes a
 * new edition and leaves the old ones to be read. docs/indicators.md, docs/report-templates.md. */
#ifndef ACTS_DEFINITION_H
#define ACTS_DEFINITION_H

#include "acts/ctx.h"
#include "format/fault.h"
#include "format/json.h"

enum definition_kind { DEFINITION_INDICATOR, DEFINITION_REPORT, DEFINITION_KIND__COUNT };
struct str definition_kind_code(enum definition_kind k); /* "indicator"; stored */

enum { DEFINITION_CONTENT_MAX = 256 * 1024 };

/* The same content again changes nothing. ERR_INVALID: a problem of "content"; *fault says where and why. */
struct act_definition_set {
    enum definition_kind kind;
    struct json content;
    int64_t sort_no;
    struct fault fault;  /* out, as all below */
    struct str code;
    int64_t edition;
};
enum err act_definition_set(struct act_definition_set *act, struct ctx *ctx) MUST_CHECK;

/* The newest edition, or one (edition > 0). ERR_NOT_FOUND: there is none. */
enum err definition_read(struct ctx *ctx, enum definition_kind kind, struct str code, int64_t edition, struct json *ret, int64_t *ret_edition) MUST_CHECK;

#endif
