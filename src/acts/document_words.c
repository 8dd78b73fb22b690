/* Words of files, so that a document is found by what its attachments say. */
#include "acts/document.h"

#include "acts/file.h"
#include "base/text.h"

enum { WORDS_MAX = 256 * 1024 };

struct reading {
    struct ctx *ctx;
    struct str hash, words, why;
};

/* All that the files of a document say, one after the other. */
static enum err words_renew(struct db *tx, struct arena *a, int64_t document)
{
    struct q_document_words_of *w;
    size_t count;
    struct buf b = buf_in(a);
    enum err err = q_document_words_of(tx, a, document, &w, &count);

    for (size_t i = 0; !err && i < count && b.n < WORDS_MAX; i++) {
        buf_put(&b, str_sub(w[i].words, 0, WORDS_MAX - b.n));
        buf_char(&b, ' ');
    }
    return err ? err : q_document_search_words(tx, document, text_fold(a, buf_str(&b)), NULL);
}

static enum err keep_in_transaction(struct db *tx, void *arg)
{
    struct reading *r = arg;
    struct arena *a = r->ctx->arena;
    struct q_document_with_file *d;
    size_t count;
    enum err err = q_document_words_add(tx, r->hash, r->words, r->why, NULL);

    if (!err)
        err = q_document_with_file(tx, a, r->hash, &d, &count);
    for (size_t i = 0; !err && i < count; i++)
        err = words_renew(tx, a, d[i].document_id);
    return err;
}

enum err act_document_read_words(struct ctx *ctx, const struct document_reader *reader, int64_t n, int64_t *ret_done)
{
    struct q_document_unread *f;
    size_t count;
    enum err err = q_document_unread(ctx_db(ctx), ctx->arena, n, &f, &count);

    for (size_t i = 0; !err && i < count; i++) {
        struct reading r = {.ctx = ctx, .hash = f[i].hash, .words = STR(""), .why = STR("")};
        struct str bytes, text = STR("");
        err = file_bytes(ctx_db(ctx), ctx->arena, f[i].hash, &bytes);
        if (err)
            break;
        /* A file that cannot be read is noted with the reason, and not tried again. */
        enum err failed = reader->words(reader->arg, ctx->arena, f[i].name, f[i].media, bytes, &text, &r.why);
        if (failed && !r.why.n)
            r.why = str_of(err_name(failed));
        r.words = failed ? STR("") : text_fold(ctx->arena, text);
        err = ctx_transact(ctx, keep_in_transaction, &r);
    }
    if (!err)
        *ret_done = (int64_t)count;
    return err;
}
