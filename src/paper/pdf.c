#include "paper/pdf.h"

#include "paper/archive.h"
#include "paper/figure.h"
#include "paper/place.h"
#include "paper/table.h"
#include "words/words.h"

enum { RULE_LEFT = 3, SIGN_ROOM = 64 };

/* One line or several at a place; how high it is. */
static double put(struct sheet *s, struct str text, struct type type, const char *tag, double x, double y, double width)
{
    if (!text.n)
        return 0;
    PangoLayout *l = sheet_text(s, text, type, width);
    double height = sheet_height(l);

    sheet_put(s, l, tag, x, y);
    g_object_unref(l);
    return height;
}

/* The number at x, y; how high it is. */
static double head_number(struct sheet *s, struct str text, struct type type, double x, double y, double width)
{
    if (!text.n)
        return 0;
    PangoLayout *l = sheet_text(s, text, type, width);
    double height = sheet_height(l);
    struct paper_place blank = place_blank(s, l, x, y, type.size, 0);

    s->places.number = blank.page ? blank : place_text(s, l, x, y, type.size);
    sheet_put(s, l, "P", x, y);
    g_object_unref(l);
    return height;
}

/* Place and date at x, y; how high it is. */
static double head_date(struct sheet *s, struct str text, struct type type, double x, double y, double width)
{
    if (!text.n)
        return 0;
    PangoLayout *l = sheet_text(s, text, type, width);
    double height = sheet_height(l);
    struct paper_place *const blank[] = {&s->places.day, &s->places.month, &s->places.year};

    s->places.date = place_text(s, l, x, y, type.size);
    for (int i = 0; i < 3; i++)
        *blank[i] = place_blank(s, l, x, y, type.size, i);
    s->places.date.is_blank = s->places.day.is_blank;
    s->places.date.italic = s->places.day.italic = s->places.month.italic = s->places.year.italic = true;
    sheet_put(s, l, "P", x, y);
    g_object_unref(l);
    return height;
}

static void rule(struct sheet *s, double x, double y, double width)
{
    cairo_set_line_width(s->cr, 0.7);
    cairo_move_to(s->cr, x, y);
    cairo_rel_line_to(s->cr, width, 0);
    cairo_stroke(s->cr);
}

/* Two columns: who writes, and in whose name. */
static void head(struct sheet *s, const struct paper_block *b)
{
    double whole = s->right - s->left, left = whole * 0.42, right = whole - left, x = s->left + left, y = s->y, z = s->y;
    struct type agency = {.size = s->look->agency, .align = PAPER_CENTRE}, own = agency;
    struct str motto = word(LANG_VI, WORD_PAPER_MOTTO);

    own.bold = true;
    y += put(s, b->one, agency, "P", s->left, y, left);
    y += put(s, b->two, own, "P", s->left, y, left);
    rule(s, s->left + left / 2 - left / (2 * RULE_LEFT), y + 3, left / RULE_LEFT);
    z += put(s, word(LANG_VI, WORD_PAPER_NATION), (struct type){.size = s->look->nation, .bold = true, .align = PAPER_CENTRE}, "P", x, z, right);
    double from = z;
    z += put(s, motto, (struct type){.size = s->look->motto, .bold = true, .align = PAPER_CENTRE}, "P", x, z, right);
    PangoLayout *l = sheet_text(s, motto, (struct type){.size = s->look->motto, .bold = true}, 0);
    int w;
    pango_layout_get_size(l, &w, NULL);
    g_object_unref(l);
    double wide = (double)w / PANGO_SCALE;
    rule(s, x + (right - wide) / 2, from + (z - from) + 2, wide);
    y += 10;
    z += 10;
    y = z = y > z ? y : z;
    y += head_number(s, b->three, (struct type){.size = s->look->body - 1, .align = PAPER_CENTRE}, s->left, y, left);
    z += head_date(s, b->four, (struct type){.size = s->look->body - 1, .italic = true, .align = PAPER_CENTRE}, x, z, right);
    s->y = (y > z ? y : z) + 14;
}

static void title(struct sheet *s, const struct paper_block *b)
{
    double width = s->right - s->left;
    struct type type = {.size = s->look->title, .bold = true, .align = PAPER_CENTRE};

    for (size_t i = 0; i < b->span_count; i++) {
        type.bold = b->span[i].bold;
        type.italic = b->span[i].italic;
        PangoLayout *l = sheet_text(s, b->span[i].text, type, width);
        sheet_flow(s, l, i ? "P" : "H1", s->left, 2);
        g_object_unref(l);
        type.size = s->look->body;
    }
    s->y += 10;
}

static void paragraph(struct sheet *s, const struct paper_block *b)
{
    bool is_heading = b->kind == PAPER_HEADING;
    bool is_note = b->kind == PAPER_NOTE;
    struct type type = {.size = is_note ? s->look->note : s->look->body, .align = is_heading ? PAPER_LEFT : b->align, .bold = is_heading, .italic = is_heading && b->level > 0,
                        .first_line = !is_heading && b->align == PAPER_JUSTIFIED ? mm(12.7) : 0};
    PangoLayout *l = sheet_spans(s, b->span, b->span_count, type, s->right - s->left);

    if (is_heading)
        sheet_need(s, sheet_height(l) + 2 * type.size * 1.4);
    sheet_flow(s, l, is_heading ? (b->level ? "H3" : "H2") : "P", s->left, is_note ? 1 : 6 * s->scale);
    g_object_unref(l);
}

/* As offices write them: the mark at the indent of the first line, the rest of the text from the margin. */
static void item(struct sheet *s, const struct paper_block *b)
{
    unsigned level = b->level < PAPER_LEVEL_MAX ? b->level : PAPER_LEVEL_MAX;
    struct type type = {.size = s->look->body, .align = PAPER_JUSTIFIED, .first_line = (mm(12.7) + mm(6) * level) * s->scale};
    struct paper_span *span = ARENA_ARRAY(s->a, struct paper_span, b->span_count + 1);

    span[0] = (struct paper_span){.text = str_format(s->a, "%" PRIstr " ", STR_ARG(b->one))};
    for (size_t i = 0; i < b->span_count; i++)
        span[i + 1] = b->span[i];
    PangoLayout *l = sheet_spans(s, span, b->span_count + 1, type, s->right - s->left);
    cairo_tag_begin(s->cr, "LI", NULL);
    sheet_flow(s, l, "LBody", s->left, 4 * s->scale);
    cairo_tag_end(s->cr, "LI");
    g_object_unref(l);
}

/* The items that follow one another are one list. */
static size_t items(struct sheet *s, const struct paper_block *b, size_t count)
{
    size_t n = 0;

    cairo_tag_begin(s->cr, "L", NULL);
    while (n < count && b[n].kind == PAPER_ITEM)
        item(s, &b[n++]);
    cairo_tag_end(s->cr, "L");
    return n;
}

/* The digits at *at. */
static double number(const char **at)
{
    double n = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++)
        n = n * 10 + (**at - '0');
    return n;
}

/* The squares of a QR code, `side` of them on each side, in a square of `size` points. */
static void squares(struct sheet *s, struct str path, int64_t side, double x, double y, double size)
{
    const char *at = str_z(s->a, path);
    double one = size / (double)side;

    cairo_set_source_rgb(s->cr, 0, 0, 0);
    while (*at == 'M') {
        at++;
        double column = number(&at);
        at += *at == ' ';
        double row = number(&at);
        at += *at == 'h';
        cairo_rectangle(s->cr, x + column * one, y + row * one, number(&at) * one, one);
        while (*at && *at != 'M')
            at++;
    }
    cairo_fill(s->cr);
}

static void code(struct sheet *s, const struct paper_block *b)
{
    double size = mm(38) * s->scale, x = s->right - size, from = s->y;
    int64_t side;
    struct type type = {.size = s->look->body};

    for (size_t i = 0; i < b->span_count; i++) {
        PangoLayout *l = sheet_spans(s, &b->span[i], 1, type, x - s->left - 8);
        sheet_put(s, l, "P", s->left, s->y);
        s->y += sheet_height(l) + 4 * s->scale;
        g_object_unref(l);
    }
    if (str_parse_int(b->two, 1, 200, &side))
        return;
    cairo_tag_begin(s->cr, "Figure", "alt='QR'");
    squares(s, b->one, side, x, from, size);
    cairo_tag_end(s->cr, "Figure");
    double under = from + size + put(s, b->three, (struct type){.size = s->look->note, .align = PAPER_CENTRE}, "P", x, from + size, size) + 4;
    s->y = s->y > under ? s->y : under;
}

/* Stays together: who signs must not stand alone on a page. */
static void signature(struct sheet *s, const struct paper_block *b)
{
    double whole = s->right - s->left, left = whole * 0.45, right = whole - left, x = s->left + left;
    struct type note = {.size = s->look->note}, strong = {.size = s->look->body, .bold = true, .align = PAPER_CENTRE};

    sheet_need(s, SIGN_ROOM * s->scale + 5 * s->look->body * 1.4);
    double y = s->y + 8, z = y;
    if (b->one.n) {
        y += put(s, word(LANG_VI, WORD_PAPER_RECIPIENTS), (struct type){.size = s->look->note + 1, .bold = true, .italic = true}, "P", s->left, y, left);
        put(s, b->one, note, "P", s->left, y, left);
    }
    if (b->span_count > 1) {
        y += put(s, b->span[1].text, strong, "P", s->left, y, left);
        put(s, b->span[0].text, (struct type){.size = s->look->note, .italic = true, .align = PAPER_CENTRE}, "P", s->left, y, left);
    }
    z += put(s, b->two, strong, "P", x, z, right);
    z += put(s, b->three, strong, "P", x, z, right);
    if (b->span_count)
        z += put(s, b->span[0].text, (struct type){.size = s->look->note, .italic = true, .align = PAPER_CENTRE}, "P", x, z, right);
    s->places.signature = place_of(s, x, z, right, SIGN_ROOM * s->scale);
    z += SIGN_ROOM * s->scale;
    z += put(s, b->four, strong, "P", x, z, right);
    s->y = z + 10;
}

static enum err block(struct sheet *s, const struct paper_block *b)
{
    switch (b->kind) {
    case PAPER_HEAD:
        head(s, b);
        return OK;
    case PAPER_TITLE:
        title(s, b);
        return OK;
    case PAPER_HEADING:
    case PAPER_PARAGRAPH:
    case PAPER_NOTE:
        paragraph(s, b);
        return OK;
    case PAPER_TABLE:
        return table_draw(s, b->table);
    case PAPER_FIGURE:
        figure_put(s, b->figure);
        return OK;
    case PAPER_TURN:
        sheet_turn(s, b->size);
        return OK;
    case PAPER_CODE:
        code(s, b);
        return OK;
    case PAPER_SIGNATURE:
        signature(s, b);
        return OK;
    case PAPER_NEXT:
        sheet_next_document(s);
        return OK;
    case PAPER_ITEM: /* in its list: items() */
    case PAPER_BLOCK_KIND__COUNT:
        break;
    }
    BUG("block %d", (int)b->kind);
}

enum err paper_pdf_placed(struct arena *a, const struct paper_document *d, struct str *ret, struct paper_places *ret_places)
{
    struct buf bytes = buf_in(a);
    struct sheet s;
    enum err err = OK;

    sheet_begin(&s, a, d, &bytes);
    for (size_t i = 0; !err && i < d->block_count;) {
        bool is_list = d->block[i].kind == PAPER_ITEM;
        size_t n = is_list ? items(&s, &d->block[i], d->block_count - i) : 1;
        err = is_list ? OK : block(&s, &d->block[i]);
        i += n;
    }
    enum err ended = sheet_end(&s);
    if (err || ended)
        return err ? err : ended;
    err = archive_pdf(a, buf_str(&bytes), d, ret);
    if (!err)
        *ret_places = s.places;
    return err;
}

enum err paper_pdf(struct arena *a, const struct paper_document *d, struct str *ret)
{
    struct paper_places places;

    return paper_pdf_placed(a, d, ret, &places);
}
