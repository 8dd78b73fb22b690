/* bpmn.h - BPMN 2.0 interchange files (OMG formal/2013-12-09), over libxml2.
 *
 * The file is the source: what we do not execute (documentation, data objects, diagrams, other tools'
 * extensions) is kept and written back. Reading is bounded: no entities, no network, at most
 * BPMN_BYTES_MAX bytes, BPMN_DEPTH_MAX levels and what rules/process.h allows. Ours stands in the namespace BPMN_NS as
 * attributes of activities and lanes: place, role, minutes, form, produces (several: with "; " between),
 * assign, remind, escalate, child (rules/process.h).
 * A document type is refused, so there are no entities to expand. */
#ifndef FORMAT_BPMN_H
#define FORMAT_BPMN_H

#include "base/arena.h"
#include "format/fault.h"
#include "rules/process.h"

#define BPMN_NS "https://motcua.vn/bpmn/1"
enum { BPMN_BYTES_MAX = 4 * 1024 * 1024, BPMN_DEPTH_MAX = 64 };

struct bpmn {
    struct process *process;         /* every process of the file that has a node; the executable ones first */
    size_t process_count;
    struct process_finding *finding; /* elements that nothing here can execute (complex gateway, signal,
                                        compensation, transaction, ad-hoc, …), by id; none: all is understood */
    size_t finding_count;
    struct str xml;                  /* the same file, written back: every element, id and diagram kept */
};

/* ERR_INVALID: not well-formed, or not BPMN: *ret_fault says line and reason. ERR_LIMIT: too large. */
enum err bpmn_read(struct arena *a, struct str bytes, struct bpmn *ret, struct fault *ret_fault) MUST_CHECK;

/* The process `i` of a file with what it calls, in the same file, in its place; errors of process_inline. */
enum err bpmn_whole(struct arena *a, const struct bpmn *file, size_t i, struct process *ret,
                    struct str *ret_missing) MUST_CHECK;

/* A process that was never drawn, as a file with a laid-out diagram (left to right, branches below one
 * another), valid against the schema. Ids become XML names; those that would be alike get a number. Sub-processes are not laid out: only the outermost level is written. */
struct str bpmn_draw(struct arena *a, const struct process *p);

/* A file of process `p` as it is when it holds a diagram; else with one laid out in the same way. */
struct str bpmn_with_diagram(struct arena *a, struct str xml, const struct process *p);

#endif
