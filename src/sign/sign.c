#include "sign/sign.h"

#include "crypto/hex.h"
#include "sign/field.h"
#include "sign/mark.h"
#include "sign/message.h"
#include "sign/signing.h"
#include "sign/stamp.h"
#include "sign/pdf_value.h"

#define WORK_BYTES ((size_t)2 << 30)

/* One signature being put into a file. */
struct signing {
    const struct sign_order *order;
    bool is_stamp; /* a time-stamp authority signs the document, not a person */
    struct arena *work;
    struct update u;
    const struct pdf_value *page, *page_reference;
    int32_t signature, widget;
    struct mark_drawn drawn;
    size_t range_at, contents_at, contents_end; /* where the holes are */
    const char *why;
};

/* May this file be signed? */
enum err signing_check(struct pdf *pdf, const char **ret_why)
{
    struct sign_fields fields;
    enum err err = sign_fields_find(pdf, &fields);

    if (err)
        return err;
    for (size_t i = 0; i < fields.count; i++) {
        if (fields.field[i].certified == 1) {
            *ret_why = "it is certified against any change";
            return ERR_FORBIDDEN;
        }
    }
    if (pdf_is_encrypted(pdf)) {
        *ret_why = "it is encrypted";
        return ERR_FORBIDDEN;
    }
    return OK;
}

/* A name that no field of the form has: "Signature3". */
static struct str fresh_name(struct signing *s, const struct pdf_value *fields)
{
    struct arena *a = s->work;

    for (int n = 1;; n++) {
        struct str name = str_format(a, "Signature%d", n);
        bool taken = false;
        for (const struct pdf_member *m = fields->kind == PDF_ARRAY ? fields->member : NULL; m && !taken; m = m->next)
            taken = str_eq(pdf_text(a, pdf_get(s->u.view, pdf_resolve(s->u.view, m->value), "T")), name);
        if (!taken)
            return name;
    }
}

/* "[ … 12 0 R ]": the list as it was, and one more. */
static struct str list_with(struct signing *s, const struct pdf_value *list, int32_t number)
{
    struct buf b = buf_in(s->work);

    buf_char(&b, '[');
    for (const struct pdf_member *m = list->kind == PDF_ARRAY ? list->member : NULL; m; m = m->next) {
        buf_put(&b, m->value->raw);
        buf_char(&b, ' ');
    }
    buf_format(&b, "%d 0 R]", (int)number);
    return buf_str(&b);
}

static void put_object(struct signing *s, const struct pdf_value *reference, const struct pdf_value *dict, const struct update_member *member,
                       size_t count)
{
    update_object(&s->u, (int32_t)reference->integer, reference->generation);
    update_put_dict(&s->u.out, dict, member, count);
    update_object_end(&s->u);
}

/* Puts the widget into a list that is a member of `holder`: into the list, where that is an object of its
 * own; else the text of the new list is given back for the holder. */
static struct str grow_list(struct signing *s, const struct pdf_value *holder, const char *key)
{
    const struct pdf_value *raw = pdf_get_raw(holder, key);
    struct str list = list_with(s, pdf_resolve(s->u.view, raw), s->widget);
    bool is_object = raw->kind == PDF_REF && pdf_resolve(s->u.view, raw)->kind == PDF_ARRAY;

    if (!is_object)
        return list;
    update_object(&s->u, (int32_t)raw->integer, raw->generation);
    buf_put(&s->u.out, list);
    update_object_end(&s->u);
    return raw->raw;
}

static void put_page(struct signing *s)
{
    struct str list = grow_list(s, s->page, "Annots");

    if (pdf_get_raw(s->page, "Annots")->kind == PDF_REF && !str_has_prefix(list, STR("[")))
        return;
    put_object(s, s->page_reference, s->page, &(struct update_member){"Annots", list}, 1);
}

static void put_form(struct signing *s)
{
    const struct pdf_value *root_reference = pdf_get_raw(pdf_trailer(s->u.pdf, 0), "Root");
    const struct pdf_value *root = pdf_resolve(s->u.view, root_reference), *raw = pdf_get_raw(root, "AcroForm");
    const struct pdf_value *form = pdf_resolve(s->u.view, raw);
    const struct update_member member[] = {{"Fields", grow_list(s, form, "Fields")}, {"SigFlags", STR("3")}};
    int32_t number = 0;

    if (raw->kind == PDF_REF && pdf_is_dict(form)) {
        put_object(s, raw, form, member, 2);
        return;
    }
    if (form->kind != PDF_DICT) {
        number = update_number(&s->u);
        update_object(&s->u, number, 0);
        update_put_dict(&s->u.out, form, member, 2);
        update_object_end(&s->u);
    }
    struct buf b = buf_in(s->work);
    if (number)
        buf_format(&b, "%d 0 R", (int)number);
    else
        update_put_dict(&b, form, member, 2);
    put_object(s, root_reference, root, &(struct update_member){"AcroForm", buf_str(&b)}, 1);
}

static void put_widget(struct signing *s, struct str name)
{
    const struct sign_mark *mark = s->order->mark;
    struct buf *b = &s->u.out;
    int width = mark && mark->width ? mark->width : s->drawn.width, height = mark && mark->height ? mark->height : s->drawn.height;

    update_object(&s->u, s->widget, 0);
    buf_put(b, STR("<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 /T "));
    update_put_text(b, name);
    if (mark)
        buf_format(b, " /Rect [%d %d %d %d] /AP << /N %d 0 R >>", mark->x, mark->y, mark->x + width, mark->y + height, (int)s->drawn.number);
    else
        buf_put(b, STR(" /Rect [0 0 0 0]"));
    buf_format(b, " /P %" PRIstr " /V %d 0 R >>", STR_ARG(s->page_reference->raw), (int)s->signature);
    update_object_end(&s->u);
}

/* "D:20180212163000Z" */
static struct str pdf_time(struct arena *a, struct instant t)
{
    struct str iso = instant_iso(a, t);
    return str_format(a, "D:%.4s%.2s%.2s%.2s%.2s%.2sZ", iso.p, iso.p + 5, iso.p + 8, iso.p + 11, iso.p + 14, iso.p + 17);
}

enum { RANGE_WIDTH = 45 };

static void put_signature(struct signing *s, size_t room)
{
    struct buf *b = &s->u.out;
    const struct sign_order *o = s->order;

    update_object(&s->u, s->signature, 0);
    buf_format(b, "<< /Type /%s /Filter /Adobe.PPKLite /SubFilter /%s", s->is_stamp ? "DocTimeStamp" : "Sig",
               s->is_stamp ? "ETSI.RFC3161" : "ETSI.CAdES.detached");
    if (!s->is_stamp)
        buf_format(b, " /M (%" PRIstr ")", STR_ARG(pdf_time(s->work, o->now)));
    if (o->reason.n) {
        buf_put(b, STR(" /Reason "));
        update_put_text(b, o->reason);
    }
    if (o->location.n) {
        buf_put(b, STR(" /Location "));
        update_put_text(b, o->location);
    }
    buf_put(b, STR(" /ByteRange "));
    s->range_at = b->n;
    for (int i = 0; i < RANGE_WIDTH; i++)
        buf_char(b, ' ');
    buf_put(b, STR(" /Contents "));
    s->contents_at = b->n;
    buf_char(b, '<');
    for (size_t i = 0; i < room * 2; i++)
        buf_char(b, '0');
    buf_char(b, '>');
    s->contents_end = b->n;
    buf_put(b, STR(" >>"));
    update_object_end(&s->u);
}

static enum err build(struct signing *s, size_t room)
{
    const struct pdf_value *root = pdf_get(s->u.view, pdf_trailer(s->u.pdf, 0), "Root");
    const struct pdf_value *fields = pdf_get(s->u.view, pdf_get(s->u.view, root, "AcroForm"), "Fields");
    enum err err = page_find(s->u.view, s->order->mark ? s->order->mark->page : 1, &s->page_reference, &s->page);

    if (err) {
        s->why = "it has no such page";
        return err;
    }
    if (s->order->mark && (err = mark_draw(&s->u, s->order->mark->pdf, &s->drawn))) {
        s->why = "the visible mark is not a plain PDF of one page";
        return err;
    }
    s->signature = update_number(&s->u);
    s->widget = update_number(&s->u);
    put_widget(s, fresh_name(s, fields));
    put_page(s);
    put_form(s);
    put_signature(s, room);
    if (pdf_doubt(s->u.pdf)) {
        s->why = pdf_doubt(s->u.pdf);
        return ERR_INVALID;
    }
    return OK;
}

static enum err message_of(struct signing *s, struct str before, struct str after, struct str *ret)
{
    const struct sign_order *o = s->order;
    struct message_order order = {.key = o->key, .stamper = o->stamper, .now = o->now};
    struct str reply;

    if (!s->is_stamp)
        return message_make(s->work, before, after, &order, ret);
    struct buf whole = buf_in(s->work);
    buf_put(&whole, before);
    buf_put(&whole, after);
    struct str request = stamp_request(s->work, buf_str(&whole));
    enum err err = o->stamper->ask(o->stamper->arg, s->work, request, &reply);
    if (!err)
        err = stamp_from_reply(s->work, request, reply, ret);
    return err == ERR_INVALID ? ERR_UNAVAILABLE : err;
}

/* Fills the holes: first the range, which is signed, then the message, which signs. */
static enum err fill(struct signing *s)
{
    char *out = s->u.out.p;
    size_t n = s->u.out.n;
    struct str message;
    struct str range = str_format(s->work, "[0 %zu %zu %zu]", s->contents_at, s->contents_end, n - s->contents_end);

    memcpy(out + s->range_at, range.p, range.n);
    enum err err = message_of(s, (struct str){out, s->contents_at}, (struct str){out + s->contents_end, n - s->contents_end}, &message);
    if (err) {
        s->why = "the token or the time-stamp authority does not answer";
        return err;
    }
    struct str digits = hex_encode(s->work, message);
    if (digits.n > s->contents_end - s->contents_at - 2)
        return ERR_LIMIT;
    memcpy(out + s->contents_at + 1, digits.p, digits.n);
    return OK;
}

enum { STAMP_ROOM = 16384 };

static enum err sign_in(struct signing *s, struct str bytes)
{
    struct message_order order = {.key = s->order->key, .stamper = s->order->stamper, .now = s->order->now};
    struct pdf *pdf;
    enum err err = pdf_open(s->work, bytes, &pdf, &s->why);

    if (!err)
        err = signing_check(pdf, &s->why);
    if (err)
        return err;
    update_begin(&s->u, s->work, pdf);
    err = build(s, s->is_stamp ? STAMP_ROOM : message_room(&order));
    if (err)
        return err;
    update_end(&s->u, str_format(s->work, "%zu %lld", s->u.out.n, (long long)s->order->now.ms));
    return fill(s);
}

enum err sign_pdf(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret, const char **ret_why)
{
    if (order->reason.n > SIGN_REASON_MAX || order->location.n > SIGN_REASON_MAX)
        return ERR_LIMIT;
    return signing_do(a, pdf, order, false, ret, ret_why);
}

enum err signing_do(struct arena *a, struct str pdf, const struct sign_order *order, bool is_stamp, struct str *ret, const char **ret_why)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct signing *s = ARENA_NEW(work, struct signing);

    *s = (struct signing){.order = order, .is_stamp = is_stamp, .work = work, .why = ""};
    enum err err = sign_in(s, pdf);
    if (!err)
        *ret = str_copy(a, buf_str(&s->u.out));
    else if (ret_why)
        *ret_why = s->why;
    arena_free(work);
    return err;
}

enum err sign_cms(struct arena *a, struct str content, const struct sign_order *order, struct str *ret)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct message_order message = {.key = order->key, .says_time = true, .now = order->now, .stamper = order->stamper};
    struct str made;
    enum err err = message_make(work, content, STR(""), &message, &made);

    if (!err)
        *ret = str_copy(a, made);
    arena_free(work);
    return err;
}
