/* Bars from left to right, one group a label, one bar a series, the number at the end of each. */
#include "paper/figure.h"

enum { BAR = 11, BETWEEN = 7, LEGEND = 18, PAD = 6, FINENESS = 25 }; /* points; tenths of pixels a point */

/* Dark, middle, light: they differ on a black and white copy too. */
static const double SHADES[PAPER_SERIES_MAX][3] = {{0.05, 0.25, 0.50}, {0.80, 0.60, 0.20}, {0.62, 0.66, 0.70}};

double figure_height(const struct paper_figure *f, double scale)
{
    return ((double)f->label_count * ((double)f->series_count * BAR + BETWEEN) + (f->series_count > 1 ? LEGEND : 0) + PAD) * scale;
}

static double largest(const struct paper_figure *f)
{
    double most = 0;

    for (size_t i = 0; i < f->series_count; i++)
        for (size_t k = 0; k < f->label_count; k++)
            most = f->series[i].value[k] > most ? f->series[i].value[k] : most;
    return most > 0 ? most : 1;
}

static void text(struct sheet *s, struct str t, struct type type, double x, double y, double width)
{
    PangoLayout *l = sheet_text(s, t, type, width);

    pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_NONE);
    cairo_set_source_rgb(s->cr, 0, 0, 0);
    cairo_move_to(s->cr, x, y);
    pango_cairo_show_layout(s->cr, l);
    g_object_unref(l);
}

static void fill(struct sheet *s, size_t series, double x, double y, double width, double height)
{
    cairo_set_source_rgb(s->cr, SHADES[series][0], SHADES[series][1], SHADES[series][2]);
    cairo_rectangle(s->cr, x, y, width, height);
    cairo_fill(s->cr);
}

static void legend(struct sheet *s, const struct paper_figure *f, double x, double y, double width)
{
    double each = width / (double)f->series_count, size = 8 * s->scale;

    for (size_t i = 0; i < f->series_count; i++) {
        fill(s, i, x + each * (double)i, y + 2, size, size);
        text(s, f->series[i].name, (struct type){.size = s->look->note}, x + each * (double)i + size + 4, y, each - size - 4);
    }
}

static void draw(struct sheet *s, const struct paper_figure *f, double x, double y, double width)
{
    struct type name = {.size = s->look->note, .align = PAPER_RIGHT}, number = {.size = s->look->note};
    double names = width * 0.36, room = width - names - PAD - 60 * s->scale, most = largest(f), bar = BAR * s->scale;

    if (f->series_count > 1) {
        legend(s, f, x + names + PAD, y, width - names - PAD);
        y += LEGEND * s->scale;
    }
    double top = y;
    for (size_t k = 0; k < f->label_count; k++) {
        double group = (double)f->series_count * bar;
        text(s, f->label[k], name, x, y + (group - s->look->note * s->scale * 1.25) / 2, names);
        for (size_t i = 0; i < f->series_count; i++) {
            double w = f->series[i].value[k] / most * room;
            fill(s, i, x + names + PAD, y + (double)i * bar + 1, w, bar - 2);
            text(s, f->series[i].said[k], number, x + names + PAD + w + 3, y + (double)i * bar - 1.5 * s->scale, 0);
        }
        y += group + BETWEEN * s->scale;
    }
    cairo_set_source_rgb(s->cr, 0, 0, 0);
    cairo_set_line_width(s->cr, 0.5);
    cairo_move_to(s->cr, x + names + PAD, top - 2);
    cairo_line_to(s->cr, x + names + PAD, y - BETWEEN * s->scale + 2);
    cairo_stroke(s->cr);
}

/* What a reader hears instead: quotes end the attribute, so they are left out. */
static const char *alt(struct sheet *s, const struct paper_figure *f)
{
    struct buf b = buf_in(s->a);

    buf_put(&b, STR("alt='"));
    for (size_t i = 0; i < f->caption.n; i++)
        if (f->caption.p[i] != '\'' && f->caption.p[i] != '\\')
            buf_char(&b, f->caption.p[i]);
    buf_char(&b, '\'');
    return str_z(s->a, buf_str(&b));
}

void figure_put(struct sheet *s, const struct paper_figure *f)
{
    double width = s->right - s->left, height = figure_height(f, s->scale);
    PangoLayout *caption = sheet_text(s, f->caption, (struct type){.size = s->look->body - 1, .bold = true, .align = PAPER_CENTRE}, width);
    PangoLayout *source = sheet_text(s, f->source, (struct type){.size = s->look->note, .italic = true, .align = PAPER_CENTRE}, width);

    sheet_need(s, sheet_height(caption) + height + sheet_height(source) + 8);
    sheet_flow(s, caption, "P", s->left, 4);
    cairo_tag_begin(s->cr, "Figure", alt(s, f));
    draw(s, f, s->left, s->y, width);
    cairo_tag_end(s->cr, "Figure");
    s->y += height;
    if (f->source.n)
        sheet_flow(s, source, "P", s->left, 0);
    s->y += 10;
    g_object_unref(caption);
    g_object_unref(source);
}

static cairo_status_t take(void *arg, const unsigned char *bytes, unsigned n)
{
    buf_put(arg, (struct str){(const char *)bytes, n});
    return CAIRO_STATUS_SUCCESS;
}

enum err figure_png(struct arena *a, const struct paper_document *d, const struct paper_figure *f, double width, struct str *ret)
{
    struct buf bytes = buf_in(a);
    double fine = FINENESS / 10.0, height = figure_height(f, 1);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * fine), (int)(height * fine));
    struct sheet s = {.a = a, .look = paper_profile_on(d->on), .surface = surface, .cr = cairo_create(surface), .scale = 1, .right = width};

    cairo_scale(s.cr, fine, fine);
    cairo_set_source_rgb(s.cr, 1, 1, 1);
    cairo_paint(s.cr);
    sheet_type(&s);
    draw(&s, f, 0, 0, width);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, take, &bytes);
    sheet_type_end(&s);
    cairo_destroy(s.cr);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return ERR_IO;
    *ret = buf_str(&bytes);
    return OK;
}
