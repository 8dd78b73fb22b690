#include "paper/sheet.h"

#define TYPEFACE "Tinos, Liberation Serif, DejaVu Serif"

static cairo_status_t take(void *arg, const unsigned char *bytes, unsigned n)
{
    buf_put(arg, (struct str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

/* ---- the file ---- */

static void about(const struct sheet *s, const struct paper_document *d)
{
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_TITLE, str_z(s->a, d->title));
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_AUTHOR, str_z(s->a, d->author));
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_CREATE_DATE, str_z(s->a, d->made_at));
    cairo_pdf_surface_set_metadata(s->surface, CAIRO_PDF_METADATA_MOD_DATE, str_z(s->a, d->made_at));
}

/* Letters stand where the typeface says, not where a screen has its dots. The font map is the one of the thread, kept
 * while it lives: to look for the typefaces anew took longer than to draw a receipt (docs/bench.md). */
void sheet_type(struct sheet *s)
{
    cairo_font_options_t *options = cairo_font_options_create();

    s->fonts = g_object_ref(pango_cairo_font_map_get_default());
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(s->fonts), 72);
    s->context = pango_font_map_create_context(s->fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(s->context, options);
    pango_context_set_round_glyph_positions(s->context, FALSE);
    pango_context_set_language(s->context, pango_language_from_string("vi"));
    pango_cairo_update_context(s->cr, s->context);
    cairo_font_options_destroy(options);
}

void sheet_type_end(struct sheet *s)
{
    g_object_unref(s->context);
    g_object_unref(s->fonts);
}

/* Width and height in mm; what the law says of margins is for A4, a receipt of half the size has half of them. */
static const struct size {
    int width, height;
    bool is_small;
} SIZES[PAPER_SIZE__COUNT] = {{210, 297, false}, {297, 210, false}, {148, 210, true}};

static void size_set(struct sheet *s, enum paper_size size)
{
    const struct size *z = &SIZES[size];

    s->width = mm(z->width);
    s->height = mm(z->height);
    s->scale = z->is_small ? 0.68 : 1;
    s->gap = z->is_small ? 3 : 6;
    s->left = mm(z->is_small ? s->look->left / 3.0 : size == PAPER_A4_WIDE ? s->look->right : s->look->left);
    s->right = s->width - mm(z->is_small ? s->look->left / 3.0 : s->look->right);
    s->top = s->y = mm(z->is_small ? s->look->top / 2.0 : s->look->top);
    s->bottom = s->height - mm(z->is_small ? s->look->bottom / 2.0 : s->look->bottom);
}

void sheet_begin(struct sheet *s, struct arena *a, const struct paper_document *d, struct buf *bytes)
{
    *s = (struct sheet){.a = a, .look = paper_profile_on(d->on), .page = 1};
    size_set(s, d->size);
    s->surface = cairo_pdf_surface_create_for_stream(take, bytes, s->width, s->height);
    cairo_pdf_surface_restrict_to_version(s->surface, CAIRO_PDF_VERSION_1_4);
    about(s, d);
    s->cr = cairo_create(s->surface);
    sheet_type(s);
    cairo_tag_begin(s->cr, "Document", NULL);
}

void sheet_measure(struct sheet *s, struct arena *a, const struct paper_profile *look)
{
    *s = (struct sheet){.a = a, .look = look, .scale = 1, .surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)};
    s->cr = cairo_create(s->surface);
    sheet_type(s);
}

void sheet_measure_end(struct sheet *s)
{
    sheet_type_end(s);
    cairo_destroy(s->cr);
    cairo_surface_destroy(s->surface);
}

enum err sheet_end(struct sheet *s)
{
    cairo_tag_end(s->cr, "Document");
    cairo_show_page(s->cr);
    cairo_destroy(s->cr);
    cairo_surface_finish(s->surface);
    cairo_status_t status = cairo_surface_status(s->surface);
    cairo_surface_destroy(s->surface);
    sheet_type_end(s);
    if (s->lacks_letter)
        return ERR_UNAVAILABLE;
    return status == CAIRO_STATUS_SUCCESS ? OK : ERR_IO;
}

/* ---- pages ---- */

static void number(struct sheet *s)
{
    PangoLayout *l = sheet_text(s, str_format(s->a, "%d", s->page - s->before), (struct type){.size = s->look->body - 1, .align = s->look->number_on_top ? PAPER_CENTRE : PAPER_RIGHT},
                                s->right - s->left);
    double y = s->look->number_on_top ? s->top - mm(10) * s->scale : s->bottom + mm(4) * s->scale;

    cairo_move_to(s->cr, s->left, y);
    pango_cairo_show_layout(s->cr, l);
    g_object_unref(l);
}

void sheet_next_page(struct sheet *s)
{
    cairo_show_page(s->cr);
    s->page++;
    s->y = s->top;
    number(s);
}

void sheet_turn(struct sheet *s, enum paper_size size)
{
    cairo_show_page(s->cr);
    size_set(s, size);
    cairo_pdf_surface_set_size(s->surface, s->width, s->height);
    s->page++;
    number(s);
}

/* An element of the structure of its own too: PDF/A-1 allows no list of more than 8191, and all blocks of a day's
 * receipts are more. */
void sheet_next_document(struct sheet *s)
{
    cairo_tag_end(s->cr, "Document");
    cairo_show_page(s->cr);
    s->before = s->page++;
    s->y = s->top;
    cairo_tag_begin(s->cr, "Document", NULL);
}

bool sheet_need(struct sheet *s, double height)
{
    if (s->y + height <= s->bottom + 0.5 || s->y <= s->top)
        return false;
    sheet_next_page(s);
    return true;
}

/* ---- text ---- */

static PangoLayout *layout_new(struct sheet *s, struct type type, double width)
{
    static const PangoAlignment ALIGN[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT, PANGO_ALIGN_LEFT};
    PangoLayout *l = pango_layout_new(s->context);
    PangoFontDescription *font = pango_font_description_from_string(TYPEFACE);

    pango_font_description_set_size(font, (int)(type.size * s->scale * PANGO_SCALE));
    pango_font_description_set_weight(font, type.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, type.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(l, font);
    pango_font_description_free(font);
    if (width > 0)
        pango_layout_set_width(l, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(l, ALIGN[type.align]);
    pango_layout_set_justify(l, type.align == PAPER_JUSTIFIED);
    pango_layout_set_indent(l, (int)(type.first_line * PANGO_SCALE));
    return l;
}

PangoLayout *sheet_text(struct sheet *s, struct str text, struct type type, double width)
{
    struct paper_span span = {.text = text, .bold = type.bold, .italic = type.italic};

    return sheet_spans(s, &span, 1, type, width);
}

static void attribute(PangoAttrList *list, PangoAttribute *a, size_t from, size_t to)
{
    a->start_index = (guint)from;
    a->end_index = (guint)to;
    pango_attr_list_insert(list, a);
}

PangoLayout *sheet_spans(struct sheet *s, const struct paper_span *span, size_t count, struct type type, double width)
{
    PangoLayout *l = layout_new(s, type, width);
    PangoAttrList *list = pango_attr_list_new();
    struct buf text = buf_in(s->a);

    for (size_t i = 0; i < count; i++) {
        size_t from = text.n;
        buf_put(&text, span[i].text);
        if (span[i].bold)
            attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, text.n);
        if (span[i].italic)
            attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, text.n);
    }
    attribute(list, pango_attr_insert_hyphens_new(FALSE), 0, text.n); /* Vietnamese has none */
    pango_layout_set_text(l, text.n ? buf_str(&text).p : "", (int)text.n);
    pango_layout_set_attributes(l, list);
    pango_attr_list_unref(list);
    s->lacks_letter |= pango_layout_get_unknown_glyphs_count(l) > 0;
    return l;
}

double sheet_height(PangoLayout *l)
{
    int height;

    pango_layout_get_size(l, NULL, &height);
    return (double)height / PANGO_SCALE;
}

void sheet_put(struct sheet *s, PangoLayout *l, const char *tag, double x, double y)
{
    cairo_tag_begin(s->cr, tag, NULL);
    cairo_move_to(s->cr, x, y);
    pango_cairo_show_layout(s->cr, l);
    cairo_tag_end(s->cr, tag);
}

/* How many lines from this one on must stand on one page. */
static int together(int line, int count)
{
    if (line == 0)
        return count == 3 ? 3 : count > 1 ? 2 : 1;
    return line == count - 2 ? 2 : 1;
}

void sheet_flow(struct sheet *s, PangoLayout *l, const char *tag, double x, double after)
{
    PangoLayoutIter *at = pango_layout_get_iter(l);
    int count = pango_layout_get_line_count(l), i = 0;

    cairo_tag_begin(s->cr, tag, NULL);
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(at, NULL, &line);
        double height = (double)line.height / PANGO_SCALE, base = (double)(pango_layout_iter_get_baseline(at) - line.y) / PANGO_SCALE;
        int lines = together(i, count);
        double with = i + lines == count ? after + s->reserve : 0;
        i++;
        if (s->y + height * lines + with > s->bottom + 0.5 && s->y > s->top) {
            cairo_tag_end(s->cr, tag);
            sheet_next_page(s);
            cairo_tag_begin(s->cr, tag, NULL);
        }
        cairo_move_to(s->cr, x + (double)line.x / PANGO_SCALE, s->y + base);
        pango_cairo_show_layout_line(s->cr, pango_layout_iter_get_line_readonly(at));
        s->y += height;
    } while (pango_layout_iter_next_line(at));
    cairo_tag_end(s->cr, tag);
    pango_layout_iter_free(at);
    s->y += after;
}
