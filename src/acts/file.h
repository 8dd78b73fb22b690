/* file.h - content of files, kept by its hash (decision 12). The journal names the hash; the bytes stand beside
 * it, once however many documents hold them. */
#ifndef ACTS_FILE_H
#define ACTS_FILE_H

#include "acts/ctx.h"

enum { FILE_BYTES_MAX = 32 << 20 };

struct file_ref {
    struct str hash; /* SHA-256, lower-case hex */
    int64_t size;
};

/* Keeps the bytes, in the transaction of the act that names them. ERR_LIMIT: more than FILE_BYTES_MAX. */
enum err file_keep(struct db *tx, struct arena *a, struct str bytes, struct file_ref *ret) MUST_CHECK;
/* The bytes, checked against their hash. ERR_NOT_FOUND: none of that hash; ERR_STORE: they are not what they were. */
enum err file_bytes(struct db *db, struct arena *a, struct str hash, struct str *ret) MUST_CHECK;
struct str file_hash(struct arena *a, struct str bytes);

#endif
