/* What is defined as data: registers, figures and reports. */
#include "acts/base_data_books.h"

#include "acts/book.h"
#include "acts/definition.h"

/* One file each, as act_book_define() takes them. */
static const char *const BOOKS[] = {
    "books/bcci.yaml",
    "books/bien-che.yaml",
    "books/bien-dong.yaml",
    "books/chi-so-766.yaml",
    "books/chi-tieu.yaml",
    "books/hoc-vien.yaml",
    "books/iso.yaml",
    "books/ke-hoach.yaml",
    "books/kiem-tra.yaml",
    "books/kien-nghi-kt.yaml",
    "books/kstthc.yaml",
    "books/lop-hoc.yaml",
    "books/luot-kiem-tra.yaml",
    "books/nhan-su.yaml",
    "books/nhiem-vu.yaml",
    "books/pakn.yaml",
    "books/ra-soat-vb.yaml",
    "books/thanh-vien.yaml",
    "books/theo-doi-thpl.yaml",
    "books/tinh-gian.yaml",
    "books/to-chuc.yaml",
    "books/trang-tin.yaml",
    "books/tthc.yaml",
    "books/tu-chu.yaml",
    "books/tuyen-truyen.yaml",
    "books/van-ban-qppl.yaml",
};
static const char *const INDICATORS[] = {"indicators/cchc.yaml", "indicators/766.yaml"}; /* lists */
static const char *const REPORTS[] = {"reports/cchc.yaml", "reports/chi-so-766.yaml", "reports/ii-05a.yaml", "reports/chi-tieu.yaml"};

/* Is it to be brought? What is there may have been changed by those who use it, and stays. */
static enum err is_wanted(enum err found, const struct base_books *added, bool *ret)
{
    *ret = !added || found == ERR_NOT_FOUND;
    return found == ERR_NOT_FOUND || !added ? OK : found;
}

static enum err book_load(struct base_loading *b, struct json content, struct base_books *added)
{
    struct act_book_define act = {.content = content, .fault = {.why = STR("")}};
    struct book there;
    bool wanted;
    enum err err = is_wanted(book_by_code(b->ctx, b->ctx->tx, json_text(content, "book"), &there), added, &wanted);

    if (err || !wanted)
        return err;
    err = act_book_define(&act, b->ctx);
    if (!err && added)
        added->books++;
    return err == ERR_INVALID && act.fault.why.n ? base_fault(b, "book", act.fault.why) : err;
}

static enum err definition_load(struct base_loading *b, enum definition_kind kind, struct str code, struct json content, int64_t sort_no, struct base_books *added)
{
    struct act_definition_set act = {.kind = kind, .content = content, .sort_no = sort_no, .fault = {.why = STR("")}};
    struct json there;
    int64_t edition;
    bool wanted;
    enum err err = is_wanted(definition_read(b->ctx, kind, code, 0, &there, &edition), added, &wanted);

    if (err || !wanted)
        return err;
    err = act_definition_set(&act, b->ctx);
    if (!err && added)
        added->definitions++;
    return err == ERR_INVALID && act.fault.why.n ? base_fault(b, "definition", act.fault.why) : err;
}

static enum err indicators_load(struct base_loading *b, const char *file, int64_t *sort_no, struct base_books *added)
{
    struct str text;
    struct json doc;
    enum err err = base_file_read(b, file, &text, &doc);
    struct json list = err ? (struct json){NULL} : json_get(doc, "indicators");

    for (size_t i = 0; !err && i < json_length(list); i++)
        err = definition_load(b, DEFINITION_INDICATOR, json_text(json_at(list, i), "indicator"), json_at(list, i), (*sort_no)++, added);
    return err;
}

enum err base_books_load(struct base_loading *b, struct base_books *added)
{
    struct str text;
    struct json doc;
    int64_t sort_no = 0;
    enum err err = OK;

    for (size_t i = 0; !err && i < sizeof BOOKS / sizeof BOOKS[0]; i++) {
        err = base_file_read(b, BOOKS[i], &text, &doc);
        if (!err)
            err = book_load(b, doc, added);
    }
    for (size_t i = 0; !err && i < sizeof INDICATORS / sizeof INDICATORS[0]; i++)
        err = indicators_load(b, INDICATORS[i], &sort_no, added);
    for (size_t i = 0; !err && i < sizeof REPORTS / sizeof REPORTS[0]; i++) {
        err = base_file_read(b, REPORTS[i], &text, &doc);
        if (!err)
            err = definition_load(b, DEFINITION_REPORT, json_text(doc, "report"), doc, 10 + (int64_t)i, added);
    }
    return err;
}
