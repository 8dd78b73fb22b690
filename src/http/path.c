#include "http/path.h"

#include "base/text.h"
#include "http/clean.h"

/* Is every "%" followed by two digits that do not hide a separator or an end? */
static bool escapes_are_safe(struct str raw)
{
    for (size_t i = 0; i < raw.n; i++) {
        if (raw.p[i] != '%')
            continue;
        if (raw.n - i < 3)
            return false;
        int high = clean_hex(raw.p[i + 1]), low = clean_hex(raw.p[i + 2]);
        int byte = high * 16 + low;
        if (high < 0 || low < 0 || byte == 0 || byte == '/' || byte == '\\')
            return false;
        i += 2;
    }
    return true;
}

static bool parts_are_safe(struct str path)
{
    struct str rest = str_sub(path, 1, path.n), part;

    while (str_split(&rest, '/', &part))
        if (part.n == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
    return true;
}

enum err path_decode(struct arena *a, struct str raw, struct str *ret)
{
    if (raw.n > HTTP_PATH_MAX)
        return ERR_LIMIT;
    if (raw.n == 0 || raw.p[0] != '/' || memchr(raw.p, '\\', raw.n) || !escapes_are_safe(raw))
        return ERR_INVALID;
    struct str path = clean_unescape(a, raw, /* plus= */ false);
    if (!text_is_utf8(path) || text_has_control(path) || memchr(path.p, '\n', path.n) ||
        memchr(path.p, '\t', path.n) || !parts_are_safe(path))
        return ERR_INVALID;
    *ret = text_nfc(a, path);
    return OK;
}

bool path_part(struct str *rest, struct str *ret_part)
{
    if (rest->n == 0)
        return false;
    const char *from = rest->p + 1; /* behind the slash */
    const char *end = rest->p + rest->n;
    const char *slash = memchr(from, '/', (size_t)(end - from));

    if (!slash)
        slash = end;
    *ret_part = (struct str){from, (size_t)(slash - from)};
    *rest = (struct str){slash, (size_t)(end - slash)};
    return true;
}

struct path_pattern path_pattern(struct str part)
{
    size_t close = str_has_prefix(part, STR("{")) ? str_find(part, STR("}")) : STR_NONE;

    if (close == STR_NONE)
        return (struct path_pattern){false, part};
    return (struct path_pattern){true, str_sub(part, close + 1, part.n)};
}

bool path_takes(struct path_pattern pattern, struct str part, struct str *ret_value)
{
    if (!pattern.is_open)
        return str_eq(pattern.text, part);
    if (part.n <= pattern.text.n || !str_has_suffix(part, pattern.text))
        return false;
    *ret_value = str_sub(part, 0, part.n - pattern.text.n);
    return true;
}

bool http_match(const char *pattern, struct str path, struct str part[HTTP_PATH_PARTS])
{
    struct str pattern_rest = str_of(pattern), want, have, value;
    struct str found[HTTP_PATH_PARTS] = {0};
    size_t count = 0;

    if (!str_has_prefix(path, STR("/")))
        return false;
    while (path_part(&pattern_rest, &want)) {
        struct path_pattern p = path_pattern(want);

        if (!path_part(&path, &have) || !path_takes(p, have, &value))
            return false;
        if (!p.is_open)
            continue;
        if (count == HTTP_PATH_PARTS)
            BUG("%s has more than %d parts", pattern, HTTP_PATH_PARTS);
        found[count++] = value;
    }
    if (path.n)
        return false;
    for (size_t i = 0; i < HTTP_PATH_PARTS; i++)
        part[i] = i < count ? found[i] : STR("");
    return true;
}
