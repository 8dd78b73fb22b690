#include "paper/place.h"

#include <string.h>

/* U+00A0 in UTF-8. */
#define SPACE "\xc2\xa0"
enum { SPACE_BYTES = 2, RUN_LEAST = 2 };

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

struct paper_place place_of(const struct sheet *s, double x, double y, double width, double height)
{
    return (struct paper_place){.page = s->page, .x = x, .y = s->height - y - height, .width = width, .height = height};
}

/* From the upper edge of the layout to the line on which the letter at `index` stands. */
static double baseline_at(PangoLayout *l, int index)
{
    PangoLayoutIter *at = pango_layout_get_iter(l);

    while (pango_layout_iter_get_index(at) < index && pango_layout_iter_next_char(at))
        ;
    double base = points(pango_layout_iter_get_baseline(at));
    pango_layout_iter_free(at);
    return base;
}

static struct paper_place line_place(const struct sheet *s, PangoRectangle r, double base, double x, double y, double size)
{
    struct paper_place p = place_of(s, x + points(r.x), y + points(r.y), points(r.width), points(r.height));

    p.baseline = s->height - y - base;
    p.size = size * s->scale;
    return p;
}

struct paper_place place_blank(const struct sheet *s, PangoLayout *l, double x, double y, double size, int n)
{
    const char *text = pango_layout_get_text(l), *at = text;

    while ((at = strstr(at, SPACE)) != NULL) {
        const char *end = at;
        while (strncmp(end, SPACE, SPACE_BYTES) == 0)
            end += SPACE_BYTES;
        if (end - at >= RUN_LEAST * SPACE_BYTES && n-- == 0) {
            PangoRectangle from, to;
            pango_layout_index_to_pos(l, (int)(at - text), &from);
            pango_layout_index_to_pos(l, (int)(end - SPACE_BYTES - text), &to);
            from.width = to.x + to.width - from.x;
            struct paper_place p = line_place(s, from, baseline_at(l, (int)(at - text)), x, y, size);
            p.is_blank = true;
            return p;
        }
        at = end;
    }
    return (struct paper_place){0};
}

struct paper_place place_text(const struct sheet *s, PangoLayout *l, double x, double y, double size)
{
    PangoRectangle r;

    pango_layout_get_extents(l, NULL, &r);
    return line_place(s, r, points(pango_layout_get_baseline(l)), x, y, size);
}
