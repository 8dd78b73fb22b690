/* asset.h - the files that are part of the program: styles, scripts, fonts, icons.
 *
 * An address carries the hash of its content (/a/mc.3f2a9c1b.css), so browsers keep it for ever and
 * never show an old one. Constant data; from web/assets and node_modules by tools/embed. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "asset_gen.h" /* enum asset_id, written by tools/embed */
#include "base/str.h"
#include "html/html.h"

struct asset {
    struct str name;         /* mc.css */
    struct str hashed;       /* mc.3f2a9c1b.css */
    struct url url;          /* /a/mc.3f2a9c1b.css */
    struct str content_type;
    struct str sha256;       /* of `bytes`, in hex */
    struct str bytes;
    struct str gzip;         /* the same, compressed; empty where that saves nothing */
};

extern const struct asset ASSETS[ASSET__COUNT];

/* By what follows "/a/" in an address. NULL: no such file, or an older one. */
const struct asset *asset_find(struct str hashed);

struct url asset_url(enum asset_id id);

#endif
