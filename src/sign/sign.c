#include "sign/sign.h"

#include "crypto/hex.h"
#include "sign/field.h"
#include "sign/mark.h"
#include "sign/prepared.h"
#include "sign/signing.h"
#include "sign/stamp.h"
#include "sign/update.h"

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

enum { STAMP_ROOM = 16384 };

/* The file with the hole, its range already written: everything but the message. */
static enum err build_in(struct signing *s, struct str bytes, size_t room)
{
    struct pdf *pdf;
    enum err err = pdf_open(s->work, bytes, &pdf, &s->why);

    if (!err)
        err = signing_check(pdf, &s->why);
    if (err)
        return err;
    update_begin(&s->u, s->work, pdf);
    err = build(s, room);
    if (err)
        return err;
    update_end(&s->u, str_format(s->work, "%zu %lld", s->u.out.n, (long long)s->order->now.ms));
    struct str range = str_format(s->work, "[0 %zu %zu %zu]", s->contents_at, s->contents_end, s->u.out.n - s->contents_end);
    memcpy(s->u.out.p + s->range_at, range.p, range.n);
    return OK;
}

/* What lies on both sides of the hole is what is signed. */
static struct str before_hole(const struct prepared *p)
{
    return str_sub(p->pdf, 0, p->hole_at);
}

static struct str after_hole(const struct prepared *p)
{
    return str_sub(p->pdf, p->hole_end, p->pdf.n);
}

static struct prepared prepared_of(struct signing *s)
{
    return (struct prepared){.pdf = buf_str(&s->u.out), .hole_at = s->contents_at, .hole_end = s->contents_end};
}

/* A copy of the file with the message in its hole. ERR_LIMIT: the message is too long for it. */
static enum err fill(struct arena *a, const struct prepared *p, struct str message, struct str *ret)
{
    size_t room = p->hole_end - p->hole_at - 2;
    struct str digits = hex_encode(a, message);
    struct buf b = buf_in(a);

    if (digits.n > room)
        return ERR_LIMIT;
    buf_put(&b, str_sub(p->pdf, 0, p->hole_at + 1));
    buf_put(&b, digits);
    buf_put(&b, str_sub(p->pdf, p->hole_at + 1 + digits.n, p->pdf.n));
    *ret = buf_str(&b);
    return OK;
}

static struct signing *signing_new(struct arena *work, const struct sign_order *order, bool is_stamp)
{
    struct signing *s = ARENA_NEW(work, struct signing);

    *s = (struct signing){.order = order, .is_stamp = is_stamp, .work = work, .why = ""};
    return s;
}

static enum err stamp_in(struct signing *s, struct str pdf, struct str *ret)
{
    const struct sign_stamper *stamper = s->order->stamper;
    struct str reply, token;
    enum err err = build_in(s, pdf, STAMP_ROOM);

    if (err)
        return err;
    struct prepared p = prepared_of(s);
    struct buf whole = buf_in(s->work);
    buf_put(&whole, before_hole(&p));
    buf_put(&whole, after_hole(&p));
    struct str request = stamp_request(s->work, buf_str(&whole));
    err = stamper->ask(stamper->arg, s->work, request, &reply);
    if (!err)
        err = stamp_from_reply(s->work, request, reply, &token);
    if (err) {
        s->why = "the time-stamp authority does not answer";
        return err == ERR_INVALID ? ERR_UNAVAILABLE : err;
    }
    return fill(s->work, &p, token, ret);
}

enum err signing_stamp(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret, const char **ret_why)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct signing *s = signing_new(work, order, true);
    struct str made;
    enum err err = stamp_in(s, pdf, &made);

    if (!err)
        *ret = str_copy(a, made);
    else if (ret_why)
        *ret_why = s->why;
    arena_free(work);
    return err;
}

enum err sign_prepare_pdf(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret_prepared, struct str *ret_to_sign,
                          const char **ret_why)
{
    const struct message_order message = {.key = order->key, .stamper = order->stamper, .now = order->now};

    if (order->reason.n > SIGN_REASON_MAX || order->location.n > SIGN_REASON_MAX)
        return ERR_LIMIT;
    struct arena *work = arena_new(WORK_BYTES);
    struct signing *s = signing_new(work, order, false);
    enum err err = build_in(s, pdf, message_room(&message));
    if (!err) {
        struct prepared p = prepared_of(s);
        message_draft(work, before_hole(&p), after_hole(&p), &message, &p.draft);
        *ret_prepared = prepared_write(a, &p);
        *ret_to_sign = str_copy(a, p.draft.attributes);
    } else if (ret_why) {
        *ret_why = s->why;
    }
    arena_free(work);
    return err;
}

enum err sign_finish_pdf(struct arena *a, struct str prepared, struct str signature, const struct sign_stamper *stamper, struct str *ret)
{
    struct prepared p;
    struct str message, made;
    enum err err = prepared_read(prepared, &p);

    if (err || !p.pdf.n)
        return ERR_INVALID;
    struct arena *work = arena_new(WORK_BYTES);
    err = message_finish(work, &p.draft, before_hole(&p), after_hole(&p), signature, stamper, &message);
    if (!err)
        err = fill(work, &p, message, &made);
    if (!err)
        *ret = str_copy(a, made);
    arena_free(work);
    return err;
}

void sign_prepare_cms(struct arena *a, struct str content, const struct sign_order *order, struct str *ret_prepared, struct str *ret_to_sign)
{
    const struct message_order message = {.key = order->key, .says_time = true, .now = order->now};
    struct prepared p = {0};

    message_draft(a, content, STR(""), &message, &p.draft);
    *ret_prepared = prepared_write(a, &p);
    *ret_to_sign = p.draft.attributes;
}

enum err sign_finish_cms(struct arena *a, struct str prepared, struct str content, struct str signature, const struct sign_stamper *stamper,
                         struct str *ret)
{
    struct prepared p;
    struct str made;
    enum err err = prepared_read(prepared, &p);

    if (err || p.pdf.n)
        return ERR_INVALID;
    struct arena *work = arena_new(WORK_BYTES);
    err = message_finish(work, &p.draft, content, STR(""), signature, stamper, &made);
    if (!err)
        *ret = str_copy(a, made);
    arena_free(work);
    return err;
}

/* A token that signs what does not hold does not answer as it must. */
static enum err of_token(enum err err)
{
    return err == ERR_INVALID ? ERR_UNAVAILABLE : err;
}

enum err sign_pdf(struct arena *a, struct str pdf, const struct sign_order *order, struct str *ret, const char **ret_why)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct str prepared, to_sign, signature;
    enum err err = sign_prepare_pdf(work, pdf, order, &prepared, &to_sign, ret_why);

    if (!err) {
        err = sign_key_sign(work, order->key, to_sign, &signature);
        if (!err)
            err = of_token(sign_finish_pdf(a, prepared, signature, order->stamper, ret));
        if (err && ret_why)
            *ret_why = "the token or the time-stamp authority does not answer";
    }
    arena_free(work);
    return err;
}

enum err sign_cms(struct arena *a, struct str content, const struct sign_order *order, struct str *ret)
{
    struct arena *work = arena_new(WORK_BYTES);
    struct str prepared, to_sign, signature;

    sign_prepare_cms(work, content, order, &prepared, &to_sign);
    enum err err = sign_key_sign(work, order->key, to_sign, &signature);
    if (!err)
        err = of_token(sign_finish_cms(a, prepared, content, signature, order->stamper, ret));
    arena_free(work);
    return err;
}
