/* edXML: messages written are read the same, the messages of others are understood, what is wrong is named. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "format/base64.h"
#include "format/edxml.h"
#include "format/edxml_shape.h"

static struct arena *a;
static struct fault fault;

static int begin(void **state)
{
    (void)state;
    a = arena_new((size_t)1 << 30);
    fault = (struct fault){.why = STR("")};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

/* ---- comparing and drawing, by the tables ---- */

static uint64_t seed;

static unsigned draw(unsigned n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed % n);
}

static struct str word(void)
{
    static const char *const PIECE[] = {"a", "Z", "0", "&", "<", ">", "\"", "'", " ", "ă", "Ủ", "ệ", "đ", "\n", "]]>", ",", "/", "😀"};
    struct buf b = buf_in(a);

    buf_char(&b, (char)('a' + draw(26)));
    for (unsigned n = draw(12); n > 0; n--)
        buf_put(&b, str_of(PIECE[draw(sizeof PIECE / sizeof *PIECE)]));
    buf_char(&b, (char)('a' + draw(26)));
    return buf_str(&b);
}

static void draw_shape(const struct edxml_shape *shape, void *base, bool is_all);

static void draw_field(const struct edxml_field *f, void *base, bool is_all)
{
    char *p = (char *)base + f->at;
    bool is_said = is_all || f->is_mandatory || draw(2);

    if (!is_said)
        return;
    switch (f->kind) {
    case EDXML_TEXT: *(struct str *)(void *)p = word(); break;
    case EDXML_NUMBER: *(int64_t *)(void *)p = 1 + draw(100000); break;
    case EDXML_CHOICE: *(int64_t *)(void *)p = draw(4); break;
    case EDXML_CODE: *(int64_t *)(void *)p = 1 + draw(6); break;
    case EDXML_DATE: *(struct date *)(void *)p = (struct date){1 + (int)draw(100000)}; break;
    case EDXML_TIME: *(struct local *)(void *)p = (struct local){{1 + (int)draw(100000)}, (int)draw(86400) * 1000}; break;
    case EDXML_GROUP: draw_shape(f->shape, p, is_all); break;
    case EDXML_LIST:
    case EDXML_TEXTS: {
        size_t size = f->shape ? f->shape->size : sizeof(struct str);
        struct edxml_list list = {arena_alloc(a, 4, size, alignof(max_align_t)), 1 + draw(3)};
        for (size_t i = 0; i < list.n; i++) {
            char *item = (char *)list.p + i * size;
            if (f->shape)
                draw_shape(f->shape, item, true);
            else
                *(struct str *)(void *)item = word();
        }
        edxml_list_set(base, f, list);
    }
    }
}

static void draw_shape(const struct edxml_shape *shape, void *base, bool is_all)
{
    for (size_t i = 0; i < shape->field_count; i++)
        draw_field(&shape->field[i], base, is_all);
}

static void assert_shape(const struct edxml_shape *shape, const void *x, const void *y);

static void assert_field(const struct edxml_field *f, const void *x, const void *y)
{
    const char *p = (const char *)x + f->at, *q = (const char *)y + f->at;

    switch (f->kind) {
    case EDXML_TEXT: assert_str(*(const struct str *)(const void *)q, *(const struct str *)(const void *)p); break;
    case EDXML_NUMBER:
    case EDXML_CHOICE:
    case EDXML_CODE: assert_int_equal(*(const int64_t *)(const void *)p, *(const int64_t *)(const void *)q); break;
    case EDXML_DATE: assert_int_equal(((const struct date *)(const void *)p)->day, ((const struct date *)(const void *)q)->day); break;
    case EDXML_TIME: assert_int_equal(local_cmp(*(const struct local *)(const void *)p, *(const struct local *)(const void *)q), 0); break;
    case EDXML_GROUP: assert_shape(f->shape, p, q); break;
    case EDXML_LIST:
    case EDXML_TEXTS: {
        struct edxml_list one = edxml_list_of(x, f), two = edxml_list_of(y, f);
        assert_int_equal(one.n, two.n);
        for (size_t i = 0; i < one.n; i++) {
            size_t size = f->shape ? f->shape->size : sizeof(struct str);
            const char *u = (const char *)one.p + i * size, *v = (const char *)two.p + i * size;
            if (f->shape)
                assert_shape(f->shape, u, v);
            else
                assert_str(*(const struct str *)(const void *)v, *(const struct str *)(const void *)u);
        }
    }
    }
}

static void assert_shape(const struct edxml_shape *shape, const void *x, const void *y)
{
    for (size_t i = 0; i < shape->field_count; i++)
        assert_field(&shape->field[i], x, y);
}

static void assert_same(const struct edxml *x, const struct edxml *y)
{
    assert_int_equal(x->is_status, y->is_status);
    assert_shape(&EDXML_MESSAGE_HEADER, &x->document, &y->document);
    assert_shape(&EDXML_TRACES, &x->document, &y->document);
    assert_shape(&EDXML_ERRORS, &x->document, &y->document);
    assert_shape(&EDXML_STATUS_HEADER, &x->status, &y->status);
    assert_shape(&EDXML_STATUS_ERRORS, &x->status, &y->status);
    assert_str(y->signature, x->signature);
    assert_int_equal(x->attachment_count, y->attachment_count);
    for (size_t i = 0; i < x->attachment_count; i++) {
        assert_str(y->attachment[i].content_id, x->attachment[i].content_id);
        assert_str(y->attachment[i].name, x->attachment[i].name);
        assert_str(y->attachment[i].media, x->attachment[i].media);
        assert_str(y->attachment[i].description, x->attachment[i].description);
        assert_str(y->attachment[i].bytes, x->attachment[i].bytes);
    }
}

static struct edxml written_and_read(const struct edxml *m)
{
    struct edxml back;
    struct str bytes;

    if (edxml_write(a, m, &bytes, &fault))
        fail_msg("not written: %.*s", STR_ARG(fault.why));
    if (edxml_read(a, bytes, &back, &fault))
        fail_msg("not read, line %zu: %.*s", fault.line, STR_ARG(fault.why));
    if (back.defect_total)
        fail_msg("line %zu: %.*s", back.defect[0].line, STR_ARG(back.defect[0].why));
    return back;
}

#define SIGNATURE                                                                                                      \
    "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue>AAAA</SignatureValue></Signature>"

static void test_random_messages_come_back(void **state)
{
    (void)state;
    seed = 20180927;
    for (int turn = 0; turn < 400; turn++) {
        struct edxml m = {.is_status = turn % 3 == 0, .signature = draw(2) ? STR(SIGNATURE) : STR("")};
        if (m.is_status) {
            draw_shape(&EDXML_STATUS_HEADER, &m.status, draw(2));
            draw_shape(&EDXML_STATUS_ERRORS, &m.status, draw(2));
        } else {
            draw_shape(&EDXML_MESSAGE_HEADER, &m.document, draw(2));
            draw_shape(&EDXML_TRACES, &m.document, draw(2));
            draw_shape(&EDXML_ERRORS, &m.document, draw(2));
        }
        m.attachment = ARENA_ARRAY(a, struct edxml_attachment, 3);
        for (m.attachment_count = draw(4); m.attachment_count > 3;)
            m.attachment_count--;
        for (size_t i = 0; i < m.attachment_count; i++) {
            char *p = ARENA_ARRAY(a, char, 100);
            size_t n = draw(100);
            for (size_t k = 0; k < n; k++)
                p[k] = (char)draw(256);
            m.attachment[i] = (struct edxml_attachment){str_format(a, "id-%zu", i), word(), STR("application/pdf"), word(), {p, n}, false};
        }
        struct edxml back = written_and_read(&m);
        assert_same(&m, &back);
        arena_reset(a);
    }
}

/* ---- a message that a clerk would know ---- */

static struct edxml letter(void)
{
    static struct edxml_organ to[] = {{.id = STR_INIT("000.00.02.H19"), .name = STR_INIT("Ủy ban nhân dân phường Trảng Dài")}};
    static struct edxml_attachment file[] = {
        {STR_INIT("cv-12"), STR_INIT("12-UBND-VP.pdf"), STR_INIT("application/pdf"), STR_INIT(""), STR_INIT("%PDF-1.7"), false}};
    struct edxml m = {.attachment = file, .attachment_count = 1};
    struct edxml_document *d = &m.document;

    d->from = (struct edxml_organ){.id = STR("000.00.01.H19"), .name = STR("Ủy ban nhân dân thành phố Biên Hòa")};
    d->to = to;
    d->to_count = 1;
    d->document_id = edxml_document_id(a, STR("000.00.01.H19"), date_of(2018, 9, 27), STR("12/UBND-VP"));
    d->number = STR("12");
    d->notation = STR("UBND-VP");
    d->place = STR("Biên Hòa");
    d->promulgated_on = date_of(2018, 9, 27);
    d->type = (struct edxml_document_type){.type = 2, .name = STR("Công văn")};
    d->subject = STR("về việc <họp> & báo cáo");
    d->signer.name = STR("Nguyễn Văn Ánh");
    return m;
}

static bool has(struct str s, const char *what)
{
    return str_find(s, str_of(what)) != STR_NONE;
}

static void test_a_letter_as_it_stands(void **state)
{
    struct edxml m = letter(), back = written_and_read(&m);
    struct str bytes = STR("");

    (void)state;
    assert_same(&m, &back);
    assert_err(edxml_write(a, &m, &bytes, &fault), OK);
    assert_true(has(bytes, "<edXML:DocumentId>000.00.01.H19,2018/09/27,12/UBND-VP</edXML:DocumentId>"));
    assert_true(has(bytes, "<edXML:PromulgationDate>2018/09/27</edXML:PromulgationDate>"));
    assert_true(has(bytes, "<edXML:Subject>về việc &lt;họp&gt; &amp; báo cáo</edXML:Subject>"));
    assert_true(has(bytes, "<edXML:BussinessDocType>0</edXML:BussinessDocType>"));
    assert_true(has(bytes, "<edXML:Reference xlink:href=\"cid:cv-12\">"));
    assert_true(has(bytes, "<edXML:ContentTransferEncoded>JVBERi0xLjc=</edXML:ContentTransferEncoded>"));
    assert_false(has(bytes, "<edXML:OtherInfo>"));
}

/* The document comes, is read, and the answer says which one it means. */
static void test_an_answer_names_its_document(void **state)
{
    struct edxml m = letter(), got = written_and_read(&m);
    struct edxml answer = edxml_answer(a, &got.document, &got.document.to[0], EDXML_REFUSED, STR("Gửi nhầm nơi nhận"),
                                       local_at(date_of(2018, 9, 28), 8, 30));
    struct edxml back = written_and_read(&answer);

    (void)state;
    assert_same(&answer, &back);
    assert_true(back.is_status);
    assert_int_equal(back.status.code, 2);
    assert_str(back.status.from.id, STR("000.00.02.H19"));
    assert_str(back.status.response_for.organ, STR("000.00.01.H19"));
    assert_str(back.status.response_for.code, STR("12/UBND-VP"));
    assert_str(back.status.response_for.document_id, STR("000.00.01.H19,2018/09/27,12/UBND-VP"));
    assert_int_equal(back.status.response_for.promulgated_on.day, date_of(2018, 9, 27).day);
    assert_str(back.status.description, STR("Gửi nhầm nơi nhận"));
    assert_int_equal(back.status.at.ms_of_day, (8 * 60 + 30) * 60000);
}

/* Each of these, taken away or broken, keeps the writer from writing, by its name. */
static void test_the_writer_is_strict(void **state)
{
    struct str bytes = STR("untouched");

    (void)state;
#define REFUSED(change, err, name)                                                                                     \
    do {                                                                                                               \
        struct edxml m = letter();                                                                                     \
        struct edxml_organ to[600] = {0};                                                                              \
        struct edxml_attachment file[60] = {0};                                                                        \
        (void)to, (void)file;                                                                                          \
        change;                                                                                                        \
        assert_err(edxml_write(a, &m, &bytes, &fault), err);                                                           \
        if (!str_has_prefix(fault.why, STR(name)))                                                                     \
            fail_msg("%.*s", STR_ARG(fault.why));                                                                      \
        assert_str(bytes, STR("untouched"));                                                                           \
    } while (0)
    REFUSED(m.document.from.id = STR(" "), ERR_INVALID, "OrganId");
    REFUSED(m.document.to_count = 0, ERR_INVALID, "To");
    REFUSED((m.document.to = to, m.document.to_count = 1), ERR_INVALID, "To");
    REFUSED((m.document.to = to, m.document.to_count = 600), ERR_LIMIT, "To");
    REFUSED(m.document.document_id = STR(""), ERR_INVALID, "DocumentId");
    REFUSED(m.document.number = STR(""), ERR_INVALID, "CodeNumber");
    REFUSED(m.document.promulgated_on = (struct date){0}, ERR_INVALID, "PromulgationDate");
    REFUSED(m.document.promulgated_on = DATE_NEVER, ERR_INVALID, "PromulgationDate");
    REFUSED(m.document.type.type = 0, ERR_INVALID, "Type");
    REFUSED(m.document.subject = STR("a\x01z"), ERR_INVALID, "Subject");
    REFUSED(m.document.subject = STR("a\xff"), ERR_INVALID, "Subject");
    REFUSED(m.document.subject = STR("a\xef\xbf\xbfz"), ERR_INVALID, "Subject");
    REFUSED(m.document.other.pages = -1, ERR_INVALID, "PageAmount");
    REFUSED(m.document.bussiness.type = 4, ERR_INVALID, "BussinessDocType");
    REFUSED(m.attachment_count = 51, ERR_LIMIT, "Attachment");
    REFUSED((m.attachment = file, m.attachment_count = 1), ERR_INVALID, "Attachment");
    REFUSED(m.signature = STR("</edXML:edXMLHeader>"), ERR_INVALID, "Signature");
    REFUSED(m.signature = STR("<Signature/><More/>"), ERR_INVALID, "Signature");
    REFUSED(m.signature = STR("<Other/>"), ERR_INVALID, "Signature");
    REFUSED((m.is_status = true, m.status.code = 7), ERR_INVALID, "StatusCode");
    REFUSED((m.is_status = true, m.status.code = 1), ERR_INVALID, "OrganId");
}

/* ---- what others send ---- */

#define ENVELOPE(header)                                                                                               \
    "<edXML xmlns=\"" EDXML_NAMESPACE "\"><edXMLEnvelope><edXMLHeader>" header "</edXMLHeader></edXMLEnvelope></edXML>"
#define MESSAGE(inside) ENVELOPE("<MessageHeader>" inside "</MessageHeader>")

static enum err read_text(struct str text, struct edxml *ret)
{
    return edxml_read(a, text, ret, &fault);
}

static bool is_noted(const struct edxml *m, const char *what)
{
    for (size_t i = 0; i < m->defect_count; i++)
        if (has(m->defect[i].why, what))
            return true;
    return false;
}

static void test_departures_are_read_and_named(void **state)
{
    struct edxml m = {0};

    (void)state;
    assert_err(read_text(STR(MESSAGE("<Subject>Một</Subject><Subject>Hai</Subject><Strange/><DueDate>25-06-2018</DueDate>"
                                     "<To><OrganId>x</OrganId></To><SteeringType>no</SteeringType>")),
                         &m), OK);
    assert_str(m.document.subject, STR("Một"));
    assert_int_equal(m.document.due.day, date_of(2018, 6, 25).day);
    assert_int_equal(m.document.to_count, 1);
    assert_true(is_noted(&m, "Subject: said twice"));
    assert_true(is_noted(&m, "Strange: not an element"));
    assert_true(is_noted(&m, "DueDate: a date in another form"));
    assert_true(is_noted(&m, "OrganName: mandatory"));
    assert_true(is_noted(&m, "From: mandatory"));
    assert_true(is_noted(&m, "SteeringType: not a number"));
    assert_err(read_text(STR(MESSAGE("<StatusCode>09</StatusCode><Timestamp>2018/09/28 25:00:00</Timestamp>")), &m), OK);
    assert_true(m.is_status);
    assert_true(is_noted(&m, "StatusCode: not a code"));
    assert_true(is_noted(&m, "Timestamp: not a time"));
    assert_err(read_text(STR(ENVELOPE("<MessageHeader/><TraceHeaderList><Bussiness><BussinessDocType>1</BussinessDocType>"
                                      "</Bussiness></TraceHeaderList><ErrorList><Error><ErrorCode>E1</ErrorCode></Error></ErrorList>")),
                         &m), OK);
    assert_int_equal(m.document.bussiness.type, EDXML_RECALL);
    assert_str(m.document.error[0].code, STR("E1"));
}

static void test_attachments_that_are_not_there(void **state)
{
    struct edxml m = {0};

    (void)state;
    assert_err(read_text(STR("<edXML xmlns=\"" EDXML_NAMESPACE "\"><edXMLEnvelope><edXMLHeader><MessageHeader/></edXMLHeader>"
                             "<edXMLBody><edXMLManifest><Reference><ContentId>cid:1</ContentId></Reference><Reference>"
                             "<ContentId>cid:2</ContentId><AttachmentName>hai.pdf</AttachmentName></Reference></edXMLManifest>"
                             "</edXMLBody></edXMLEnvelope><AttachmentEncoded><Attachment><ContentId>2</ContentId>"
                             "<ContentTransferEncoded>QU\n <!-- x -->JD</ContentTransferEncoded></Attachment><Attachment>"
                             "<ContentId>3</ContentId><ContentTransferEncoded>Q</ContentTransferEncoded></Attachment>"
                             "</AttachmentEncoded></edXML>"),
                         &m), OK);
    assert_int_equal(m.attachment_count, 3);
    assert_str(m.attachment[0].bytes, STR("ABC"));
    assert_str(m.attachment[0].name, STR("hai.pdf"));
    assert_false(m.attachment[0].is_missing);
    assert_true(m.attachment[1].is_missing);
    assert_true(m.attachment[2].is_missing);
    assert_true(is_noted(&m, "not base64"));
    assert_true(is_noted(&m, "no attachment of that id"));
}

static struct str many(const char *before, const char *each, size_t n, const char *after)
{
    struct buf b = buf_in(a);

    buf_put(&b, str_of(before));
    for (size_t i = 0; i < n; i++)
        buf_put(&b, str_of(each));
    buf_put(&b, str_of(after));
    return buf_str(&b);
}

static void test_what_is_refused(void **state)
{
    static const struct {
        struct str text;
        const char *why;
        size_t line;
    } CASE[] = {
        {STR_INIT(""), "not XML", 1},
        {STR_INIT("edXML"), "not XML", 1},
        {STR_INIT("<edXML>\n<a></edXML>"), "not XML", 2},
        {STR_INIT("<html/>"), "not edXML", 0},
        {STR_INIT("<edXML/>"), "no edXMLEnvelope", 1},
        {STR_INIT("<!DOCTYPE edXML [<!ENTITY a \"b\">]>\n<edXML>&a;</edXML>"), "a DOCTYPE", 1},
        {STR_INIT("<?xml version=\"1.0\" encoding=\"UTF-7\"?><+ACEDOCTYPE a>"), "", 1},
        {STR_INIT(MESSAGE("<Subject>a&#x202E;b</Subject>")), "Subject: a character", 1},
    };
    struct edxml m = {.signature = STR("untouched")};

    (void)state;
    for (size_t i = 0; i < sizeof CASE / sizeof *CASE; i++) {
        assert_err(read_text(CASE[i].text, &m), ERR_INVALID);
        if (!has(fault.why, CASE[i].why) || fault.line != CASE[i].line)
            fail_msg("case %zu, line %zu: %.*s", i, fault.line, STR_ARG(fault.why));
    }
    assert_err(read_text(many("<edXML>", "<a>", 40, ""), &m), ERR_LIMIT);
    assert_err(read_text(many("<edXML>", "<a/>", EDXML_NODES_MAX + 1, "</edXML>"), &m), ERR_LIMIT);
    assert_err(read_text(many("<edXML>", "<!---->", EDXML_NODES_MAX + 1, "</edXML>"), &m), ERR_LIMIT);
    assert_err(read_text(many("<edXML ", "", 0, ""), &m), ERR_INVALID);
    assert_err(read_text(many("<edXML><edXMLEnvelope><edXMLHeader><MessageHeader><Subject>", "0123456789", EDXML_TEXT_MAX / 10 + 1,
                              "</Subject></MessageHeader></edXMLHeader></edXMLEnvelope></edXML>"), &m), ERR_LIMIT);
    assert_err(read_text(many("<edXML><edXMLEnvelope><edXMLHeader><MessageHeader>", "<To><OrganId>1</OrganId></To>", EDXML_LIST_MAX + 1,
                              "</MessageHeader></edXMLHeader></edXMLEnvelope></edXML>"), &m), ERR_LIMIT);
    assert_err(read_text(many("<edXML><edXMLEnvelope><edXMLHeader><MessageHeader/></edXMLHeader></edXMLEnvelope><AttachmentEncoded>",
                              "<Attachment/>", EDXML_ATTACHMENTS_MAX + 1, "</AttachmentEncoded></edXML>"), &m), ERR_LIMIT);
    assert_err(read_text((struct str){"", (size_t)EDXML_SIZE_MAX + 1}, &m), ERR_LIMIT);
    assert_str(m.signature, STR("untouched"));
}

/* Larger than the ten million bytes that libxml2 allows a text unless told otherwise. */
static void test_a_large_attachment(void **state)
{
    struct edxml m = letter();
    size_t n = 12 * 1000 * 1000;
    char *p = ARENA_ARRAY(a, char, n);

    (void)state;
    for (size_t i = 0; i < n; i++)
        p[i] = (char)(i * 7 + i / 1000);
    m.attachment[0].bytes = (struct str){p, n};
    struct edxml back = written_and_read(&m);
    m.attachment[0].bytes = STR("%PDF-1.7"); /* it is of the program's life */
    assert_int_equal(back.attachment[0].bytes.n, n);
    assert_memory_equal(back.attachment[0].bytes.p, p, n);
}

/* RFC 4648 section 10, and what is none. */
static void test_base64(void **state)
{
    static const char *const PLAIN[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar"};
    static const char *const CODED[] = {"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    static const char *const NONE[] = {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z=g=", "Zm9v=", "Zm-v", "=", "===="};
    struct str back = STR("");

    (void)state;
    for (size_t i = 0; i < sizeof PLAIN / sizeof *PLAIN; i++) {
        assert_str(base64_encode(a, str_of(PLAIN[i])), str_of(CODED[i]));
        assert_err(base64_decode(a, str_of(CODED[i]), &back), OK);
        assert_str(back, str_of(PLAIN[i]));
    }
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_err(base64_decode(a, str_of(NONE[i]), &back), ERR_INVALID);
}

/* ---- real files ---- */

static struct str file(const char *name)
{
    char path[600], part[4096];
    struct buf b = buf_in(a);
    size_t n;

    snprintf(path, sizeof path, SOURCE_ROOT "/../shared/data/edxml/%s", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        return STR("");
    while ((n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, (struct str){part, n});
    fclose(f);
    return buf_str(&b);
}

static void test_real_statuses(void **state)
{
    static const struct {
        const char *name;
        int64_t code;
    } FILES[] = {
        {"status.edxml", 1}, {"status_inbox__01.edxml", 1}, {"status_rejection_02.edxml", 2}, {"status_acceptance_03.edxml", 3},
        {"status_assignment_04.edxml", 4}, {"status_processing_05.edxml", 5}, {"status_finish_06.edxml", 6},
        {"status_cancellation_13.edxml", 13}, {"status_change-acceptance_15.edxml", 15}, {"status_change-rejection_16.edxml", 16},
    };
    struct edxml m = {0};

    (void)state;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        struct str bytes = file(FILES[i].name);
        if (!bytes.n) {
            print_message("# %s is not here\n", FILES[i].name);
            skip();
        }
        assert_err(read_text(bytes, &m), OK);
        assert_true(m.is_status);
        assert_int_equal(m.status.code, FILES[i].code);
        if (m.defect_total)
            fail_msg("%s, line %zu: %.*s", FILES[i].name, m.defect[0].line, STR_ARG(m.defect[0].why));
        assert_str(m.status.response_for.document_id, STR("000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"));
        assert_true(m.status.from.website.n && m.status.staff.mobile.n && m.status.description.n && m.status.at.date.day);
        struct edxml back = written_and_read(&m);
        assert_same(&m, &back);
    }
}

/* Its attachment is a blank that a program would have filled, and its prefixes are not declared. */
static void test_a_real_document(void **state)
{
    struct str bytes = file("edoc.edxml");
    struct edxml m = {0};

    (void)state;
    if (!bytes.n) {
        print_message("# edoc.edxml is not here\n");
        skip();
    }
    assert_err(read_text(bytes, &m), OK);
    assert_false(m.is_status);
    assert_str(m.document.from.id, STR("002.00.20.H13"));
    assert_str(m.document.to[0].id, STR("000.00.15.H51"));
    assert_str(m.document.document_id, STR("9fbfbad2-f1f8-4256-a2eb-50fb1061cddb"));
    assert_str(m.document.number, STR("12234555512"));
    assert_int_equal(m.document.promulgated_on.day, date_of(2019, 1, 17).day);
    assert_str(m.document.type.name, STR("Thông tư"));
    assert_str(m.document.signer.position, STR("Bộ trưởng"));
    assert_str(m.document.other.appendix[0], STR("Phụ lục"));
    assert_int_equal(m.document.other.copies, 10);
    assert_int_equal(m.document.response_for_count, 0);
    assert_int_equal(m.document.trace_count, 1);
    assert_int_equal(m.document.trace[0].at.ms_of_day, ((16 * 60 + 35) * 60 + 56) * 1000);
    assert_true(str_has_prefix(m.signature, STR("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">")));
    assert_int_equal(m.attachment_count, 1);
    assert_true(m.attachment[0].is_missing);
    assert_true(is_noted(&m, "not base64"));
    assert_true(is_noted(&m, "prefix is not declared"));
    m.attachment[0].bytes = STR("%PDF");
    m.attachment[0].is_missing = false;
    struct edxml back = written_and_read(&m);
    assert_same(&m, &back);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_random_messages_come_back), TEST(test_a_letter_as_it_stands), TEST(test_an_answer_names_its_document), TEST(test_the_writer_is_strict),
        TEST(test_departures_are_read_and_named), TEST(test_attachments_that_are_not_there), TEST(test_what_is_refused),
        TEST(test_a_large_attachment), TEST(test_base64), TEST(test_real_statuses), TEST(test_a_real_document),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("edxml", tests, NULL, NULL);
}
