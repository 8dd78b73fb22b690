/* Bars from left to right, one group a label, one bar a series, the number at the end of each. */
#include "paper/figure.h"

enum { BAR = 11, BETWEEN = 7, LEGEND = 18, PAD = 6, FINENESS = 25 }; /* points; tenths of pixels a point */

/* Dark, middle, light: they differ on a black and white copy too. */
static const double SHADES[PAPER_SERIES_MAX][3] = {{0.05, 0.25, 0.50}, {0.80, 0.60, 0.20}, {0.62, 0.66, 0.70}};

enum { NAMES_PERCENT = 36 };

/* What stands left of the bars of a label: one line or several. */
static PangoLayout *name_of(struct sheet *s, const struct paper_figure *f, size_t label, double width)
{
    return sheet_text(s, f->label[label], (struct type){.size = s->look->note, .align = PAPER_RIGHT}, width * NAMES_PERCENT / 100);
}

/* How high the bars of a label are, with its name beside them. */
static double group_height(struct sheet *s, const struct paper_figure *f, size_t label, double width)
{
    PangoLayout *l = name_of(s, f, label, width);
    double name = sheet_height(l), bars = (double)f->series_count * BAR * s->scale;

    g_object_unref(l);
    return name > bars ? name : bars;
}

double figure_height(struct sheet *s, const struct paper_figure *f, double width)
{
    double height = ((f->series_count > 1 ? LEGEND : 0) + PAD) * s->scale;

    for (size_t i = 0; i < f->label_count; i++)
        height += group_height(s, f, i, width) + BETWEEN * s->scale;
    return height;
}

/* The widest of the numbers at the ends of bars. */
static double numbers_width(struct sheet *s, const struct paper_figure *f)
{
    double most = 0;

    for (size_t i = 0; i < f->series_count; i++)
        for (size_t k = 0; k < f->label_count; k++) {
            PangoLayout *l = sheet_text(s, f->series[i].said[k], (struct type){.size = s->look->note}, 0);
            int w;
            pango_layout_get_size(l, &w, NULL);
            g_object_unref(l);
            most = (double)w / PANGO_SCALE > most ? (double)w / PANGO_SCALE : most;
        }
    return most;
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
    struct type number = {.size = s->look->note};
    double names = width * NAMES_PERCENT / 100, from = x + names + PAD, most = largest(f), bar = BAR * s->scale;
    double room = width - names - 2 * PAD - 3 - numbers_width(s, f);

    if (f->series_count > 1) {
        legend(s, f, from, y, width - names - PAD);
        y += LEGEND * s->scale;
    }
    double top = y;
    for (size_t k = 0; k < f->label_count; k++) {
        double group = group_height(s, f, k, width), bars = (double)f->series_count * bar, first = y + (group - bars) / 2;
        PangoLayout *name = name_of(s, f, k, width);
        cairo_set_source_rgb(s->cr, 0, 0, 0);
        cairo_move_to(s->cr, x, y + (group - sheet_height(name)) / 2);
        pango_cairo_show_layout(s->cr, name);
        g_object_unref(name);
        for (size_t i = 0; i < f->series_count; i++) {
            double w = f->series[i].value[k] / most * room;
            fill(s, i, from, first + (double)i * bar + 1, w, bar - 2);
            text(s, f->series[i].said[k], number, from + w + 3, first + (double)i * bar - 1.5 * s->scale, 0);
        }
        y += group + BETWEEN * s->scale;
    }
    cairo_set_source_rgb(s->cr, 0, 0, 0);
    cairo_set_line_width(s->cr, 0.5);
    cairo_move_to(s->cr, from, top - 2);
    cairo_line_to(s->cr, from, y - BETWEEN * s->scale + 2);
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
    double width = s->right - s->left, height = figure_height(s, f, width);
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

enum err figure_png(struct arena *a, const struct paper_document *d, const struct paper_figure *f, double width, struct str *ret, double *ret_height)
{
    struct buf bytes = buf_in(a);
    double fine = FINENESS / 10.0;
    struct sheet s;

    sheet_measure(&s, a, paper_profile_on(d->on));
    double height = figure_height(&s, f, width);
    sheet_measure_end(&s);
    s.surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * fine), (int)(height * fine));
    s.cr = cairo_create(s.surface);
    sheet_type(&s);
    cairo_scale(s.cr, fine, fine);
    cairo_set_source_rgb(s.cr, 1, 1, 1);
    cairo_paint(s.cr);
    draw(&s, f, 0, 0, width);
    cairo_status_t status = cairo_surface_write_to_png_stream(s.surface, take, &bytes);
    sheet_type_end(&s);
    cairo_destroy(s.cr);
    cairo_surface_destroy(s.surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return ERR_IO;
    *ret = buf_str(&bytes);
    *ret_height = height;
    return OK;
}
