/* import.h - an event log becomes dossiers, through the ordinary acts, with the times it says.
 *
 * Each case is received, its events are written down, and it is finished when the log says it
 * ended; the planned end of the log is its due time. What is odd (an end before its start, an end
 * before the last event) is imported as it is and reported by line; what cannot be a dossier is
 * refused by line. All of a log is imported, or nothing. */
#ifndef ACTS_IMPORT_H
#define ACTS_IMPORT_H

#include "acts/ctx.h"
#include "format/eventlog.h"

struct import_remark {
    int64_t line;
    struct str why;
};
struct import_remarks {
    struct import_remark *item;
    size_t count, room;
};

struct act_import {
    /* in */
    FILE *file;
    bool is_csv;
    struct eventlog_map map;
    struct str unit;            /* code of the counter; made under the root if there is none */
    struct str unit_name;       /* when it is made */
    struct str procedure;       /* code for cases that name none; made if there is none */
    /* out */
    int64_t cases, events, late, open;
    struct import_remarks odd, refused;
    struct fault fault;         /* with ERR_INVALID: why the file cannot be read */
};
enum err act_import(struct act_import *act, struct ctx *ctx) MUST_CHECK;

#endif
