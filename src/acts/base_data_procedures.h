/* base_data_procedures.h - the procedures among the base data; inside acts/ only. */
#ifndef ACTS_BASE_DATA_PROCEDURES_H
#define ACTS_BASE_DATA_PROCEDURES_H

#include "acts/base_data.h"
#include "format/yaml.h"

struct base_loading {
    struct ctx *ctx;
    base_data_find *find;
    struct fault *fault;
    const char *file;       /* being read */
    int64_t root, calendar;
};

/* A file of data/, as text and read. */
enum err base_file_read(struct base_loading *b, const char *file, struct str *ret_text, struct json *ret) MUST_CHECK;
/* A defect of the file being read; gives ERR_INVALID. */
enum err base_fault(struct base_loading *b, const char *what, struct str which) MUST_CHECK;

/* One entry of data/procedures/: the procedure, its versions, who performs it. */
enum err base_procedure_load(struct base_loading *b, struct json o) MUST_CHECK;

/* The drawn process of a procedure, from its stages. */
enum err base_process_load(struct base_loading *b, struct json o, int64_t procedure, struct str code,
                           struct str name) MUST_CHECK;

#endif
