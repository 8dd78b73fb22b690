/* pdf_file.h - an open file inside the reader: chains of tables, their entries, opened object streams. */
#ifndef SIGN_PDF_FILE_H
#define SIGN_PDF_FILE_H

#include "sign/pdf_value.h"

enum entry_kind { ENTRY_FREE, ENTRY_PLAIN, ENTRY_PACKED };

struct pdf_entry {
    int32_t number;
    enum entry_kind kind;
    int64_t at;     /* where the object stands; the number of its object stream */
    int generation; /* its place in the object stream */
    bool is_being_read;
    const struct pdf_value *value; /* once read */
};

struct pdf_section {
    size_t at;
    bool is_stream;
    struct pdf_entry *entry; /* by number; each number once */
    size_t count;
    const struct pdf_value *trailer;
};

struct pdf_pack {
    const struct pdf_entry *entry;
    struct str bytes;
    int64_t count, first;
    int64_t *number, *offset; /* of each object; offsets from `first` */
    const struct pdf_pack *next;
};

struct pdf {
    struct arena *arena;
    struct str bytes;
    struct pdf_section section[PDF_REVISIONS_MAX];
    size_t section_count, entry_count, budget, inflated, probes;
    const struct pdf_pack *pack;
    const char *doubt;
};

/* Remembers the first doubt. */
void pdf_doubts(struct pdf *pdf, const char *why);

/* The object at a byte: "12 0 obj … endobj". */
struct pdf_placed {
    int64_t number;
    int generation;
    const struct pdf_value *value;
};
enum err pdf_read_object(struct pdf_view v, size_t at, struct pdf_placed *ret) MUST_CHECK;

/* The definition that counts in a view; NULL: none. */
struct pdf_entry *pdf_find(struct pdf_view v, int64_t number);

/* Reads all tables from the one that `startxref` names. */
enum err pdf_read_tables(struct pdf *pdf, const char **ret_why) MUST_CHECK;

#endif
