#include "crypto/merkle.h"

struct hash merkle_leaf(struct str bytes)
{
    struct hasher h;

    hasher_init(&h);
    hasher_add(&h, (struct str){"\0", 1});
    hasher_add(&h, bytes);
    return hasher_done(&h);
}

struct hash merkle_root(const struct hash *leaf, size_t n)
{
    struct hasher h;
    size_t split = 1;

    if (n == 0)
        return hash_of(STR(""));
    if (n == 1)
        return leaf[0];
    while (split * 2 < n)
        split *= 2;
    struct hash left = merkle_root(leaf, split), right = merkle_root(leaf + split, n - split);
    hasher_init(&h);
    hasher_add(&h, STR("\1"));
    hasher_add(&h, (struct str){(const char *)left.b, sizeof left.b});
    hasher_add(&h, (struct str){(const char *)right.b, sizeof right.b});
    return hasher_done(&h);
}
