#include "acts/file.h"

#include "crypto/hash.h"
#include "crypto/hex.h"
#include "sql_file.h"

struct str file_hash(struct arena *a, struct str bytes)
{
    struct hash h = hash_of(bytes);

    return hex_encode(a, hash_str(&h));
}

enum err file_keep(struct db *tx, struct arena *a, struct str bytes, struct file_ref *ret)
{
    struct file_ref ref = {file_hash(a, bytes), (int64_t)bytes.n};

    if (bytes.n > FILE_BYTES_MAX)
        return ERR_LIMIT;
    enum err err = q_file_put(tx, ref.hash, ref.size, bytes, NULL);
    if (!err)
        *ret = ref;
    return err;
}

enum err file_bytes(struct db *db, struct arena *a, struct str hash, struct str *ret)
{
    struct q_file_get f;
    enum err err = q_file_get(db, a, hash, &f);

    if (!err && !str_eq(file_hash(a, f.bytes), hash))
        err = ERR_STORE;
    if (!err)
        *ret = f.bytes;
    return err;
}
