/* xes_element.h - the elements of XES: where each may stand, and which XML attributes it has. */
#ifndef FORMAT_XES_ELEMENT_H
#define FORMAT_XES_ELEMENT_H

#include "format/xes.h"

enum element {
    E_NONE, /* above the root */
    E_LOG,
    E_EXTENSION,
    E_GLOBAL,
    E_CLASSIFIER,
    E_TRACE,
    E_EVENT,
    E_VALUES,
    E_ATTRIBUTE
};

/* XML attributes. */
enum { G_KEY, G_VALUE, G_NAME, G_PREFIX, G_URI, G_KEYS, G_SCOPE, G_VERSION, G_FEATURES, G__COUNT };
enum {
    KEY = 1 << G_KEY,
    VALUE = 1 << G_VALUE,
    NAME = 1 << G_NAME,
    PREFIX = 1 << G_PREFIX,
    URI = 1 << G_URI,
    KEYS = 1 << G_KEYS,
    SCOPE = 1 << G_SCOPE,
    VERSION = 1 << G_VERSION,
    FEATURES = 1 << G_FEATURES
};

/* `rank` is the place among its brothers: the standard wants ranks to rise. */
struct rule {
    struct str name;
    enum element element;
    enum xes_kind kind;
    unsigned parents, required, allowed;
    int rank;
};

/* The rule of an element; NULL: unknown. */
const struct rule *xes_element_rule(struct str name);

/* The XML attribute of that name; G__COUNT: unknown. */
unsigned xes_element_given(struct str name);

#endif
