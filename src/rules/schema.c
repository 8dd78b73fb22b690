#include "rules/schema.h"

#include "base/text.h"

static const struct str TYPES[] = {
    [SCHEMA_LINE] = STR_INIT("line"),       [SCHEMA_TEXT] = STR_INIT("text"),         [SCHEMA_CHOICE] = STR_INIT("choice"),
    [SCHEMA_YES] = STR_INIT("yes"),         [SCHEMA_DATE] = STR_INIT("date"),         [SCHEMA_NUMBER] = STR_INIT("number"),
    [SCHEMA_MONEY] = STR_INIT("money"),     [SCHEMA_ID_NO] = STR_INIT("id_no"),       [SCHEMA_PHONE] = STR_INIT("phone"),
    [SCHEMA_TAX_NO] = STR_INIT("tax_no"),   [SCHEMA_EMAIL] = STR_INIT("email"),       [SCHEMA_UNIT] = STR_INIT("unit"),
    [SCHEMA_PERSON] = STR_INIT("person"),   [SCHEMA_DOCUMENT] = STR_INIT("document"), [SCHEMA_RECORD] = STR_INIT("record"),
    [SCHEMA_FILE] = STR_INIT("file"),       [SCHEMA_COMPUTED] = STR_INIT("computed"), [SCHEMA_SHARE] = STR_INIT("share"),
    [SCHEMA_GROUP] = STR_INIT("group"),
};
_Static_assert(sizeof TYPES / sizeof TYPES[0] == SCHEMA_TYPE__COUNT, "every type has a name");
static const struct str OPS[] = {[SCHEMA_SUM] = STR_INIT("sum"), [SCHEMA_DIFFERENCE] = STR_INIT("difference"), [SCHEMA_PRODUCT] = STR_INIT("product")};
_Static_assert(sizeof OPS / sizeof OPS[0] == SCHEMA_OP__COUNT, "every operation has a name");

struct str schema_type_code(enum schema_type t)
{
    return TYPES[t];
}

bool schema_type_find(struct str code, enum schema_type *ret)
{
    for (int t = 0; t < SCHEMA_TYPE__COUNT; t++)
        if (str_eq(TYPES[t], code)) {
            *ret = (enum schema_type)t;
            return true;
        }
    return false;
}

struct str schema_op_code(enum schema_op op)
{
    return OPS[op];
}

bool schema_op_find(struct str code, enum schema_op *ret)
{
    for (int o = 0; o < SCHEMA_OP__COUNT; o++)
        if (str_eq(OPS[o], code)) {
            *ret = (enum schema_op)o;
            return true;
        }
    return false;
}

int schema_find(const struct schema_field *field, size_t count, struct str code)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(field[i].code, code))
            return (int)i;
    return -1;
}

bool schema_number(struct str value, int64_t *ret)
{
    return value.n > 0 && str_parse_int(value, INT64_MIN, INT64_MAX, ret) == OK;
}

/* ---- one value ---- */

struct taking {
    const struct schema *s;
    struct arena *a;
    struct date today;
    schema_problem_fn *problem;
    void *arg;
    bool is_good;
    const struct schema_field *group;
    size_t row;
};

static void report(struct taking *t, const struct schema_field *f, enum word w, struct str arg, bool is_warning)
{
    struct schema_problem p = {f, t->group, t->row, w, arg, is_warning};

    t->is_good = t->is_good && is_warning;
    t->problem(t->arg, &p);
}

static struct str refuse(struct taking *t, const struct schema_field *f, enum word w, struct str arg)
{
    report(t, f, w, arg, false);
    return STR("");
}

static struct str without(struct arena *a, struct str s, struct str marks)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < s.n; i++)
        if (str_find(marks, str_sub(s, i, 1)) == STR_NONE)
            buf_char(&b, s.p[i]);
    return b.n ? buf_str(&b) : STR("");
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* Dots and blanks part thousands, and only there: 7.046, not 70.46. */
static bool number_typed(struct arena *a, struct str typed, int64_t *ret)
{
    struct str rest = typed, piece;
    size_t pieces = 0;
    bool grouped = str_find(typed, STR(".")) != STR_NONE;

    while (grouped && str_split(&rest, '.', &piece))
        if ((pieces++ && piece.n != 3) || !is_digits(piece.n && piece.p[0] == '-' ? str_sub(piece, 1, piece.n) : piece))
            return false;
    return str_parse_int(without(a, typed, STR(". ")), -INT64_C(1000000000000000), INT64_C(1000000000000000), ret) == OK;
}

static struct str take_number(struct taking *t, const struct schema_field *f, struct str typed)
{
    int64_t n;

    if (!number_typed(t->a, typed, &n))
        return refuse(t, f, WORD_SCHEMA_PROBLEM_NUMBER, typed);
    if (f->has_min && n < f->min)
        return refuse(t, f, WORD_SCHEMA_PROBLEM_LEAST, word_int(t->a, LANG_VI, f->min));
    if (f->has_max && n > f->max)
        return refuse(t, f, WORD_SCHEMA_PROBLEM_MOST, word_int(t->a, LANG_VI, f->max));
    return str_format(t->a, "%lld", (long long)n);
}

static struct str take_date(struct taking *t, const struct schema_field *f, struct str typed)
{
    struct date d;

    if (date_parse_typed(typed, &d))
        return refuse(t, f, WORD_SCHEMA_PROBLEM_DATE, typed);
    if (f->not_ahead && date_cmp(d, t->today) > 0)
        return refuse(t, f, WORD_SCHEMA_PROBLEM_AHEAD, STR(""));
    return date_iso(t->a, d);
}

/* PPP G YY RRRRRR: the province and the century must exist. No check digit: a doubt is said, not refused. */
static bool citizen_number_fits(struct str s, int year_now)
{
    int64_t province, century, year;

    if (str_parse_int(str_sub(s, 0, 3), 1, 96, &province) || str_parse_int(str_sub(s, 3, 1), 0, 9, &century) ||
        str_parse_int(str_sub(s, 4, 2), 0, 99, &year))
        return false;
    return 1900 + 100 * (century / 2) + year <= year_now;
}

static struct str take_id_no(struct taking *t, const struct schema_field *f, struct str typed)
{
    struct str s = without(t->a, typed, STR(" .-"));

    if (!is_digits(s) || (s.n != 9 && s.n != 12))
        return refuse(t, f, WORD_SCHEMA_PROBLEM_ID_NO, STR(""));
    if (s.n == 12 && !citizen_number_fits(s, date_civil(t->today).year))
        report(t, f, WORD_SCHEMA_DOUBT_ID_NO, s, true);
    return s;
}

static struct str take_phone(struct taking *t, const struct schema_field *f, struct str typed)
{
    static const struct str ABROAD[] = {STR_INIT("+84"), STR_INIT("0084"), STR_INIT("84")};
    struct str s = without(t->a, typed, STR(" .-()"));

    for (size_t i = 0; i < sizeof ABROAD / sizeof ABROAD[0]; i++)
        if (str_has_prefix(s, ABROAD[i])) {
            s = str_format(t->a, "0%" PRIstr, STR_ARG(str_sub(s, ABROAD[i].n, s.n)));
            break;
        }
    bool mobile = s.n == 10 && s.p[0] == '0' && str_find(STR("35789"), str_sub(s, 1, 1)) != STR_NONE;
    bool fixed = (s.n == 10 || s.n == 11) && str_has_prefix(s, STR("02"));
    bool hotline = (s.n == 4 && str_has_prefix(s, STR("1"))) || (s.n == 8 && (str_has_prefix(s, STR("1900")) || str_has_prefix(s, STR("1800"))));
    return is_digits(s) && (mobile || fixed || hotline) ? s : refuse(t, f, WORD_SCHEMA_PROBLEM_PHONE, STR(""));
}

static struct str take_tax_no(struct taking *t, const struct schema_field *f, struct str typed)
{
    struct str s = without(t->a, typed, STR(" .-"));

    if (!is_digits(s) || (s.n != 10 && s.n != 12 && s.n != 13))
        return refuse(t, f, WORD_SCHEMA_PROBLEM_TAX_NO, STR(""));
    return s.n == 13 ? str_format(t->a, "%" PRIstr "-%" PRIstr, STR_ARG(str_sub(s, 0, 10)), STR_ARG(str_sub(s, 10, 3))) : s;
}

static struct str take_email(struct taking *t, const struct schema_field *f, struct str typed)
{
    size_t at = str_find(typed, STR("@"));
    struct str domain = at == STR_NONE ? STR("") : str_sub(typed, at + 1, typed.n);
    bool good = at != STR_NONE && at > 0 && str_find(domain, STR("@")) == STR_NONE && str_find(domain, STR(".")) != STR_NONE &&
                !str_has_prefix(domain, STR(".")) && !str_has_suffix(domain, STR(".")) && str_find(typed, STR(" ")) == STR_NONE;

    return good ? typed : refuse(t, f, WORD_SCHEMA_PROBLEM_EMAIL, STR(""));
}

/* By its code, or by its label in either language, as a table of an office says it. */
static struct str take_choice(struct taking *t, const struct schema_field *f, struct str typed)
{
    struct str folded = text_fold(t->a, typed);

    for (size_t i = 0; i < f->choice_count; i++)
        if (str_eq(f->choice[i].code, typed))
            return typed;
    for (size_t i = 0; i < f->choice_count; i++)
        for (int l = 0; l < LANG__COUNT; l++)
            if (str_eq(text_fold(t->a, f->choice[i].label[l]), folded))
                return f->choice[i].code;
    return refuse(t, f, WORD_SCHEMA_PROBLEM_CHOICE, typed);
}

static struct str take_yes(struct taking *t, const struct schema_field *f, struct str typed)
{
    struct str folded = text_fold(t->a, typed);

    for (int l = 0; l < LANG__COUNT; l++) {
        if (str_eq(folded, text_fold(t->a, word((enum lang)l, WORD_SCHEMA_YES))))
            return STR("1");
        if (str_eq(folded, text_fold(t->a, word((enum lang)l, WORD_SCHEMA_NO))))
            return STR("0");
    }
    if (str_eq(typed, STR("1")) || str_eq(typed, STR("x")))
        return STR("1");
    return str_eq(typed, STR("0")) ? STR("0") : refuse(t, f, WORD_SCHEMA_PROBLEM_YES, typed);
}

static struct str take_id(struct taking *t, const struct schema_field *f, struct str typed)
{
    int64_t id;

    return str_parse_int(typed, 1, INT64_MAX, &id) ? refuse(t, f, WORD_SCHEMA_PROBLEM_NONE_SUCH, typed) : typed;
}

static struct str take_line(struct taking *t, const struct schema_field *f, struct str typed)
{
    size_t most = f->type == SCHEMA_TEXT ? SCHEMA_TEXT_MAX : SCHEMA_LINE_MAX;

    if (typed.n > most)
        return refuse(t, f, WORD_SCHEMA_PROBLEM_LONG, word_int(t->a, LANG_VI, (int64_t)most));
    return f->type == SCHEMA_LINE && str_find(typed, STR("\n")) != STR_NONE ? refuse(t, f, WORD_SCHEMA_PROBLEM_ONE_LINE, STR("")) : typed;
}

static struct str take_one(struct taking *t, const struct schema_field *f, struct str typed)
{
    static struct str (*const TAKE[])(struct taking *, const struct schema_field *, struct str) = {
        [SCHEMA_LINE] = take_line,     [SCHEMA_TEXT] = take_line,     [SCHEMA_CHOICE] = take_choice, [SCHEMA_YES] = take_yes,
        [SCHEMA_DATE] = take_date,     [SCHEMA_NUMBER] = take_number, [SCHEMA_MONEY] = take_number,  [SCHEMA_ID_NO] = take_id_no,
        [SCHEMA_PHONE] = take_phone,   [SCHEMA_TAX_NO] = take_tax_no, [SCHEMA_EMAIL] = take_email,   [SCHEMA_UNIT] = take_id,
        [SCHEMA_PERSON] = take_id,     [SCHEMA_DOCUMENT] = take_id,   [SCHEMA_RECORD] = take_id,     [SCHEMA_FILE] = take_line,
        [SCHEMA_COMPUTED] = NULL,      [SCHEMA_SHARE] = NULL,         [SCHEMA_GROUP] = NULL,
    };
    _Static_assert(sizeof TAKE / sizeof TAKE[0] == SCHEMA_TYPE__COUNT, "every type is taken");
    struct str s = text_nfc(t->a, str_trim(typed));

    if (!s.n && f->required)
        return refuse(t, f, WORD_PROBLEM_REQUIRED, STR(""));
    return s.n && TAKE[f->type] ? TAKE[f->type](t, f, s) : STR("");
}

/* ---- what follows from others ---- */

static struct str compute(struct taking *t, const struct schema_field *f, const struct schema_value *v)
{
    int64_t sum = 0, n;
    bool any = false;

    for (size_t i = 0; i < f->of_count; i++) {
        if (!schema_number(v[f->of[i]].text, &n)) {
            if (f->op == SCHEMA_SUM)
                continue;
            return STR("");
        }
        bool overflows = i == 0                        ? false
                         : f->op == SCHEMA_SUM        ? __builtin_add_overflow(sum, n, &sum)
                         : f->op == SCHEMA_DIFFERENCE ? __builtin_sub_overflow(sum, n, &sum)
                                                      : __builtin_mul_overflow(sum, n, &sum);
        if (overflows)
            return refuse(t, f, WORD_SCHEMA_PROBLEM_NUMBER, STR(""));
        sum = i == 0 ? n : sum;
        any = true;
    }
    return any ? str_format(t->a, "%lld", (long long)sum) : STR("");
}

/* Hundredths of a per cent, half up; of nothing there is no share. */
static struct str share(struct taking *t, const struct schema_field *f, const struct schema_value *v)
{
    int64_t part, whole;

    if (!schema_number(v[f->of[0]].text, &part) || !schema_number(v[f->of[1]].text, &whole) || whole <= 0)
        return STR("");
    if (part < 0 || part > whole)
        return refuse(t, f, WORD_SCHEMA_PROBLEM_SHARE, STR(""));
    return str_format(t->a, "%lld", (long long)((part * 20000 + whole) / (2 * whole)));
}

bool schema_asks(const struct schema *s, const struct schema_value *value, size_t field)
{
    const struct schema_field *f = &s->field[field];

    if (f->when < 0)
        return true;
    for (size_t i = 0; i < f->is_count; i++)
        if (str_eq(f->is[i], value[f->when].text))
            return schema_asks(s, value, (size_t)f->when);
    return false;
}

static bool row_is_blank(const struct schema_field *f, const struct schema_value *row)
{
    for (size_t i = 0; i < f->field_count; i++)
        if (str_trim(row[i].text).n)
            return false;
    return true;
}

static void take_group(struct taking *t, const struct schema_field *f, const struct schema_value *typed, struct schema_value *ret)
{
    size_t most = typed->row_count < SCHEMA_ROWS_MAX ? typed->row_count : SCHEMA_ROWS_MAX;
    struct schema_value *row = ARENA_ARRAY(t->a, struct schema_value, most * f->field_count + 1);

    t->group = f;
    ret->row_count = 0;
    for (size_t r = 0; r < most; r++) {
        const struct schema_value *from = &typed->row[r * f->field_count];
        if (row_is_blank(f, from))
            continue;
        t->row = r;
        for (size_t i = 0; i < f->field_count; i++)
            row[ret->row_count * f->field_count + i] = (struct schema_value){.text = take_one(t, &f->field[i], from[i].text)};
        ret->row_count++;
    }
    t->group = NULL;
    ret->row = row;
    if (typed->row_count > SCHEMA_ROWS_MAX)
        refuse(t, f, WORD_SCHEMA_PROBLEM_ROWS, word_int(t->a, LANG_VI, SCHEMA_ROWS_MAX));
    if (f->required && !ret->row_count)
        refuse(t, f, WORD_PROBLEM_REQUIRED, STR(""));
}

static void check_order(struct taking *t, const struct schema_value *v)
{
    for (size_t i = 0; i < t->s->count; i++) {
        const struct schema_field *f = &t->s->field[i];
        struct date d;
        if (f->not_before < 0 || !v[i].text.n || !v[f->not_before].text.n || str_cmp(v[i].text, v[f->not_before].text) >= 0)
            continue;
        if (date_parse(v[f->not_before].text, &d) == OK)
            report(t, f, WORD_SCHEMA_PROBLEM_BEFORE, date_vietnamese(t->a, d), false);
    }
}

bool schema_take(const struct schema *s, struct arena *a, struct date today, const struct schema_value *typed, struct schema_value *ret,
                 schema_problem_fn *problem, void *arg)
{
    struct taking t = {.s = s, .a = a, .today = today, .problem = problem, .arg = arg, .is_good = true};

    for (size_t i = 0; i < s->count; i++) {
        const struct schema_field *f = &s->field[i];
        ret[i] = (struct schema_value){.text = STR("")};
        if (!schema_asks(s, ret, i))
            continue;
        if (f->type == SCHEMA_GROUP)
            take_group(&t, f, &typed[i], &ret[i]);
        else if (f->type == SCHEMA_COMPUTED)
            ret[i].text = compute(&t, f, ret);
        else if (f->type == SCHEMA_SHARE)
            ret[i].text = share(&t, f, ret);
        else
            ret[i].text = take_one(&t, f, typed[i].text);
    }
    check_order(&t, ret);
    return t.is_good;
}

/* ---- as people read it ---- */

struct str schema_text(struct arena *a, enum lang lang, const struct schema_field *f, struct str value)
{
    struct date d;
    int64_t n;

    if (!value.n)
        return STR("");
    if (f->type == SCHEMA_DATE && date_parse(value, &d) == OK)
        return date_vietnamese(a, d);
    if ((f->type == SCHEMA_NUMBER || f->type == SCHEMA_COMPUTED) && schema_number(value, &n))
        return word_int(a, lang, n);
    if (f->type == SCHEMA_MONEY && schema_number(value, &n))
        return word_money(a, lang, n);
    if (f->type == SCHEMA_SHARE && schema_number(value, &n))
        return word_percent(a, lang, n, 10000);
    if (f->type == SCHEMA_YES)
        return word(lang, str_eq(value, STR("1")) ? WORD_SCHEMA_YES : WORD_SCHEMA_NO);
    for (size_t i = 0; f->type == SCHEMA_CHOICE && i < f->choice_count; i++)
        if (str_eq(f->choice[i].code, value))
            return f->choice[i].label[lang];
    return value;
}

struct str schema_fill(const struct schema *s, struct arena *a, enum lang lang, struct str text, const struct schema_value *value, schema_say_fn *say,
                       void *arg)
{
    struct buf b = buf_in(a);

    while (text.n) {
        size_t open = str_find(text, STR("{"));
        struct str after = open == STR_NONE ? STR("") : str_sub(text, open + 1, text.n);
        size_t close = str_find(after, STR("}"));
        int f = close == STR_NONE ? -1 : schema_find(s->field, s->count, str_sub(after, 0, close));
        if (close == STR_NONE) {
            buf_put(&b, text);
            break;
        }
        buf_put(&b, str_sub(text, 0, open));
        if (f < 0)
            buf_put(&b, str_sub(text, open, close + 2));
        else {
            struct str said = say ? say(arg, &s->field[f], value[f].text) : (struct str){NULL, 0};
            buf_put(&b, said.p ? said : schema_text(a, lang, &s->field[f], value[f].text));
        }
        text = str_sub(after, close + 1, after.n);
    }
    return b.n ? buf_str(&b) : STR("");
}
