#include "format/xes_element.h"

enum { IN_LOG = 1 << E_LOG, IN_ATTRIBUTE = 1 << E_ATTRIBUTE };

static const struct str given_name[G__COUNT] = {
    [G_KEY] = STR_INIT("key"),
    [G_VALUE] = STR_INIT("value"),
    [G_NAME] = STR_INIT("name"),
    [G_PREFIX] = STR_INIT("prefix"),
    [G_URI] = STR_INIT("uri"),
    [G_KEYS] = STR_INIT("keys"),
    [G_SCOPE] = STR_INIT("scope"),
    [G_VERSION] = STR_INIT("xes.version"),
    [G_FEATURES] = STR_INIT("xes.features"),
};

enum {
    AROUND = 1 << E_LOG | 1 << E_GLOBAL | 1 << E_TRACE | 1 << E_EVENT | 1 << E_VALUES | IN_ATTRIBUTE
};

static const struct rule rules[] = {
    {STR_INIT("string"), E_ATTRIBUTE, XES_STRING, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("date"), E_ATTRIBUTE, XES_DATE, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("event"), E_EVENT, 0, IN_LOG | 1 << E_TRACE, 0, 0, 6},
    {STR_INIT("int"), E_ATTRIBUTE, XES_INT, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("float"), E_ATTRIBUTE, XES_FLOAT, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("boolean"), E_ATTRIBUTE, XES_BOOLEAN, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("id"), E_ATTRIBUTE, XES_ID, AROUND, KEY | VALUE, 0, 4},
    {STR_INIT("list"), E_ATTRIBUTE, XES_LIST, AROUND, KEY, 0, 4},
    {STR_INIT("container"), E_ATTRIBUTE, XES_CONTAINER, AROUND, KEY, 0, 4},
    {STR_INIT("values"), E_VALUES, 0, IN_ATTRIBUTE, 0, 0, 5},
    {STR_INIT("trace"), E_TRACE, 0, IN_LOG, 0, 0, 5},
    {STR_INIT("extension"), E_EXTENSION, 0, IN_LOG, NAME | PREFIX | URI, 0, 1},
    {STR_INIT("global"), E_GLOBAL, 0, IN_LOG, 0, SCOPE, 2},
    {STR_INIT("classifier"), E_CLASSIFIER, 0, IN_LOG, NAME | KEYS, SCOPE, 3},
    {STR_INIT("log"), E_LOG, 0, 1 << E_NONE, 0, VERSION | FEATURES, 0},
};

const struct rule *xes_element_rule(struct str name)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (str_eq(rules[i].name, name))
            return &rules[i];
    return NULL;
}

unsigned xes_element_given(struct str name)
{
    unsigned k = 0;

    while (k < G__COUNT && !str_eq(given_name[k], name))
        k++;
    return k;
}
