#include "format/csv.h"

#include <csv.h>

#include "base/text.h"

enum { CHUNK = 64 * 1024 };

struct field {
    size_t from, n;
};

struct reading {
    struct arena *fault_arena, *arena; /* `arena` holds the header and one row */
    const struct csv_reader *to;
    struct fault *fault;
    struct csv_parser parser;
    char separator;
    size_t line, row_line; /* the line being read; where the row began */
    size_t row_bytes;
    bool in_row, was_cr, is_lost, is_row_done;
    struct buf text; /* the fields of the row, one after the other */
    struct field field[CSV_COLUMNS_MAX];
    size_t count;   /* fields in the row, also those past CSV_COLUMNS_MAX */
    size_t columns; /* 0 until the header is read */
};

static void refuse(struct reading *r, const char *why)
{
    if (r->to->refused)
        r->to->refused(r->to->arg, r->row_line, str_of(why));
}

static int is_space(unsigned char c)
{
    (void)c; /* libcsv would trim: a space is as good a character as any */
    return 0;
}

static void parser_start(struct reading *r)
{
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI))
        BUG("libcsv");
    csv_set_delim(&r->parser, (unsigned char)r->separator);
    csv_set_space_func(&r->parser, is_space);
}

static void row_start(struct reading *r)
{
    r->in_row = false;
    r->row_bytes = 0;
    r->count = 0;
    r->text.n = 0;
}

/* After a fault libcsv is somewhere inside a quote: begin anew with the next line. */
static void parser_restart(struct reading *r)
{
    csv_free(&r->parser);
    parser_start(r);
    row_start(r);
}

static void on_field(void *bytes, size_t n, void *arg)
{
    struct reading *r = arg;

    if (r->count < CSV_COLUMNS_MAX) {
        r->field[r->count] = (struct field){r->text.n, n};
        buf_put(&r->text, (struct str){bytes, n});
        buf_char(&r->text, '\n'); /* between fields, so that halves of a character do not meet */
    }
    r->count++;
}

static void on_row(int c, void *arg)
{
    (void)c;
    ((struct reading *)arg)->is_row_done = true;
}

static bool has_control(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (((unsigned char)s.p[i] < ' ' && !memchr("\t\n\r", s.p[i], 3)) || s.p[i] == 0x7f)
            return true;
    return false;
}

static struct csv_row row_of(const struct reading *r, struct str *field)
{
    for (size_t i = 0; i < r->count; i++)
        field[i] = str_sub(buf_str(&r->text), r->field[i].from, r->field[i].n);
    return (struct csv_row){r->row_line, r->count, field};
}

static const char *header_fault(struct csv_row names)
{
    for (size_t i = 0; i < names.count; i++) {
        if (str_is_empty(names.field[i]))
            return "a column without a name";
        for (size_t k = 0; k < i; k++)
            if (str_eq(names.field[i], names.field[k]))
                return "two columns of the same name";
    }
    return NULL;
}

static enum err header_done(struct reading *r, struct str *name)
{
    for (size_t i = 0; i < r->count; i++)
        name[i] = str_trim(name[i]);
    struct csv_row names = {r->row_line, r->count, name};
    const char *why = header_fault(names);
    if (why)
        return fault_at(r->fault_arena, r->fault, r->row_line, ERR_INVALID, "%s", why);
    r->columns = r->count;
    return r->to->header ? r->to->header(r->to->arg, names) : OK;
}

/* A complete row: to whom it belongs, or refused. A header cannot be gone without. */
static enum err row_done(struct reading *r)
{
    struct str field[CSV_COLUMNS_MAX];
    char ragged[80];
    const char *why = NULL;

    if (r->count > CSV_COLUMNS_MAX) {
        why = "too many fields";
    } else if (r->columns && r->count != r->columns) {
        snprintf(ragged, sizeof ragged, "%zu fields where the header has %zu", r->count,
                 r->columns);
        why = ragged;
    } else if (!text_is_utf8(buf_str(&r->text))) {
        why = "not UTF-8";
    } else if (has_control(buf_str(&r->text))) {
        why = "a control character";
    }
    if (why && !r->columns)
        return fault_at(r->fault_arena, r->fault, r->row_line, ERR_INVALID, "header: %s", why);
    if (why) {
        refuse(r, why);
        return OK;
    }
    struct csv_row row = row_of(r, field);
    return r->columns ? r->to->row(r->to->arg, row) : header_done(r, field);
}

/* The row that began at row_line cannot be read; what follows on this line is skipped with it. */
static enum err row_lost(struct reading *r, const char *why)
{
    char lines[160];

    if (!r->columns)
        return fault_at(r->fault_arena, r->fault, r->row_line, ERR_INVALID, "header: %s", why);
    if (r->line != r->row_line) {
        snprintf(lines, sizeof lines, "%s; the lines up to %zu are lost with it", why, r->line);
        why = lines;
    }
    refuse(r, why);
    parser_restart(r);
    r->is_lost = true;
    return OK;
}

/* `piece` is a part of one line, perhaps with its end. */
static enum err feed_piece(struct reading *r, struct str piece, bool has_end)
{
    if (r->is_lost) {
        r->is_lost = !has_end;
        return OK;
    }
    if (!r->in_row && piece.n > has_end) {
        r->in_row = true;
        r->row_line = r->line;
    }
    r->row_bytes += r->in_row ? piece.n : 0;
    if (r->row_bytes > CSV_ROW_MAX) {
        enum err err = row_lost(r, "a row too long, or a quote that never closes");
        r->is_lost = r->is_lost && !has_end;
        return err;
    }
    r->is_row_done = false;
    if (csv_parse(&r->parser, piece.p, piece.n, on_field, on_row, r) != piece.n) {
        if (csv_error(&r->parser) != CSV_EPARSE)
            BUG("libcsv: %s", csv_strerror(csv_error(&r->parser)));
        enum err err = row_lost(r, "a stray quote");
        r->is_lost = r->is_lost && !has_end;
        return err;
    }
    if (!r->is_row_done)
        return OK;
    enum err err = row_done(r);
    row_start(r);
    return err;
}

/* libcsv knows no lines: it gets them one by one, and so the numbers are ours. */
static enum err feed(struct reading *r, struct str bytes)
{
    for (size_t at = 0; at < bytes.n;) {
        size_t end = at;
        while (end < bytes.n && bytes.p[end] != '\n' && bytes.p[end] != '\r')
            end++;
        bool has_end = end < bytes.n;
        if (has_end && end == at && bytes.p[end] == '\n' && r->was_cr)
            r->line--; /* the LF of CRLF: counted with its CR */
        enum err err = feed_piece(r, str_sub(bytes, at, end - at + has_end), has_end);
        if (err)
            return err;
        r->was_cr = has_end && bytes.p[end] == '\r';
        r->line += has_end;
        at = end + has_end;
    }
    return OK;
}

/* The separator most frequent in the first line that is not empty, outside quotes; a comma where
 * there is none. */
static char separator_of(struct str head)
{
    static const char candidate[] = {',', ';', '\t'};
    size_t seen[sizeof candidate] = {0}, best = 0;
    bool in_quotes = false;

    while (head.n && (head.p[0] == '\n' || head.p[0] == '\r'))
        head = str_sub(head, 1, head.n);
    for (size_t i = 0; i < head.n && (in_quotes || (head.p[i] != '\n' && head.p[i] != '\r')); i++) {
        if (head.p[i] == '"')
            in_quotes = !in_quotes;
        for (size_t k = 0; k < sizeof candidate; k++)
            seen[k] += !in_quotes && head.p[i] == candidate[k];
    }
    for (size_t k = 1; k < sizeof candidate; k++)
        if (seen[k] > seen[best])
            best = k;
    return candidate[best];
}

/* Looks at the first bytes, takes off what is not data and sets the separator. */
static enum err begin(struct reading *r, struct str *head)
{
    if (str_has_prefix(*head, STR("\xff\xfe")) || str_has_prefix(*head, STR("\xfe\xff")))
        return fault_at(r->fault_arena, r->fault, 1, ERR_INVALID, "UTF-16: save it as CSV UTF-8");
    if (str_has_prefix(*head, STR("\xef\xbb\xbf")))
        *head = str_sub(*head, 3, head->n);
    r->line = 1;
    r->separator = 0;
    if (str_has_prefix(*head, STR("sep=")) && head->n > 5 && strchr(",;\t", head->p[4]) &&
        strchr("\r\n", head->p[5])) {
        r->separator = head->p[4];
        *head = str_sub(*head, 5, head->n); /* an empty line is left in its place */
    }
    if (!r->separator)
        r->separator = separator_of(*head);
    parser_start(r);
    return OK;
}

static enum err finish(struct reading *r)
{
    r->is_row_done = false;
    if (r->in_row && csv_fini(&r->parser, on_field, on_row, r))
        return row_lost(r, "a quote that never closes");
    if (r->is_row_done) {
        enum err err = row_done(r);
        if (err)
            return err;
    }
    if (!r->columns)
        return fault_at(r->fault_arena, r->fault, 0, ERR_INVALID, "empty: no header");
    return OK;
}

/* Where bytes come from: a file, or text that is there already. */
struct source {
    FILE *file;
    struct str text;
    char *chunk;
};

static enum err next_chunk(struct source *from, struct str *ret)
{
    if (!from->file) {
        *ret = from->text;
        from->text.n = 0;
        return OK;
    }
    size_t n = fread(from->chunk, 1, CHUNK, from->file);
    if (ferror(from->file))
        return ERR_IO;
    *ret = (struct str){from->chunk, n};
    return OK;
}

static enum err read_all(struct reading *r, struct source *from)
{
    struct str bytes;
    enum err err = next_chunk(from, &bytes);

    if (!err)
        err = begin(r, &bytes);
    while (!err && bytes.n) {
        err = feed(r, bytes);
        if (!err)
            err = next_chunk(from, &bytes);
    }
    if (err == ERR_IO)
        return fault_at(r->fault_arena, r->fault, r->line, ERR_IO, "the file cannot be read");
    return err ? err : finish(r);
}

static enum err read_source(struct arena *a, struct source from, const struct csv_reader *to,
                            struct fault *ret_fault)
{
    struct arena *own = arena_new(8 * CSV_ROW_MAX);
    struct reading *r = ARENA_NEW(own, struct reading);

    r->fault_arena = a;
    r->arena = own;
    r->to = to;
    r->fault = ret_fault;
    r->text = buf_in(own);
    from.chunk = ARENA_ARRAY(own, char, CHUNK);
    enum err err = read_all(r, &from);
    csv_free(&r->parser); /* also where it never began: all zero */
    arena_free(own);
    return err;
}

enum err csv_read_file(struct arena *a, FILE *file, const struct csv_reader *to,
                       struct fault *ret_fault)
{
    return read_source(a, (struct source){.file = file}, to, ret_fault);
}

enum err csv_read_text(struct arena *a, struct str text, const struct csv_reader *to,
                       struct fault *ret_fault)
{
    return read_source(a, (struct source){.text = text}, to, ret_fault);
}
