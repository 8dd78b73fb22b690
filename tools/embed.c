/* embed - puts files into the program, each under an address that carries its hash.
 *
 * embed OUT.h OUT.c OUT.bin OUT.keys NAME=FILE…
 * A style sheet names other assets as url(/a/NAME); that becomes their address with its hash. An
 * address that changes with its content may be kept by browsers for ever. */
#include "tool.h"

#include <openssl/evp.h>
#include <zlib.h>

enum { HASH_DIGITS = 8, SHA256_BYTES = 32 };

struct asset {
    struct str name, hashed, type, sha256;
    struct str bytes, gzip;
    size_t at, gzip_at; /* in OUT.bin */
};

struct embed {
    struct arena *arena;
    struct asset *asset;
    size_t count;
};

static const struct {
    const char *suffix, *type;
    bool is_text; /* worth compressing */
} types[] = {
    {".css", "text/css; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".json", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".woff2", "font/woff2", false},
    {".png", "image/png", false},
    {".ico", "image/vnd.microsoft.icon", false},
};

static bool type_of(struct str name, struct str *ret_type, bool *ret_is_text)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_has_suffix(name, str_of(types[i].suffix))) {
            *ret_type = str_of(types[i].type);
            *ret_is_text = types[i].is_text;
            return true;
        }
    return false;
}

static struct str sha256_hex(struct arena *a, struct str s)
{
    unsigned char digest[SHA256_BYTES];
    struct buf b = buf_in(a);

    if (!EVP_Digest(s.p, s.n, digest, NULL, EVP_sha256(), NULL))
        BUG("sha256");
    for (size_t i = 0; i < sizeof digest; i++)
        buf_format(&b, "%02x", digest[i]);
    return buf_str(&b);
}

/* Empty when it would not be at least a tenth smaller. */
static struct str gzip(struct arena *a, struct str s)
{
    enum { GZIP_WINDOW = 15 + 16, MEMORY = 9 };
    z_stream z = {0};

    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        BUG("zlib");
    size_t room = deflateBound(&z, s.n);
    unsigned char *out = arena_alloc(a, room, 1, 1);
    z.next_in = (unsigned char *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = out;
    z.avail_out = (uInt)room;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        BUG("zlib");
    struct str packed = {(const char *)out, z.total_out};
    deflateEnd(&z);
    return packed.n < s.n - s.n / 10 ? packed : STR("");
}

static struct str hashed_name(struct arena *a, struct str name, struct str hash)
{
    size_t dot = name.n;

    while (dot && name.p[dot - 1] != '.')
        dot--;
    return str_format(a, "%" PRIstr "%" PRIstr ".%" PRIstr, (int)dot, name.p,
                      STR_ARG(str_sub(hash, 0, HASH_DIGITS)),
                      STR_ARG(str_sub(name, dot, name.n)));
}

static const struct asset *find(const struct embed *e, struct str name)
{
    for (size_t i = 0; i < e->count; i++)
        if (str_eq(e->asset[i].name, name))
            return &e->asset[i];
    return NULL;
}

/* url(/a/NAME) becomes url(/a/NAME-with-hash). */
static struct str rewrite(const struct embed *e, const struct asset *sheet)
{
    static const char open[] = "url(/a/";
    struct buf b = buf_in(e->arena);
    struct str rest = sheet->bytes;

    for (;;) {
        size_t at = str_find(rest, STR("url(/a/"));
        if (at == STR_NONE)
            break;
        at += sizeof open - 1;
        buf_put(&b, str_sub(rest, 0, at));
        rest = str_sub(rest, at, rest.n);
        size_t end = str_find(rest, STR(")"));
        const struct asset *target = find(e, str_sub(rest, 0, end));
        if (!target || !target->hashed.n)
            tool_die(str_z(e->arena, sheet->name), 0, "url(/a/%" PRIstr ") is not embedded",
                     STR_ARG(str_sub(rest, 0, end)));
        buf_put(&b, target->hashed);
        rest = str_sub(rest, end, rest.n);
    }
    buf_put(&b, rest);
    return buf_str(&b);
}

static void finish(struct embed *e, struct asset *x)
{
    bool is_text;

    if (!type_of(x->name, &x->type, &is_text))
        tool_die(str_z(e->arena, x->name), 0, "embed does not know this kind of file");
    if (!x->bytes.n)
        tool_die(str_z(e->arena, x->name), 0, "empty");
    x->sha256 = sha256_hex(e->arena, x->bytes);
    x->hashed = hashed_name(e->arena, x->name, x->sha256);
    if (is_text)
        x->gzip = gzip(e->arena, x->bytes);
}

static bool is_sheet(const struct asset *x)
{
    return str_has_suffix(x->name, STR(".css"));
}

static void load(struct embed *e, int argc, char **argv)
{
    e->asset = ARENA_ARRAY(e->arena, struct asset, (size_t)argc + 1);
    for (int i = 0; i < argc; i++) {
        struct str file = str_of(argv[i]), name;
        if (!str_split(&file, '=', &name) || !file.n)
            tool_die(argv[i], 0, "not NAME=FILE");
        if (find(e, name))
            tool_die(argv[i], 0, "the name stands twice");
        e->asset[e->count++] =
            (struct asset){.name = name, .bytes = tool_read(e->arena, str_z(e->arena, file))};
    }
    for (size_t i = 0; i < e->count; i++)
        if (!is_sheet(&e->asset[i]))
            finish(e, &e->asset[i]);
    for (size_t i = 0; i < e->count; i++)
        if (is_sheet(&e->asset[i])) {
            e->asset[i].bytes = rewrite(e, &e->asset[i]);
            finish(e, &e->asset[i]);
        }
}

static int by_hashed(const void *a, const void *b)
{
    return str_cmp(((const struct asset *)a)->hashed, ((const struct asset *)b)->hashed);
}

static struct str blob(struct embed *e)
{
    struct buf b = buf_in(e->arena);

    for (size_t i = 0; i < e->count; i++) {
        e->asset[i].at = b.n;
        buf_put(&b, e->asset[i].bytes);
        e->asset[i].gzip_at = b.n;
        buf_put(&b, e->asset[i].gzip);
    }
    return buf_str(&b);
}

static const char *const made_by = "/* Written by tools/embed from the assets named in "
                                   "web/meson.build. */\n";

static struct str header_text(const struct embed *e)
{
    struct buf b = buf_in(e->arena);

    buf_format(&b, "%s#ifndef ASSET_GEN_H\n#define ASSET_GEN_H\n\nenum asset_id {\n", made_by);
    for (size_t i = 0; i < e->count; i++)
        buf_format(&b, "    ASSET_%" PRIstr ",\n",
                   STR_ARG(tool_constant(e->arena, e->asset[i].name)));
    buf_put(&b, STR("    ASSET__COUNT\n};\n\n#endif\n"));
    return buf_str(&b);
}

/* The bytes come in by the assembler: compilers take minutes for large arrays. */
static struct str table_text(const struct embed *e, const char *bin)
{
    struct buf b = buf_in(e->arena);

    buf_format(&b,
               "%s#include \"web/asset.h\"\n\n"
               "__asm__(\".section .rodata\\n\"\n"
               "        \".balign 16\\n\"\n"
               "        \".global asset_bytes\\n\"\n"
               "        \".type asset_bytes, @object\\n\"\n"
               "        \"asset_bytes:\\n\"\n"
               "        \".incbin \\\"%s\\\"\\n\"\n"
               "        \".byte 0\\n\"\n"
               "        \".text\\n\");\n"
               "extern const char asset_bytes[];\n\n"
               "/* Sorted by `hashed`. */\n"
               "const struct asset ASSETS[ASSET__COUNT] = {\n",
               made_by, bin);
    for (size_t i = 0; i < e->count; i++) {
        const struct asset *x = &e->asset[i];
        buf_format(&b,
                   "    [ASSET_%" PRIstr "] = {\n"
                   "        .name = STR_INIT(\"%" PRIstr "\"),\n"
                   "        .hashed = STR_INIT(\"%" PRIstr "\"),\n"
                   "        .url = {STR_INIT(\"/a/%" PRIstr "\")},\n"
                   "        .content_type = STR_INIT(\"%" PRIstr "\"),\n"
                   "        .sha256 = STR_INIT(\"%" PRIstr "\"),\n"
                   "        .bytes = {asset_bytes + %zu, %zu},\n"
                   "        .gzip = {asset_bytes + %zu, %zu},\n"
                   "    },\n",
                   STR_ARG(tool_constant(e->arena, x->name)), STR_ARG(x->name), STR_ARG(x->hashed),
                   STR_ARG(x->hashed), STR_ARG(x->type), STR_ARG(x->sha256), x->at, x->bytes.n,
                   x->gzip_at, x->gzip.n);
    }
    buf_put(&b, STR("};\n"));
    return buf_str(&b);
}

static struct str keys_text(const struct embed *e)
{
    struct buf b = buf_in(e->arena);

    for (size_t i = 0; i < e->count; i++)
        buf_format(&b, "%" PRIstr "\n", STR_ARG(e->asset[i].name));
    return buf_str(&b);
}

int main(int argc, char **argv)
{
    if (argc < 6)
        tool_die("embed", 0, "use: embed OUT.h OUT.c OUT.bin OUT.keys NAME=FILE…");

    struct embed e = {.arena = arena_new(TOOL_ARENA)};
    load(&e, argc - 5, argv + 5);
    qsort(e.asset, e.count, sizeof *e.asset, by_hashed);
    tool_write(argv[3], blob(&e));
    tool_write(argv[1], header_text(&e));
    tool_write(argv[2], table_text(&e, argv[3]));
    tool_write(argv[4], keys_text(&e));
    arena_free(e.arena);
    return EXIT_SUCCESS;
}
