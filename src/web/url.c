#include "web/url.h"

#include "base/text.h"

enum { OWN_PARTS = 6, OWN_MAX = 2000 };

struct url url_with_int(struct arena *a, struct url url, const char *name, int64_t value)
{
    return url_with(a, url, name, str_format(a, "%lld", (long long)value));
}

static struct url with_unit(struct arena *a, struct url url, int64_t unit)
{
    return unit ? url_with_int(a, url, "don-vi", unit) : url;
}

struct url url_sign_in(struct arena *a, struct str back)
{
    struct url url = URL_PATH(a, "/dang-nhap");

    return back.n ? url_with(a, url, "tiep", back) : url;
}

struct url url_queue(struct arena *a)
{
    return URL_PATH(a, "/cb/viec");
}

struct url url_unit_queue(struct arena *a, int64_t unit)
{
    return with_unit(a, URL_PATH(a, "/cb/viec-phong"), unit);
}

struct url url_intake(struct arena *a)
{
    return URL_PATH(a, "/cb/tiep-nhan");
}

struct url url_intake_of(struct arena *a, int64_t unit, struct str procedure)
{
    struct url url = with_unit(a, url_intake(a), unit);

    return procedure.n ? url_with(a, url, "thu-tuc", procedure) : url;
}

struct url url_search(struct arena *a, struct str words)
{
    return url_with(a, URL_PATH(a, "/cb/tim"), "q", words);
}

struct url url_hand_over(struct arena *a, int64_t unit)
{
    return with_unit(a, URL_PATH(a, "/cb/ban-giao"), unit);
}

struct url url_return(struct arena *a, int64_t unit)
{
    return with_unit(a, URL_PATH(a, "/cb/tra-ket-qua"), unit);
}

struct url url_register(struct arena *a)
{
    return URL_PATH(a, "/cb/so-theo-doi");
}

struct url url_dossier(struct arena *a, struct str code)
{
    return URL_PATH(a, "/cb/ho-so/%", code);
}

struct url url_dossier_page(struct arena *a, struct str code, struct str page)
{
    return URL_PATH(a, "/cb/ho-so/%/%", code, page);
}

/* ---- addresses from outside ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %XX and, in a query, + for a blank. False: broken, or not text. */
static bool decode(struct arena *a, struct str in, bool is_query, struct str *ret)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i];
        if (c == '%') {
            int high = i + 2 < in.n ? hex_digit(in.p[i + 1]) : -1, low = i + 2 < in.n ? hex_digit(in.p[i + 2]) : -1;
            if (i + 2 == in.n || high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (is_query && c == '+') {
            c = ' ';
        }
        buf_char(&b, c);
    }
    *ret = buf_str(&b);
    return text_is_utf8(*ret) && !text_has_control(*ret);
}

static bool path_own(struct arena *a, struct str path, struct url *ret)
{
    static const char *const FORMAT[OWN_PARTS + 1] = {"/",        "/%",         "/%/%",        "/%/%/%",
                                                      "/%/%/%/%", "/%/%/%/%/%", "/%/%/%/%/%/%"};
    struct str part[OWN_PARTS], rest = str_sub(path, 1, path.n), piece;
    size_t n = 0;

    while (str_split(&rest, '/', &piece)) {
        if (n == OWN_PARTS || str_is_empty(piece) || !decode(a, piece, false, &part[n++]))
            return false;
    }
    *ret = url_path(a, FORMAT[n], part, n);
    return true;
}

bool url_own(struct arena *a, struct str text, struct url *ret)
{
    size_t mark = str_find(text, STR("?"));
    struct str path = str_sub(text, 0, mark), query = mark == STR_NONE ? STR("") : str_sub(text, mark + 1, text.n),
               pair;
    struct url url;

    if (text.n == 0 || text.n > OWN_MAX || text.p[0] != '/' || !path_own(a, path, &url))
        return false;
    while (str_split(&query, '&', &pair)) {
        struct str name, value = pair;
        if (!str_split(&value, '=', &name) || !decode(a, name, true, &name) || !decode(a, value, true, &value))
            return false;
        url = url_with(a, url, str_z(a, name), value);
    }
    *ret = url;
    return true;
}
