/* flow_world.h - the fields that the conditions of a process may ask, and the answers to them. */
#ifndef ACTS_FLOW_WORLD_H
#define ACTS_FLOW_WORLD_H

#include "rules/flow.h"
#include "script/script.h"

enum { FLOW_FIELDS_MAX = 64 };

struct flow_fields {
    struct arena *arena; /* of the answers */
    struct script_field field[FLOW_FIELDS_MAX];
    size_t count;
};

/* Sets a field, in place of one of that name; beyond FLOW_FIELDS_MAX nothing is set. */
void flow_field_int(struct flow_fields *f, struct str name, int64_t value);
void flow_field_text(struct flow_fields *f, struct str name, struct str value);

/* The world of a run that asks these fields, as they stand when it asks. ERR_INVALID where an expression
 * is none, or is no number where one is needed. */
/* What an expression says as text; ERR_INVALID: it cannot be answered, or gives no text. */
enum err flow_fields_text(const struct flow_fields *f, struct str expression, struct str *ret) MUST_CHECK;

struct flow_world flow_world_of(struct flow_fields *f);

#endif
