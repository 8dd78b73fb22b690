#include "sign/prepared.h"

#include "sign/pdf.h"

#define MARK "motcua-prepared-1"

enum { PIECES = 4, NUMBERS = PIECES + 2, LINE_MAX_BYTES = 120, PIECE_MAX = PDF_SIZE_MAX * 2 };

struct str prepared_write(struct arena *a, const struct prepared *p)
{
    const struct message_draft *d = &p->draft;
    struct buf b = buf_in(a);

    buf_format(&b, MARK " %zu %zu %zu %zu %zu %zu\n", d->attributes.n, d->certificate.n, d->certificates.n, p->pdf.n, p->hole_at, p->hole_end);
    buf_put(&b, d->attributes);
    buf_put(&b, d->certificate);
    buf_put(&b, d->certificates);
    buf_put(&b, p->pdf);
    return buf_str(&b);
}

/* The first line's numbers; *ret_rest is what follows it. */
static bool read_line(struct str bytes, int64_t number[NUMBERS], struct str *ret_rest)
{
    struct str head = str_sub(bytes, 0, LINE_MAX_BYTES), word;
    size_t end = 0, n = 0;

    while (end < head.n && head.p[end] != '\n')
        end++;
    if (end == head.n)
        return false;
    struct str line = str_sub(head, 0, end);
    if (!str_split(&line, ' ', &word) || !str_eq(word, STR(MARK)))
        return false;
    while (n < NUMBERS && str_split(&line, ' ', &word))
        if (str_parse_int(word, 0, PIECE_MAX, &number[n++]))
            return false;
    *ret_rest = str_sub(bytes, end + 1, bytes.n);
    return n == NUMBERS && !line.n;
}

enum err prepared_read(struct str bytes, struct prepared *ret)
{
    int64_t number[NUMBERS];
    struct str rest, piece[PIECES];

    if (!read_line(bytes, number, &rest))
        return ERR_INVALID;
    for (size_t i = 0; i < PIECES; i++) {
        size_t n = (size_t)number[i];
        if (n > rest.n)
            return ERR_INVALID;
        piece[i] = str_sub(rest, 0, n);
        rest = str_sub(rest, n, rest.n);
    }
    size_t at = (size_t)number[PIECES], end = (size_t)number[PIECES + 1];
    /* Either no file and no hole, or a hole with both its brackets inside the file. */
    bool has_hole = at + 2 <= end && end <= piece[3].n && piece[3].p[at] == '<' && piece[3].p[end - 1] == '>';
    if (rest.n || !(has_hole || (!piece[3].n && !at && !end)))
        return ERR_INVALID;
    *ret = (struct prepared){{piece[0], piece[1], piece[2]}, piece[3], at, end};
    return OK;
}
