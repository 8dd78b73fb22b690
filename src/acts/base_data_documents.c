#include "acts/base_data_documents.h"

#include "acts/document.h"
#include "sql_unit.h"

static enum err checked(struct base_loading *b, const char *what, struct str which, enum err err)
{
    return err == ERR_INVALID || err == ERR_NOT_FOUND ? base_fault(b, what, which) : err;
}

enum err base_document_type_load(struct base_loading *b, struct json o)
{
    struct act_document_type_set act = {.code = json_text(o, "code"), .name = json_text(o, "name"), .symbol = json_text(o, "symbol"),
                                        .is_law = json_bool(o, "is_law")};

    if (yaml_int(o, "sort_no", 0, 1000000, &act.sort_no))
        return base_fault(b, "sort_no is wrong in type", act.code);
    return checked(b, "type", act.code, act_document_type_set(&act, b->ctx));
}

enum err base_document_series_load(struct base_loading *b, struct json o)
{
    struct act_series_save act = {.code = json_text(o, "code"), .name = json_text(o, "name"), .types = json_text(o, "types"),
                                  .from = DATE_MIN, .to = DATE_NEVER};

    return checked(b, "series", act.code, act_series_save(&act, b->ctx));
}

enum err base_document_issuer_load(struct base_loading *b, struct json o)
{
    struct act_issuer_set act = {.above = json_text(o, "above"), .name = json_text(o, "name"), .symbol = json_text(o, "symbol"),
                                 .body = json_text(o, "body"), .place = json_text(o, "place"), .organ = json_text(o, "organ")};
    struct q_unit_by_code_any unit;
    struct str code = json_text(o, "unit");
    enum err err = q_unit_by_code_any(b->ctx->tx, b->ctx->arena, code, &unit);

    if (err)
        return checked(b, "there is no unit", code, err);
    act.unit = unit.id;
    return checked(b, "issuer", code, act_issuer_set(&act, b->ctx));
}
