/* xes_rule.h - what the XES standard demands of values, keys and classifiers. Pure. */
#ifndef FORMAT_XES_RULE_H
#define FORMAT_XES_RULE_H

#include "format/xes.h"

/* Sets the typed value of `attribute` from its text and kind. NULL, or why it is not one. */
const char *xes_rule_value(struct xes_attribute *attribute);

/* A key `prefix:name` of one of the standard extensions must be declared in the log and known to
 * that extension. NULL, or what is wrong; other keys are free. */
const char *xes_rule_key(struct str key, const struct xes_extension *declared);

/* Each key of a classifier, blank between, 'quoted' where it has blanks itself, must stand among
 * `globals`. NULL, or what is wrong. */
const char *xes_rule_classifier(struct str keys, const struct xes_attribute *globals);

#endif
