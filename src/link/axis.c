#include "link/axis.h"

#include "crypto/hash.h"
#include "crypto/hex.h"
#include "format/base64.h"
#include "format/form_text.h"
#include "format/json.h"
#include "link/fetch.h"

static enum err ask(struct arena *a, const struct axis *axis, const char *what, const char *field, struct str value, struct str refused, struct json *ret)
{
    struct hash seal = hash_hmac(axis->secret, value);
    struct buf form = buf_in(a);
    struct fetch question = {.url = str_format(a, "%" PRIstr "/%s", STR_ARG(axis->address), what), .content_type = STR("application/x-www-form-urlencoded")};
    struct str answer;

    form_text_put(&form, "peer", axis->system);
    form_text_put(&form, field, value);
    form_text_put(&form, "seal", hex_encode(a, hash_str(&seal)));
    if (refused.n)
        form_text_put(&form, "refused", refused);
    question.body = buf_str(&form);
    enum err err = link_fetch(a, &question, &answer);
    return !err && json_parse(a, answer, ret, NULL) ? ERR_INVALID : err;
}

enum err axis_list(struct arena *a, const struct axis *axis, struct str now, struct str **ret_id, size_t *ret_count)
{
    struct json said, list;
    enum err err = ask(a, axis, "cho", "at", now, STR(""), &said);

    if (err)
        return err;
    list = json_get(said, "messages");
    size_t count = json_length(list);
    if (json_kind(list) != JSON_KIND_ARRAY || count > AXIS_LIST_MAX)
        return ERR_INVALID;
    struct str *id = ARENA_ARRAY(a, struct str, count);
    for (size_t i = 0; i < count; i++) {
        if (json_kind(json_at(list, i)) != JSON_KIND_TEXT)
            return ERR_INVALID;
        id[i] = json_as_text(json_at(list, i));
    }
    *ret_id = id;
    *ret_count = count;
    return OK;
}

enum err axis_get(struct arena *a, const struct axis *axis, struct str id, struct str *ret_bytes)
{
    struct json said;
    enum err err = ask(a, axis, "lay", "id", id, STR(""), &said);

    return err ? err : base64_decode(a, json_text(said, "message"), ret_bytes);
}

enum err axis_done(struct arena *a, const struct axis *axis, struct str id, struct str refused)
{
    struct json said;

    return ask(a, axis, "xong", "id", id, refused, &said);
}
