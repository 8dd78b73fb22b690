#include "paper/pdf.h"

#include "paper/archive.h"
#include "paper/figure.h"
#include "paper/lines.h"
#include "paper/place.h"
#include "paper/table.h"
#include "words/words.h"

enum { RULE_LEFT = 3 };
/* Points on A4, less on a smaller sheet: below the heads, below the title, around a signature and in it. */
enum { GAP_HEAD = 10, GAP_NUMBER = 14, GAP_TITLE = 10, GAP_SIGN = 8, SIGN_ROOM = 64 };

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
    y += put(s, lines_even(s->a, b->one), agency, "P", s->left, y, left);
    y += put(s, lines_even(s->a, b->two), own, "P", s->left, y, left);
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
    y += GAP_HEAD * s->scale;
    z += GAP_HEAD * s->scale;
    y = z = y > z ? y : z;
    y += head_number(s, b->three, (struct type){.size = s->look->body - 1, .align = PAPER_CENTRE}, s->left, y, left);
    z += head_date(s, b->four, (struct type){.size = s->look->body - 1, .italic = true, .align = PAPER_CENTRE}, x, z, right);
    s->y = (y > z ? y : z) + GAP_NUMBER * s->scale;
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
    if (b->span_count > 1 && b->span[1].bold)
        rule(s, s->left + width / 2 - width / (2 * RULE_LEFT), s->y + 3, width / RULE_LEFT);
    s->y += GAP_TITLE * s->scale;
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
    sheet_flow(s, l, is_heading ? (b->level ? "H3" : "H2") : "P", s->left, is_note ? 1 : s->gap);
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

/* The items that follow one another are one list; what must stand with its end stands with the last of them. */
static void items(struct sheet *s, const struct paper_block *b, size_t count)
{
    double reserve = s->reserve;

    cairo_tag_begin(s->cr, "L", NULL);
    for (size_t i = 0; i < count; i++) {
        s->reserve = i + 1 == count ? reserve : 0;
        item(s, &b[i]);
    }
    cairo_tag_end(s->cr, "L");
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
    double wider = s->right - x + mm(4) * s->scale; /* what stands under it is a little wider, into the margin and the room before it */
    double under = from + size + put(s, b->three, (struct type){.size = s->look->note, .align = PAPER_CENTRE}, "P", x - mm(2) * s->scale, from + size, wider) + 4;
    s->y = s->y > under ? s->y : under;
}

/* One under another, as high as they are: draws them where `draws`, else measures only. */
struct line_of {
    struct str text;
    struct type type;
};
static double stacked(struct sheet *s, const struct line_of *line, size_t count, double x, double y, double width, bool draws)
{
    double height = 0;

    for (size_t i = 0; i < count; i++) {
        if (!line[i].text.n)
            continue;
        PangoLayout *l = sheet_text(s, line[i].text, line[i].type, width);
        if (draws)
            sheet_put(s, l, "P", x, y + height);
        height += sheet_height(l);
        g_object_unref(l);
    }
    return height;
}

enum { GIVER_LINES = 4, SIGNER_LINES = 3 };
struct signing {
    struct line_of giver[GIVER_LINES], signer[SIGNER_LINES], name;
    double left, right;    /* how wide the columns are */
    double above, below;   /* the room for the signature: how high what stands there is */
    double high;           /* all of it */
};

static struct signing signing_of(struct sheet *s, const struct paper_block *b)
{
    double whole = s->right - s->left;
    struct type note = {.size = s->look->note}, strong = {.size = s->look->body, .bold = true, .align = PAPER_CENTRE};
    struct type hint = {.size = s->look->note, .italic = true, .align = PAPER_CENTRE}, to = {.size = s->look->note + 1, .bold = true, .italic = true};
    struct str said = b->span_count ? b->span[0].text : STR("");
    struct signing g = {
        .giver = {{b->one.n ? word(LANG_VI, WORD_PAPER_RECIPIENTS) : STR(""), to}, {b->one, note},
                  {b->span_count > 1 ? b->span[1].text : STR(""), strong}, {b->span_count > 1 ? said : STR(""), hint}},
        .signer = {{b->two, strong}, {b->three, strong}, {said, hint}},
        .name = {b->four, strong},
        .left = whole * 0.45,
    };

    g.right = whole - g.left;
    g.above = stacked(s, g.signer, SIGNER_LINES, 0, 0, g.right, false);
    g.below = stacked(s, &g.name, 1, 0, 0, g.right, false);
    double beside = stacked(s, g.giver, GIVER_LINES, 0, 0, g.left, false), signer = g.above + SIGN_ROOM * s->scale + g.below;
    g.high = GAP_SIGN * s->scale + (signer > beside ? signer : beside);
    return g;
}

/* Stays together, with the end of what stands before it (sheet.h, reserve): who signs must not stand alone on a page. */
static void signature(struct sheet *s, const struct paper_block *b)
{
    struct signing g = signing_of(s, b);
    double gap = GAP_SIGN * s->scale, room = SIGN_ROOM * s->scale, x = s->left + g.left;

    sheet_need(s, g.high);
    double y = s->y + gap;
    stacked(s, g.giver, GIVER_LINES, s->left, y, g.left, true);
    stacked(s, g.signer, SIGNER_LINES, x, y, g.right, true);
    s->places.signature = place_of(s, x, y + g.above, g.right, room);
    stacked(s, &g.name, 1, x, y + g.above + room, g.right, true);
    s->y += g.high + gap;
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

/* How many blocks from here on are drawn as one: the items of a list. */
static size_t run_of(const struct paper_block *b, size_t count)
{
    size_t n = 0;

    while (n < count && b[n].kind == PAPER_ITEM)
        n++;
    return n ? n : 1;
}

enum err paper_pdf_placed(struct arena *a, const struct paper_document *d, struct str *ret, struct paper_places *ret_places)
{
    struct buf bytes = buf_in(a);
    struct sheet s;
    enum err err = OK;

    sheet_begin(&s, a, d, &bytes);
    for (size_t i = 0, next; !err && i < d->block_count; i = next) {
        const struct paper_block *b = &d->block[i];
        next = i + run_of(b, d->block_count - i);
        s.reserve = next < d->block_count && d->block[next].kind == PAPER_SIGNATURE ? signing_of(&s, &d->block[next]).high : 0;
        if (b->kind == PAPER_ITEM)
            items(&s, b, next - i);
        else
            err = block(&s, b);
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
