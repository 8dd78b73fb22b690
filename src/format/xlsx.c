#include "format/xlsx.h"

#include <inttypes.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/text.h"

enum { NAME_MAX_CHARACTERS = 31, EXCEL_DAY_OF_1970 = 25569, PAPER_A4 = 9 };
#define EXACT_MAX (INT64_C(1) << 53) /* what a double holds exactly */

struct xlsx {
    struct arena *arena;
    lxw_workbook *book; /* NULL once it is closed */
    int fd;             /* of the memory file that the library writes */
    enum err err;
    size_t cells, sheet_count;
    struct xlsx_sheet *sheet[XLSX_SHEETS_MAX];
    lxw_format *format[XLSX_STYLE__COUNT][XLSX_KIND__COUNT];
};

struct xlsx_sheet {
    struct xlsx *xlsx;
    lxw_worksheet *sheet;
    struct str name;
    unsigned row;
    unsigned covered[XLSX_COLUMNS_MAX]; /* the first row that no cell from above covers */
};

/* --- cells ---------------------------------------------------------------------------------------
 */

struct xlsx_cell xlsx_text(struct str text)
{
    return (struct xlsx_cell){.kind = XLSX_TEXT, .text = text};
}

struct xlsx_cell xlsx_int(int64_t value)
{
    return (struct xlsx_cell){.kind = XLSX_INT, .integer = value};
}

struct xlsx_cell xlsx_percent(int64_t hundredths)
{
    return (struct xlsx_cell){.kind = XLSX_PERCENT, .integer = hundredths};
}

struct xlsx_cell xlsx_date(struct date day)
{
    return (struct xlsx_cell){.kind = date_cmp(day, DATE_NEVER) ? XLSX_DATE : XLSX_EMPTY,
                              .date = day};
}

struct xlsx_cell xlsx_empty(void)
{
    return (struct xlsx_cell){.kind = XLSX_EMPTY};
}

struct xlsx_cell xlsx_span(struct xlsx_cell cell, unsigned columns, unsigned rows)
{
    cell.columns = columns;
    cell.rows = rows;
    return cell;
}

/* --- the workbook
 * ---------------------------------------------------------------------------------- */

static const struct look {
    double size;
    bool is_bold, is_italic, is_centred, has_border, is_grey;
} looks[XLSX_STYLE__COUNT] = {
    [XLSX_PLAIN] = {.size = 12, .has_border = true},
    [XLSX_TITLE] = {.size = 14, .is_bold = true, .is_centred = true},
    [XLSX_SUBTITLE] = {.size = 12, .is_italic = true, .is_centred = true},
    [XLSX_HEADER] =
        {.size = 12, .is_bold = true, .is_centred = true, .has_border = true, .is_grey = true},
    [XLSX_TOTAL] = {.size = 12, .is_bold = true, .has_border = true},
    [XLSX_NOTE] = {.size = 11},
};

static const char *const number_format[XLSX_KIND__COUNT] = {
    [XLSX_INT] = "#,##0",
    [XLSX_PERCENT] = "0.00%",
    [XLSX_DATE] = "dd/mm/yyyy",
};

static lxw_format *format_new(struct xlsx *x, const struct look *look, enum xlsx_kind kind)
{
    lxw_format *f = workbook_add_format(x->book);

    format_set_font_name(f, "Times New Roman");
    format_set_font_size(f, look->size);
    format_set_text_wrap(f);
    format_set_align(f, look->is_centred ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    if (look->is_centred)
        format_set_align(f, LXW_ALIGN_CENTER);
    if (look->is_bold)
        format_set_bold(f);
    if (look->is_italic)
        format_set_italic(f);
    if (look->has_border)
        format_set_border(f, LXW_BORDER_THIN);
    if (look->is_grey)
        format_set_bg_color(f, 0xE7E6E6);
    if (number_format[kind])
        format_set_num_format(f, number_format[kind]);
    return f;
}

static void release(void *arg)
{
    struct xlsx *x = arg;

    if (x->book)
        lxw_workbook_free(x->book);
    close(x->fd);
}

struct xlsx *xlsx_new(struct arena *a, struct str title, struct instant created)
{
    struct xlsx *x = ARENA_NEW(a, struct xlsx);
    char path[40];

    x->arena = a;
    x->fd = memfd_create("xlsx", MFD_CLOEXEC); /* the library knows files only: one in memory */
    if (x->fd < 0)
        BUG("no memory file");
    snprintf(path, sizeof path, "/proc/self/fd/%d", x->fd);
    x->book = workbook_new(path);
    if (!x->book)
        BUG("libxlsxwriter: out of memory");
    arena_defer(a, release, x);
    /* The library copies the text; its type only lacks the const. */
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)str_z(a, title),
                                     .created = (time_t)(created.ms / 1000)};
    workbook_set_properties(x->book, &properties);
    for (int style = 0; style < XLSX_STYLE__COUNT; style++)
        for (int kind = 0; kind < XLSX_KIND__COUNT; kind++)
            x->format[style][kind] = format_new(x, &looks[style], (enum xlsx_kind)kind);
    return x;
}

/* The first `n` characters of `s`. */
static struct str first_characters(struct str s, size_t n)
{
    size_t at = 0;

    while (at < s.n && (n || ((unsigned char)s.p[at] & 0xC0) == 0x80)) {
        n -= ((unsigned char)s.p[at] & 0xC0) != 0x80;
        at++;
    }
    return str_sub(s, 0, at);
}

static bool is_name_taken(const struct xlsx *x, struct str name)
{
    for (size_t i = 0; i < x->sheet_count; i++)
        if (str_eq(text_fold(x->arena, x->sheet[i]->name), text_fold(x->arena, name)))
            return true;
    return false;
}

static struct str name_for_excel(struct xlsx *x, struct str wanted)
{
    struct str name = str_copy(x->arena, wanted);
    char *p = (char *)(uintptr_t)name.p; /* our own copy */

    for (size_t i = 0; i < name.n; i++)
        if (strchr("[]:*?/\\'", p[i]) || (unsigned char)p[i] < ' ')
            p[i] = '-';
    name = str_trim(first_characters(name, NAME_MAX_CHARACTERS));
    if (str_is_empty(name))
        name = STR("-");
    struct str base = first_characters(name, NAME_MAX_CHARACTERS - 5);
    for (int n = 2; is_name_taken(x, name); n++)
        name = str_format(x->arena, "%" PRIstr " (%d)", STR_ARG(base), n);
    return name;
}

struct xlsx_sheet *xlsx_sheet(struct xlsx *x, struct str name)
{
    struct xlsx_sheet *s = ARENA_NEW(x->arena, struct xlsx_sheet);

    if (!x->book || x->sheet_count == XLSX_SHEETS_MAX)
        BUG("no further sheet can be added");
    s->xlsx = x;
    s->name = name_for_excel(x, name);
    s->sheet = workbook_add_worksheet(x->book, str_z(x->arena, s->name));
    if (!s->sheet)
        BUG("libxlsxwriter refuses a sheet");
    worksheet_set_landscape(s->sheet);
    worksheet_set_paper(s->sheet, PAPER_A4);
    worksheet_fit_to_pages(s->sheet, 1, 0);
    x->sheet[x->sheet_count++] = s;
    return s;
}

/* --- rows
 * ------------------------------------------------------------------------------------------ */

static void fail(struct xlsx *x, enum err err)
{
    if (!x->err)
        x->err = err;
}

void xlsx_width(struct xlsx_sheet *s, unsigned column, unsigned characters)
{
    if (column >= XLSX_COLUMNS_MAX)
        fail(s->xlsx, ERR_LIMIT);
    else
        worksheet_set_column(s->sheet, (lxw_col_t)column, (lxw_col_t)column, characters, NULL);
}

static void put_text(struct xlsx_sheet *s, lxw_col_t column, struct str text, lxw_format *format)
{
    if (text_length(text) > XLSX_TEXT_MAX)
        fail(s->xlsx, ERR_LIMIT);
    else
        worksheet_write_string(s->sheet, s->row, column, str_z(s->xlsx->arena, text), format);
}

static void put_value(struct xlsx_sheet *s, lxw_col_t column, const struct xlsx_cell *cell,
                      lxw_format *format)
{
    switch (cell->kind) {
    case XLSX_TEXT:
        put_text(s, column, cell->text, format);
        return;
    case XLSX_INT:
        if (cell->integer > EXACT_MAX || cell->integer < -EXACT_MAX)
            put_text(s, column, str_format(s->xlsx->arena, "%" PRId64, cell->integer), format);
        else
            worksheet_write_number(s->sheet, s->row, column, (double)cell->integer, format);
        return;
    case XLSX_PERCENT:
        worksheet_write_number(s->sheet, s->row, column, (double)cell->integer / 10000, format);
        return;
    case XLSX_DATE:
        worksheet_write_number(s->sheet, s->row, column, cell->date.day + EXCEL_DAY_OF_1970,
                               format);
        return;
    case XLSX_EMPTY:
        worksheet_write_blank(s->sheet, s->row, column, format);
        return;
    case XLSX_KIND__COUNT:
        break;
    }
    BUG("xlsx kind %d", (int)cell->kind);
}

static unsigned first_free_column(const struct xlsx_sheet *s, unsigned from)
{
    while (from < XLSX_COLUMNS_MAX && s->covered[from] > s->row)
        from++;
    return from;
}

/* Returns the column after the cell. */
static unsigned put_cell(struct xlsx_sheet *s, enum xlsx_style style, const struct xlsx_cell *cell,
                         unsigned column)
{
    struct xlsx *x = s->xlsx;
    lxw_format *format = x->format[style][cell->kind];
    unsigned columns = cell->columns ? cell->columns : 1, rows = cell->rows ? cell->rows : 1;

    column = first_free_column(s, column);
    if (columns > XLSX_COLUMNS_MAX - column || rows > XLSX_ROWS_MAX - s->row ||
        (size_t)columns * rows > XLSX_CELLS_MAX - x->cells) {
        fail(x, ERR_LIMIT);
        return column;
    }
    x->cells += (size_t)columns * rows;
    if (columns > 1 || rows > 1)
        worksheet_merge_range(s->sheet, s->row, (lxw_col_t)column, s->row + rows - 1,
                              (lxw_col_t)(column + columns - 1), "", format);
    put_value(s, (lxw_col_t)column, cell, format);
    for (unsigned i = column; i < column + columns; i++) {
        if (s->covered[i] > s->row)
            BUG("a cell over columns that a cell above covers");
        s->covered[i] = s->row + rows;
    }
    return column + columns;
}

void xlsx_row(struct xlsx_sheet *s, enum xlsx_style style, const struct xlsx_cell *cell,
              size_t count)
{
    unsigned column = 0;

    if (!s->xlsx->book)
        BUG("a row after the end of the workbook");
    if (s->row == XLSX_ROWS_MAX)
        fail(s->xlsx, ERR_LIMIT);
    for (size_t i = 0; i < count && !s->xlsx->err; i++)
        column = put_cell(s, style, &cell[i], column);
    if (!s->xlsx->err)
        s->row++;
}

void xlsx_heading(struct xlsx_sheet *s, enum xlsx_style style, struct str text, unsigned columns)
{
    struct xlsx_cell cell = xlsx_span(xlsx_text(text), columns, 1);

    xlsx_row(s, style, &cell, 1);
}

void xlsx_freeze(struct xlsx_sheet *s)
{
    if (s->row == 0)
        return;
    worksheet_freeze_panes(s->sheet, s->row, 0);
    worksheet_repeat_rows(s->sheet, 0, s->row - 1);
}

/* --- the end
 * ---------------------------------------------------------------------------------------- */

static enum err read_back(struct xlsx *x, struct str *ret)
{
    off_t size = lseek(x->fd, 0, SEEK_END);
    size_t n = 0;

    if (size <= 0)
        return ERR_IO;
    char *p = ARENA_ARRAY(x->arena, char, (size_t)size);
    while (n < (size_t)size) {
        ssize_t got = pread(x->fd, p + n, (size_t)size - n, (off_t)n);
        if (got <= 0)
            return ERR_IO;
        n += (size_t)got;
    }
    *ret = (struct str){p, n};
    return OK;
}

enum err xlsx_end(struct xlsx *x, struct str *ret_bytes)
{
    if (!x->book)
        BUG("a workbook ended twice");
    if (x->err)
        return x->err;
    if (!x->sheet_count)
        xlsx_sheet(x, STR("-")); /* Excel does not open a workbook without one */
    lxw_workbook *book = x->book;
    x->book = NULL; /* closing frees it, also when it fails */
    if (workbook_close(book) != LXW_NO_ERROR)
        return ERR_IO;
    return read_back(x, ret_bytes);
}
