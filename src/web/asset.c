#include "web/asset.h"

#include <assert.h>

const struct asset *asset_find(struct str hashed)
{
    size_t low = 0, high = ASSET__COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(hashed, ASSETS[middle].hashed);
        if (order == 0)
            return &ASSETS[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct url asset_url(enum asset_id id)
{
    assert(id < ASSET__COUNT);
    return ASSETS[id].url;
}
