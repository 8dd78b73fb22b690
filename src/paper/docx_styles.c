/* The styles of a document, by name: one line each. Sizes are those of the profile. */
#include "paper/docx_styles.h"

#include "paper/table.h"
#include "words/words.h"

struct style {
    const char *id;
    enum word name;
    int (*size)(const struct paper_profile *p);
    const char *align;
    bool bold, italic, underlined;
    int before, after; /* twentieths of a point */
    int first_line; /* the same */
    bool keeps;     /* with the next paragraph */
    int rule;       /* a line above it, indented so much on both sides, in twentieths of a point */
    bool is_cell;   /* of a table: one for each size of letters */
    int outline;    /* 1, 2: as deep in the outline of the document */
};

static int of_body(const struct paper_profile *p) { return p->body; }
static int of_note(const struct paper_profile *p) { return p->note; }
static int of_nation(const struct paper_profile *p) { return p->nation; }
static int of_motto(const struct paper_profile *p) { return p->motto; }
static int of_agency(const struct paper_profile *p) { return p->agency; }
static int of_number(const struct paper_profile *p) { return p->body - 1; }
static int of_gap(const struct paper_profile *p) { return p->note / 2; }
static int of_title(const struct paper_profile *p) { return p->title; }

static const struct style STYLES[] = {
    {"Noidung", WORD_PAPER_STYLE_BODY, of_body, "both", .after = 120, .first_line = 720},
    {"Vanban", WORD_PAPER_STYLE_TEXT, of_body, "left", .after = 60},
    {"Coquan", WORD_PAPER_STYLE_ABOVE, of_agency, "center"},
    {"Coquanbanhanh", WORD_PAPER_STYLE_AGENCY, of_agency, "center", .bold = true},
    {"Quochieu", WORD_PAPER_STYLE_NATION, of_nation, "center", .bold = true},
    {"Tieungu", WORD_PAPER_STYLE_MOTTO, of_motto, "center", .bold = true, .underlined = true},
    {"Sohieu", WORD_PAPER_STYLE_NUMBER, of_number, "center", .before = 80},
    {"Diadanh", WORD_PAPER_STYLE_PLACE, of_number, "center", .italic = true, .before = 80},
    {"Kecoquan", WORD_PAPER_STYLE_RULE_AGENCY, of_gap, "center", .rule = 1300},
    {"Ketrichyeu", WORD_PAPER_STYLE_RULE_ABOUT, of_gap, "center", .rule = 3100},
    {"Saubang", WORD_PAPER_STYLE_GAP, of_gap, "left"},
    {"Tenloai", WORD_PAPER_STYLE_TITLE, of_title, "center", .bold = true, .after = 40, .keeps = true},
    {"Trichyeu", WORD_PAPER_STYLE_ABOUT, of_body, "center", .after = 40, .keeps = true},
    {"Muc", WORD_PAPER_STYLE_HEADING, of_body, "left", .bold = true, .after = 80, .keeps = true, .outline = 1},
    {"Muccon", WORD_PAPER_STYLE_SUBHEADING, of_body, "left", .bold = true, .italic = true, .after = 80, .keeps = true, .outline = 2},
    {"Gachdong1", WORD_PAPER_STYLE_ITEM_1, of_body, "both", .after = 80, .first_line = 720},
    {"Gachdong2", WORD_PAPER_STYLE_ITEM_2, of_body, "both", .after = 80, .first_line = 1060},
    {"Gachdong3", WORD_PAPER_STYLE_ITEM_3, of_body, "both", .after = 80, .first_line = 1400},
    {"Tenbang", WORD_PAPER_STYLE_CAPTION, of_number, "left", .bold = true, .after = 60, .keeps = true},
    {"Tenhinh", WORD_PAPER_STYLE_FIGURE, of_number, "center", .bold = true, .after = 60, .keeps = true},
    {"Hinh", WORD_PAPER_STYLE_PICTURE, of_body, "center", .keeps = true},
    {"Nguon", WORD_PAPER_STYLE_SOURCE, of_note, "center", .italic = true, .after = 200},
    {"Sotrang", WORD_PAPER_STYLE_PAGE, of_motto, "center"},
    {"Sotrangphai", WORD_PAPER_STYLE_PAGE_RIGHT, of_motto, "right"},
    {"Daubang", WORD_PAPER_STYLE_TABLE_HEAD, of_note, "center", .bold = true, .is_cell = true},
    {"Otrai", WORD_PAPER_STYLE_CELL_LEFT, of_note, "left", .is_cell = true},
    {"Ogiua", WORD_PAPER_STYLE_CELL_CENTRE, of_note, "center", .is_cell = true},
    {"Ophai", WORD_PAPER_STYLE_CELL_RIGHT, of_note, "right", .is_cell = true},
    {"Noinhan", WORD_PAPER_STYLE_RECIPIENTS, of_note, "left"},
    {"Goiy", WORD_PAPER_STYLE_HINT, of_note, "center", .italic = true, .keeps = true},
    {"Nguoiky", WORD_PAPER_STYLE_SIGNER, of_body, "center", .bold = true, .keeps = true},
};

/* `size` in points; with `is_sized`, it is part of the style's name: "Ô trái 11". */
static void style(struct buf *b, const struct style *s, int size, bool is_sized)
{
    buf_format(b, "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"%s", s->id);
    if (is_sized)
        buf_format(b, "%d", size);
    buf_format(b, "\"><w:name w:val=\"%" PRIstr, STR_ARG(word(LANG_VI, s->name)));
    if (is_sized)
        buf_format(b, " %d", size);
    buf_format(b, "\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>%s", s->keeps ? "<w:keepNext/>" : "");
    if (s->rule)
        buf_put(b, STR("<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>"));
    buf_format(b, "<w:spacing w:before=\"%d\" w:after=\"%d\"/>", s->before, s->after);
    if (s->rule)
        buf_format(b, "<w:ind w:left=\"%d\" w:right=\"%d\"/>", s->rule, s->rule);
    if (s->first_line)
        buf_format(b, "<w:ind w:firstLine=\"%d\"/>", s->first_line);
    buf_format(b, "<w:jc w:val=\"%s\"/>", s->align);
    if (s->outline)
        buf_format(b, "<w:outlineLvl w:val=\"%d\"/>", s->outline - 1);
    buf_format(b, "</w:pPr><w:rPr>%s%s<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>%s</w:rPr></w:style>",
               s->bold ? "<w:b/>" : "", s->italic ? "<w:i/>" : "", 2 * size, 2 * size, s->underlined ? "<w:u w:val=\"single\"/>" : "");
}

/* Cells have those sizes that tables have (table_letters). */
static void styles(struct buf *b, const struct paper_profile *look)
{
    for (size_t i = 0; i < sizeof STYLES / sizeof STYLES[0]; i++) {
        const struct style *s = &STYLES[i];
        for (unsigned columns = 1; s->is_cell && columns <= GRID_COLUMNS_MAX; columns++) {
            int size = table_letters(look, &(struct paper_table){.columns = columns}), before = table_letters(look, &(struct paper_table){.columns = columns - 1});
            if (columns == 1 || size != before)
                style(b, s, size, true);
        }
        if (!s->is_cell)
            style(b, s, s->size(look), false);
    }
}

struct str docx_styles(struct arena *a, const struct paper_profile *look)
{
    struct buf b = buf_in(a);

    buf_put(&b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>"
                    "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
                    "<w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>"
                    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
                    "<w:style w:type=\"character\" w:styleId=\"Strong\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>"
                    "<w:style w:type=\"character\" w:styleId=\"Emphasis\"><w:name w:val=\"Emphasis\"/><w:rPr><w:i/></w:rPr></w:style>"
                    "<w:style w:type=\"character\" w:styleId=\"IntenseEmphasis\"><w:name w:val=\"Intense Emphasis\"/><w:rPr><w:b/><w:i/></w:rPr></w:style>"
                    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"Khongke\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar>"
                    "<w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
                    "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Bang\">"));
    buf_format(&b, "<w:name w:val=\"%" PRIstr "\"/><w:basedOn w:val=\"Khongke\"/><w:tblPr><w:tblBorders>", STR_ARG(word(LANG_VI, WORD_PAPER_STYLE_TABLE)));
    for (const char *const *side = (const char *const[]){"top", "left", "bottom", "right", "insideH", "insideV", NULL}; *side; side++)
        buf_format(&b, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>", *side);
    buf_put(&b, STR("</w:tblBorders><w:tblCellMar><w:top w:w=\"50\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"50\" w:type=\"dxa\"/>"
                    "<w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"));
    styles(&b, look);
    buf_put(&b, STR("</w:styles>\n"));
    return buf_str(&b);
}
