#include "format/csv_writer.h"

#include <inttypes.h>

static void start(struct csv_writer *w, char separator)
{
    w->separator = separator;
    w->columns = w->at = 0;
    sink_put(&w->sink, STR("\xef\xbb\xbf"));
}

void csv_writer_init(struct csv_writer *w, sink_take *take, void *arg, char separator)
{
    sink_init(&w->sink, take, arg);
    start(w, separator);
}

void csv_writer_init_file(struct csv_writer *w, FILE *file, char separator)
{
    sink_init_file(&w->sink, file);
    start(w, separator);
}

void csv_writer_init_buf(struct csv_writer *w, struct buf *buf, char separator)
{
    sink_init_buf(&w->sink, buf);
    start(w, separator);
}

static void next_field(struct csv_writer *w)
{
    if (w->at++)
        sink_put(&w->sink, (struct str){&w->separator, 1});
}

/* Also where another separator stands, so that a reader that has to guess guesses right. */
static bool needs_quotes(const struct csv_writer *w, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] == w->separator || memchr(",;\t\"\r\n", value.p[i], 6))
            return true;
    if (value.n == 0)
        return w->at == 0; /* a row of one empty field is not an empty line */
    return value.p[0] == ' ' || value.p[value.n - 1] == ' ';
}

/* Whoever opens the table must not run what a stranger typed into a form: =HYPERLINK(...). */
static bool is_formula(struct str value)
{
    return value.n && memchr("=+-@\t\r", value.p[0], 6);
}

void csv_write_text(struct csv_writer *w, struct str value)
{
    bool is_quoted = needs_quotes(w, value);

    next_field(w);
    if (is_quoted)
        sink_put(&w->sink, STR("\""));
    if (is_formula(value))
        sink_put(&w->sink, STR("'"));
    for (size_t from = 0; from < value.n;) { /* each piece up to a quote, the quote twice */
        const char *quote = memchr(value.p + from, '"', value.n - from);
        size_t end = quote ? (size_t)(quote - value.p) + 1 : value.n;
        sink_put(&w->sink, str_sub(value, from, end - from));
        if (quote)
            sink_put(&w->sink, STR("\""));
        from = end;
    }
    if (is_quoted)
        sink_put(&w->sink, STR("\""));
}

void csv_write_int(struct csv_writer *w, int64_t value)
{
    char text[24];

    next_field(w);
    sink_put(&w->sink, (struct str){text, (size_t)snprintf(text, sizeof text, "%" PRId64, value)});
}

void csv_write_row_end(struct csv_writer *w)
{
    if (w->columns == 0)
        w->columns = w->at;
    if (w->at == 0 || w->at != w->columns)
        BUG("a CSV row of %zu fields among rows of %zu", w->at, w->columns);
    sink_put(&w->sink, STR("\r\n"));
    w->at = 0;
}

enum err csv_writer_end(struct csv_writer *w)
{
    if (w->at)
        BUG("CSV ends inside a row");
    return sink_end(&w->sink);
}
