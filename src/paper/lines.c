#include "paper/lines.h"

#include "base/text.h"

enum { LETTERS_MOST = 25 }; /* capitals of 12 points in the left column of a head on A4; smaller sheets have smaller ones */

/* Filled up to `most` letters a line; how many lines that makes. */
static int fill(struct str text, size_t most, struct buf *out)
{
    struct str rest = text, word;
    size_t used = 0;
    int lines = 1;

    while (str_split(&rest, ' ', &word)) {
        size_t n = text_length(word);
        if (used && used + 1 + n > most) {
            lines++;
            used = 0;
            if (out)
                buf_char(out, '\n');
        }
        if (out && used)
            buf_char(out, ' ');
        if (out)
            buf_put(out, word);
        used += (used ? 1 : 0) + n;
    }
    return lines;
}

struct str lines_even(struct arena *a, struct str text)
{
    int lines = fill(text, LETTERS_MOST, NULL);
    size_t most = LETTERS_MOST;
    struct buf out = buf_in(a);

    if (lines == 1)
        return text;
    while (most > 1 && fill(text, most - 1, NULL) == lines)
        most--;
    fill(text, most, &out);
    return buf_str(&out);
}
