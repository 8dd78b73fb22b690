#include "sign/block.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "calendar/zone.h"

enum { PAD = 6 };

struct colour {
    double red, green, blue;
};

static const struct colour COLOURS[] = {
    [SIGN_BLOCK_PERSON] = {0.03, 0.20, 0.60},
    [SIGN_BLOCK_ORGANISATION] = {0.78, 0.06, 0.10},
};

static cairo_status_t take(void *arg, const unsigned char *bytes, unsigned n)
{
    buf_put(arg, (struct str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

/* "23.11.2026 23:07:08 +07:00" */
static struct str moment(struct arena *a, struct instant when)
{
    const struct zone *zone;

    if (zone_open(STR("Asia/Ho_Chi_Minh"), &zone))
        BUG("no zone Asia/Ho_Chi_Minh");
    struct str iso = zone_iso(a, zone, when);
    return str_format(a, "%.2s.%.2s.%.4s %.8s %.6s", iso.p + 8, iso.p + 5, iso.p, iso.p + 11, iso.p + 19);
}

static struct str lines(struct arena *a, enum sign_block_kind kind, const struct sign_person *who, struct instant when)
{
    struct buf b = buf_in(a);
    const struct str more[] = {who->title, who->organisation};
    enum word head = kind == SIGN_BLOCK_PERSON ? WORD_SIGNATURE_BLOCK_PERSON : WORD_SIGNATURE_BLOCK_ORGANISATION;
    struct str time = moment(a, when);

    buf_put(&b, word_format(a, LANG_VI, head, &who->name, 1));
    buf_char(&b, '\n');
    for (size_t i = 0; i < 2 && kind == SIGN_BLOCK_PERSON; i++)
        if (more[i].n)
            buf_format(&b, "%" PRIstr "%s", STR_ARG(more[i]), i == 0 && more[1].n ? ", " : "\n");
    buf_put(&b, word_format(a, LANG_VI, WORD_SIGNATURE_BLOCK_TIME, &time, 1));
    return buf_str(&b);
}

static void frame(cairo_t *cr, enum sign_block_kind kind)
{
    const struct colour *c = &COLOURS[kind];

    cairo_set_source_rgb(cr, c->red, c->green, c->blue);
    cairo_set_line_width(cr, 1.2);
    cairo_rectangle(cr, 1, 1, SIGN_BLOCK_WIDTH - 2, SIGN_BLOCK_HEIGHT - 2);
    cairo_stroke(cr);
    if (kind != SIGN_BLOCK_ORGANISATION)
        return;
    cairo_set_line_width(cr, 0.5);
    cairo_rectangle(cr, 3, 3, SIGN_BLOCK_WIDTH - 6, SIGN_BLOCK_HEIGHT - 6);
    cairo_stroke(cr);
}

/* A long name makes the letters smaller, never the text shorter. The font map is of this call alone: the
 * default one would be kept until the program ends. */
static void write_text(cairo_t *cr, struct str text)
{
    PangoFontMap *fonts = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(fonts);
    PangoLayout *layout = pango_layout_new(context);
    int height = 0;

    pango_cairo_context_set_resolution(context, 72);
    pango_cairo_update_context(cr, context);
    pango_layout_set_text(layout, text.p, (int)text.n);
    pango_layout_set_width(layout, (SIGN_BLOCK_WIDTH - 2 * PAD) * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    for (int points = 10; points >= 4; points--) {
        PangoFontDescription *font = pango_font_description_from_string("Tinos, Liberation Serif, DejaVu Serif");
        pango_font_description_set_size(font, points * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_font_description_free(font);
        pango_layout_get_pixel_size(layout, NULL, &height);
        if (height <= SIGN_BLOCK_HEIGHT - 2 * PAD)
            break;
    }
    cairo_move_to(cr, PAD, (SIGN_BLOCK_HEIGHT - height) / 2.0);
    pango_cairo_show_layout(cr, layout);
    g_object_unref(layout);
    g_object_unref(context);
    g_object_unref(fonts);
}

struct str sign_block(struct arena *a, enum sign_block_kind kind, struct sign_person who, struct instant when)
{
    struct buf pdf = buf_in(a);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, &pdf, SIGN_BLOCK_WIDTH, SIGN_BLOCK_HEIGHT);
    cairo_t *cr;

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cr = cairo_create(surface);
    frame(cr, kind);
    write_text(cr, lines(a, kind, &who, when));
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return buf_str(&pdf);
}

static void word_put(cairo_t *cr, PangoContext *context, int height, const struct sign_word *w)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = pango_font_description_from_string("Tinos, Liberation Serif, DejaVu Serif");
    int width = 0;

    pango_font_description_set_size(font, (int)(w->size * PANGO_SCALE));
    pango_font_description_set_style(font, w->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, w->text.p, (int)w->text.n);
    pango_layout_get_size(layout, &width, NULL);
    double ascent = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    cairo_move_to(cr, w->x - (double)width / PANGO_SCALE / 2, height - w->baseline - ascent);
    pango_cairo_show_layout(cr, layout);
    pango_font_description_free(font);
    g_object_unref(layout);
}

struct str sign_words(struct arena *a, int width, int height, const struct sign_word *word, size_t count)
{
    struct buf pdf = buf_in(a);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, &pdf, width, height);
    PangoFontMap *fonts = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(fonts);

    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_t *cr = cairo_create(surface);
    pango_cairo_context_set_resolution(context, 72);
    pango_cairo_update_context(cr, context);
    for (size_t i = 0; i < count; i++)
        word_put(cr, context, height, &word[i]);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    g_object_unref(context);
    g_object_unref(fonts);
    return buf_str(&pdf);
}
