#include "paper/docx.h"

#include "paper/docx_styles.h"
#include "paper/figure.h"
#include "paper/grid.h"
#include "paper/lines.h"
#include "paper/package.h"
#include "paper/table.h"
#include "paper/xml.h"
#include "words/words.h"

enum { TWIPS_PER_INCH = 1440, TWIPS_PER_POINT = 20, SIGN_LINES = 4, EMU = 12700 /* a point in DrawingML */, FIGURES_MAX = 100 };

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define TYPES "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const int WIDTHS[PAPER_SIZE__COUNT] = {210, 297, 148}, HEIGHTS[PAPER_SIZE__COUNT] = {297, 210, 210}; /* mm */

static int twips(int mm)
{
    return mm * TWIPS_PER_INCH * 10 / 254;
}

struct writer {
    struct arena *a;
    const struct paper_document *d;
    const struct paper_profile *look;
    struct buf body;
    enum paper_size size;      /* of the section in progress */
    int whole;                 /* its text's width, in twips */
    bool is_first;
    struct sheet measure;      /* nothing is drawn on it */
    struct str png[FIGURES_MAX];
    int figures;
};

/* ---- text ---- */

/* Lines of one run stay one paragraph. */
static void run(struct buf *b, const struct paper_span *s)
{
    struct str rest = s->text, line;
    bool first = true;

    buf_put(b, STR("<w:r>"));
    if (s->bold || s->italic)
        buf_format(b, "<w:rPr><w:rStyle w:val=\"%s\"/></w:rPr>", s->bold && s->italic ? "IntenseEmphasis" : s->bold ? "Strong" : "Emphasis");
    while (str_split(&rest, '\n', &line)) {
        buf_put(b, first ? STR("<w:t xml:space=\"preserve\">") : STR("<w:br/><w:t xml:space=\"preserve\">"));
        xml_escape(b, line);
        buf_put(b, STR("</w:t>"));
        first = false;
    }
    buf_put(b, STR("</w:r>"));
}

static void spans(struct buf *b, const char *style, const struct paper_span *span, size_t count)
{
    buf_format(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
    for (size_t i = 0; i < count; i++)
        run(b, &span[i]);
    buf_put(b, STR("</w:p>"));
}

static void line(struct buf *b, const char *style, struct str text)
{
    struct paper_span one = {.text = text};

    spans(b, style, &one, text.n ? 1 : 0);
}

/* ---- two columns without lines ---- */

static void columns_begin(struct buf *b, int left)
{
    buf_format(b, "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"%d\"/><w:gridCol w:w=\"%d\"/>"
                  "</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"pct\"/></w:tcPr>",
               left * 90, (100 - left) * 90, left * 50);
}

static void columns_next(struct buf *b, int left)
{
    buf_format(b, "</w:tc><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"pct\"/></w:tcPr>", (100 - left) * 50);
}

/* The next row: what stands in it begins at the same height on both sides. */
static void columns_row(struct buf *b, int left)
{
    buf_format(b, "</w:tc></w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"pct\"/></w:tcPr>", left * 50);
}

static void columns_end(struct buf *b)
{
    buf_put(b, STR("</w:tc></w:tr></w:tbl>"));
    line(b, "Saubang", STR(""));
}

enum { HEAD_LEFT = 42, SIGN_LEFT = 45 }; /* percent */

static void head(struct arena *a, struct buf *b, const struct paper_block *k)
{
    columns_begin(b, HEAD_LEFT);
    if (k->one.n)
        line(b, "Coquan", lines_even(a, k->one));
    line(b, "Coquanbanhanh", lines_even(a, k->two));
    line(b, "Kecoquan", STR(""));
    columns_next(b, HEAD_LEFT);
    line(b, "Quochieu", word(LANG_VI, WORD_PAPER_NATION));
    line(b, "Tieungu", word(LANG_VI, WORD_PAPER_MOTTO));
    columns_row(b, HEAD_LEFT);
    line(b, "Sohieu", k->three);
    columns_next(b, HEAD_LEFT);
    line(b, "Diadanh", k->four);
    columns_end(b);
}

static void title(struct buf *b, const struct paper_block *k)
{
    for (size_t i = 0; i < k->span_count; i++)
        spans(b, i ? "Trichyeu" : "Tenloai", &k->span[i], 1);
    if (k->span_count > 1 && k->span[1].bold)
        line(b, "Ketrichyeu", STR(""));
}

static void signature(struct buf *b, const struct paper_block *k)
{
    const struct paper_span recipients = {word(LANG_VI, WORD_PAPER_RECIPIENTS), true, true};

    columns_begin(b, SIGN_LEFT);
    if (k->one.n)
        spans(b, "Noinhan", &recipients, 1);
    if (k->span_count > 1) {
        line(b, "Nguoiky", k->span[1].text);
        line(b, "Goiy", k->span[0].text);
    }
    line(b, "Noinhan", k->one);
    columns_next(b, SIGN_LEFT);
    line(b, "Nguoiky", k->two);
    if (k->three.n)
        line(b, "Nguoiky", k->three);
    if (k->span_count)
        line(b, "Goiy", k->span[0].text);
    for (int i = 0; i < SIGN_LINES; i++)
        line(b, "Nguoiky", STR(""));
    line(b, "Nguoiky", k->four);
    columns_end(b);
}

/* ---- tables ---- */

/* How wide each column is, in twips: as in the PDF. */
static void widths(struct writer *w, const struct paper_table *t, const struct grid *g, int *ret)
{
    double x[GRID_COLUMNS_MAX + 1];

    w->measure.right = w->whole / (double)TWIPS_PER_POINT;
    table_columns(&w->measure, t, g, x);
    for (unsigned c = 0; c < t->columns; c++)
        ret[c] = (int)(x[c + 1] * TWIPS_PER_POINT) - (int)(x[c] * TWIPS_PER_POINT);
}

static int width_of(const int *width, unsigned from, unsigned columns)
{
    int sum = 0;

    for (unsigned c = from; c < from + columns; c++)
        sum += width[c];
    return sum;
}

static void cell_begin(struct buf *b, unsigned columns, int width, const char *merge)
{
    buf_format(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", width);
    if (columns > 1)
        buf_format(b, "<w:gridSpan w:val=\"%u\"/>", columns);
    buf_format(b, "%s<w:vAlign w:val=\"center\"/></w:tcPr>", merge);
}

static const char *style_of(const struct writer *w, const struct paper_table *t, const struct paper_cell *c, bool is_head)
{
    static const char *const STYLES[] = {"Otrai", "Ogiua", "Ophai", "Otrai"};

    return str_z(w->a, str_format(w->a, "%s%d", is_head ? "Daubang" : STYLES[c->align], table_letters(w->look, t)));
}

/* The cells of a row from left to right: its own, and the lower parts of those above, which say nothing. */
static void row(struct writer *w, const struct paper_table *t, size_t r, const struct grid_cell *const *above, const int *width)
{
    struct buf *b = &w->body;
    bool is_head = r < t->head_count;

    buf_format(b, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", is_head ? "<w:tblHeader/>" : "");
    for (unsigned c = 0; c < t->columns; c += above[c]->columns) {
        const struct grid_cell *p = above[c];
        bool is_first = p->row == r;
        struct paper_span text = {.text = p->cell->text, .bold = p->cell->bold && !is_head};
        cell_begin(b, p->columns, width_of(width, c, p->columns), !is_first ? "<w:vMerge/>" : p->rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : "");
        if (is_first)
            spans(b, style_of(w, t, p->cell, is_head), &text, 1);
        else
            line(b, "Saubang", STR(""));
        buf_put(b, STR("</w:tc>"));
    }
    buf_put(b, STR("</w:tr>"));
}

static enum err table(struct writer *w, const struct paper_table *t)
{
    int width[GRID_COLUMNS_MAX];
    const struct grid_cell *above[GRID_COLUMNS_MAX] = {NULL}; /* what stands in each column */
    struct buf *b = &w->body;
    struct grid g;
    enum err err = grid_of(w->a, t, &g);
    size_t next = 0;

    if (err)
        return err;
    widths(w, t, &g, width);
    if (t->caption.n)
        line(b, "Tenbang", t->caption);
    buf_format(b, "<w:tbl><w:tblPr><w:tblStyle w:val=\"Bang\"/><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>",
               width_of(width, 0, t->columns));
    for (unsigned c = 0; c < t->columns; c++)
        buf_format(b, "<w:gridCol w:w=\"%d\"/>", width[c]);
    buf_put(b, STR("</w:tblGrid>"));
    for (size_t r = 0; r < t->row_count; r++) {
        for (; next < g.count && g.cell[next].row == r; next++)
            for (unsigned k = 0; k < g.cell[next].columns; k++)
                above[g.cell[next].column + k] = &g.cell[next];
        row(w, t, r, above, width);
    }
    buf_put(b, STR("</w:tbl>"));
    line(b, "Saubang", STR(""));
    return OK;
}

/* ---- lists and figures ---- */

static const char *const MARKS[] = {"-", "+", "*"};
enum { MARK_COUNT = sizeof MARKS / sizeof MARKS[0], ITEM_INDENT = 720, ITEM_STEP = 340 };

/* Which list of word/list.xml it is, from 1; 0: its mark is a number or a letter, and those are part of the text, which
 * must say the same when somebody takes an item out. */
static int list_of(struct str mark)
{
    for (int i = 0; i < MARK_COUNT; i++)
        if (str_eq(mark, str_of(MARKS[i])))
            return i + 1;
    return 0;
}

static void item(struct arena *a, struct buf *b, const struct paper_block *k)
{
    static const char *const STYLES[] = {"Gachdong1", "Gachdong2", "Gachdong3"};
    unsigned level = k->level < PAPER_LEVEL_MAX ? k->level : PAPER_LEVEL_MAX - 1;
    struct paper_span mark = {.text = str_format(a, "%" PRIstr " ", STR_ARG(k->one))};
    int list = list_of(k->one);

    buf_format(b, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", STYLES[level]);
    if (list)
        buf_format(b, "<w:numPr><w:ilvl w:val=\"%u\"/><w:numId w:val=\"%d\"/></w:numPr>", level, list);
    buf_put(b, STR("</w:pPr>"));
    if (!list)
        run(b, &mark);
    for (size_t i = 0; i < k->span_count; i++)
        run(b, &k->span[i]);
    buf_put(b, STR("</w:p>"));
}

/* Lists by their marks, each as deep as an item can stand. */
static struct str lists(struct arena *a)
{
    struct buf b = buf_in(a);

    buf_put(&b, STR(XML "<w:numbering " W ">"));
    for (int i = 0; i < MARK_COUNT; i++) {
        buf_format(&b, "<w:abstractNum w:abstractNumId=\"%d\"><w:multiLevelType w:val=\"multilevel\"/>", i);
        for (int level = 0; level < PAPER_LEVEL_MAX; level++)
            buf_format(&b, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:suff w:val=\"space\"/><w:lvlText w:val=\"%s\"/><w:lvlJc w:val=\"left\"/>"
                           "<w:pPr><w:ind w:left=\"0\" w:firstLine=\"%d\"/></w:pPr></w:lvl>", level, MARKS[i], ITEM_INDENT + ITEM_STEP * level);
        buf_put(&b, STR("</w:abstractNum>"));
    }
    for (int i = 0; i < MARK_COUNT; i++)
        buf_format(&b, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", i + 1, i);
    buf_put(&b, STR("</w:numbering>\n"));
    return buf_str(&b);
}

/* A picture of the same drawing; Word's own charts would be another one. */
static enum err figure(struct writer *w, const struct paper_figure *f)
{
    struct buf *b = &w->body;
    double width = w->whole / 20.0, height = 0;
    struct str *png = &w->png[w->figures];
    enum err err = w->figures < FIGURES_MAX ? figure_png(w->a, w->d, f, width, png, &height) : ERR_LIMIT;
    long long wide = (long long)(width * EMU), high = (long long)(height * EMU);

    if (err)
        return err;
    w->figures++;
    line(b, "Tenhinh", f->caption);
    buf_format(b, "<w:p><w:pPr><w:pStyle w:val=\"Hinh\"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">"
                  "<wp:extent cx=\"%lld\" cy=\"%lld\"/><wp:docPr id=\"%d\" name=\"hinh%d\" descr=\"", wide, high, w->figures, w->figures);
    xml_escape(b, f->caption);
    buf_format(b, "\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
                  "<pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"hinh%d\"/><pic:cNvPicPr/></pic:nvPicPr>"
                  "<pic:blipFill><a:blip r:embed=\"hinh%d\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
                  "<a:ext cx=\"%lld\" cy=\"%lld\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
                  "</w:drawing></w:r></w:p>", w->figures, w->figures, w->figures, wide, high);
    line(b, "Nguon", f->source);
    return OK;
}

/* ---- the document ---- */

/* A sheet with the margins of the profile; the first page of the document has no number. */
static void section(struct buf *b, const struct writer *writer)
{
    const struct paper_profile *look = writer->look;
    bool is_wide = writer->size == PAPER_A4_WIDE;
    int w = twips(WIDTHS[writer->size]), h = twips(HEIGHTS[writer->size]);

    buf_format(b, "<w:sectPr><w:%sReference w:type=\"default\" r:id=\"so\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>"
                  "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>%s</w:sectPr>",
               look->number_on_top ? "header" : "footer", w, h, is_wide ? " w:orient=\"landscape\"" : "", twips(look->top), twips(look->right),
               twips(look->bottom), twips(is_wide ? look->right : look->left), writer->is_first ? "<w:titlePg/>" : "");
}

static void size_set(struct writer *w, enum paper_size size)
{
    w->is_first = false;
    w->size = size;
    w->whole = twips(WIDTHS[size]) - twips(w->look->right) - twips(size == PAPER_A4_WIDE ? w->look->right : w->look->left);
}

static enum err block(struct writer *w, const struct paper_block *k)
{
    struct buf *b = &w->body;

    switch (k->kind) {
    case PAPER_HEAD:
        head(w->a, b, k);
        return OK;
    case PAPER_TITLE:
        title(b, k);
        return OK;
    case PAPER_HEADING:
        spans(b, k->level ? "Muccon" : "Muc", k->span, k->span_count);
        return OK;
    case PAPER_ITEM:
        item(w->a, b, k);
        return OK;
    case PAPER_FIGURE:
        return figure(w, k->figure);
    case PAPER_TURN: /* the section that ends here, on the sheets that it had */
        buf_put(b, STR("<w:p><w:pPr>"));
        section(b, w);
        buf_put(b, STR("</w:pPr></w:p>"));
        size_set(w, k->size);
        return OK;
    case PAPER_NOTE:
        spans(b, "Noinhan", k->span, k->span_count);
        return OK;
    case PAPER_PARAGRAPH:
        spans(b, k->align == PAPER_JUSTIFIED ? "Noidung" : "Vanban", k->span, k->span_count);
        return OK;
    case PAPER_TABLE:
        return table(w, k->table);
    case PAPER_CODE: /* a word processor gets the text; the code is for the printed sheet */
        for (size_t i = 0; i < k->span_count; i++)
            spans(b, "Vanban", &k->span[i], 1);
        line(b, "Vanban", k->three);
        return OK;
    case PAPER_SIGNATURE:
        signature(b, k);
        return OK;
    case PAPER_NEXT:
        buf_put(b, STR("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"));
        return OK;
    case PAPER_BLOCK_KIND__COUNT:
        break;
    }
    BUG("block %d", (int)k->kind);
}

static struct str page_number(struct arena *a, const struct paper_profile *look)
{
    const char *part = look->number_on_top ? "hdr" : "ftr";

    return str_format(a, XML "<w:%s " W "><w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText>"
                             "</w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:%s>\n", part, look->number_on_top ? "Sotrang" : "Sotrangphai", part);
}

static struct str properties(struct arena *a, const struct paper_document *d)
{
    struct buf b = buf_in(a);

    buf_put(&b, STR(XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                        "xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"));
    xml_escape(&b, d->title);
    buf_put(&b, STR("</dc:title><dc:creator>"));
    xml_escape(&b, d->author);
    buf_put(&b, STR("</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">"));
    xml_escape(&b, d->made_at);
    buf_put(&b, STR("</dcterms:created></cp:coreProperties>\n"));
    return buf_str(&b);
}

static struct str types(struct arena *a, const char *part)
{
    return str_format(a, XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                             "<Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                             "<Override PartName=\"/word/document.xml\" ContentType=\"" TYPES "document.main+xml\"/>"
                             "<Override PartName=\"/word/styles.xml\" ContentType=\"" TYPES "styles+xml\"/>"
                             "<Override PartName=\"/word/list.xml\" ContentType=\"" TYPES "numbering+xml\"/>"
                             "<Override PartName=\"/word/number.xml\" ContentType=\"" TYPES "%s+xml\"/>"
                             "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>\n", part);
}

/* Pictures, and who refers to what. */
static void parts(struct package *p, const struct writer *w)
{
    const char *part = w->look->number_on_top ? "header" : "footer";
    struct buf related = buf_in(w->a);

    package_add(p, "[Content_Types].xml", types(w->a, part));
    package_add(p, "_rels/.rels", STR(XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                                          "<Relationship Id=\"vb\" Type=\"" RELATIONS "officeDocument\" Target=\"word/document.xml\"/>"
                                          "<Relationship Id=\"tt\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" "
                                          "Target=\"docProps/core.xml\"/></Relationships>\n"));
    package_add(p, "word/document.xml", buf_str(&w->body));
    package_add(p, "word/styles.xml", docx_styles(w->a, w->look));
    package_add(p, "word/list.xml", lists(w->a));
    package_add(p, "word/number.xml", page_number(w->a, w->look));
    for (int i = 0; i < w->figures; i++) {
        package_add(p, str_z(w->a, str_format(w->a, "word/media/hinh%d.png", i + 1)), w->png[i]);
        buf_format(&related, "<Relationship Id=\"hinh%d\" Type=\"" RELATIONS "image\" Target=\"media/hinh%d.png\"/>", i + 1, i + 1);
    }
    package_add(p, "word/_rels/document.xml.rels",
                str_format(w->a, XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                                     "<Relationship Id=\"kieu\" Type=\"" RELATIONS "styles\" Target=\"styles.xml\"/>"
                                     "<Relationship Id=\"muc\" Type=\"" RELATIONS "numbering\" Target=\"list.xml\"/>"
                                     "<Relationship Id=\"so\" Type=\"" RELATIONS "%s\" Target=\"number.xml\"/>%" PRIstr "</Relationships>\n", part, STR_ARG(buf_str(&related))));
    package_add(p, "docProps/core.xml", properties(w->a, w->d));
}

static enum err whole(struct writer *w)
{
    enum err err = OK;

    size_set(w, w->d->size);
    w->is_first = true;
    buf_put(&w->body, STR(XML "<w:document " W "><w:body>"));
    for (size_t i = 0; !err && i < w->d->block_count; i++)
        err = block(w, &w->d->block[i]);
    section(&w->body, w);
    buf_put(&w->body, STR("</w:body></w:document>\n"));
    return err;
}

enum err paper_docx(struct arena *a, const struct paper_document *d, struct str *ret)
{
    struct writer *w = ARENA_NEW(a, struct writer);
    struct package p;

    *w = (struct writer){.a = a, .d = d, .look = paper_profile_on(d->on), .body = buf_in(a)};
    sheet_measure(&w->measure, a, w->look);
    enum err err = whole(w);
    sheet_measure_end(&w->measure);
    if (err)
        return err;
    package_begin(&p, a);
    parts(&p, w);
    *ret = package_end(&p);
    return OK;
}
