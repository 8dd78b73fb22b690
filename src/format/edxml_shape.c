/* QCVN 102:2016/BTTTT, annexes of the message header, the trace list and the status message. The order is the order
 * in which elements are written. */
#include "format/edxml_shape.h"

#include <assert.h>
#include <string.h>

#define SHAPE(name, type, fields) const struct edxml_shape name = {fields, sizeof fields / sizeof *fields, sizeof(type)}
#define MUST true
#define MAY  false

#define TEXT(s, member, name, must)   {name, EDXML_TEXT, offsetof(s, member), 0, NULL, must, NULL}
#define NUMBER(s, member, name, must) {name, EDXML_NUMBER, offsetof(s, member), 0, NULL, must, NULL}
#define CHOICE(s, member, name, must) {name, EDXML_CHOICE, offsetof(s, member), 0, NULL, must, NULL}
#define DATE(s, member, name, must)   {name, EDXML_DATE, offsetof(s, member), 0, NULL, must, NULL}
#define TIME(s, member, name, must)   {name, EDXML_TIME, offsetof(s, member), 0, NULL, must, NULL}
#define GROUP(at, shape, name, must)  {name, EDXML_GROUP, at, 0, &shape, must, NULL}
#define LIST(s, member, shape, name, must)                                                                             \
    {name, EDXML_LIST, offsetof(s, member), offsetof(s, member##_count), &shape, must, NULL}
#define TEXTS(s, member, name)                                                                                         \
    {name, EDXML_TEXTS, offsetof(s, member), offsetof(s, member##_count), NULL, MAY, NULL}

static const struct edxml_field ORGAN_FIELDS[] = {
    TEXT(struct edxml_organ, id, "OrganId", MUST),
    TEXT(struct edxml_organ, in_charge, "OrganizationInCharge", MAY),
    TEXT(struct edxml_organ, name, "OrganName", MUST),
    TEXT(struct edxml_organ, address, "OrganAdd", MAY),
    TEXT(struct edxml_organ, email, "Email", MAY),
    TEXT(struct edxml_organ, telephone, "Telephone", MAY),
    TEXT(struct edxml_organ, fax, "Fax", MAY),
    TEXT(struct edxml_organ, website, "Website", MAY),
};
static SHAPE(ORGAN, struct edxml_organ, ORGAN_FIELDS);

static const struct edxml_field REFERENCE_FIELDS[] = {
    TEXT(struct edxml_reference, organ, "OrganId", MUST),
    TEXT(struct edxml_reference, code, "Code", MUST),
    DATE(struct edxml_reference, promulgated_on, "PromulgationDate", MUST),
    TEXT(struct edxml_reference, document_id, "DocumentId", MUST),
};
static SHAPE(REFERENCE, struct edxml_reference, REFERENCE_FIELDS);

static const struct edxml_field STAFF_FIELDS[] = {
    TEXT(struct edxml_staff, department, "Department", MAY),
    TEXT(struct edxml_staff, name, "Staff", MAY),
    TEXT(struct edxml_staff, mobile, "Mobile", MAY),
    TEXT(struct edxml_staff, email, "Email", MAY),
};
static SHAPE(STAFF, struct edxml_staff, STAFF_FIELDS);

static const struct edxml_field CODE_FIELDS[] = {
    TEXT(struct edxml_document, number, "CodeNumber", MUST),
    TEXT(struct edxml_document, notation, "CodeNotation", MUST),
};
static SHAPE(CODE, struct edxml_document, CODE_FIELDS);

static const struct edxml_field PROMULGATION_FIELDS[] = {
    TEXT(struct edxml_document, place, "Place", MUST),
    DATE(struct edxml_document, promulgated_on, "PromulgationDate", MUST),
};
static SHAPE(PROMULGATION, struct edxml_document, PROMULGATION_FIELDS);

static const struct edxml_field TYPE_FIELDS[] = {
    NUMBER(struct edxml_document_type, type, "Type", MUST),
    NUMBER(struct edxml_document_type, detail, "TypeDetail", MAY),
    TEXT(struct edxml_document_type, name, "TypeName", MUST),
};
static SHAPE(TYPE, struct edxml_document_type, TYPE_FIELDS);

static const struct edxml_field SIGNER_FIELDS[] = {
    TEXT(struct edxml_signer, competence, "Competence", MAY),
    TEXT(struct edxml_signer, position, "Position", MAY),
    TEXT(struct edxml_signer, name, "FullName", MUST),
};
static SHAPE(SIGNER, struct edxml_signer, SIGNER_FIELDS);

static const struct edxml_field TO_PLACE_FIELDS[] = {
    TEXTS(struct edxml_document, to_place, "Place"),
};
static SHAPE(TO_PLACES, struct edxml_document, TO_PLACE_FIELDS);

static const struct edxml_field APPENDIX_FIELDS[] = {
    TEXTS(struct edxml_other, appendix, "Appendix"),
};
static SHAPE(APPENDIXES, struct edxml_other, APPENDIX_FIELDS);

static const struct edxml_field OTHER_FIELDS[] = {
    CHOICE(struct edxml_other, priority, "Priority", MAY),
    TEXT(struct edxml_other, sphere, "SphereOfPromulgation", MAY),
    TEXT(struct edxml_other, typist, "TyperNotation", MAY),
    NUMBER(struct edxml_other, copies, "PromulgationAmount", MAY),
    NUMBER(struct edxml_other, pages, "PageAmount", MAY),
    NUMBER(struct edxml_other, direction, "Direction", MAY),
    GROUP(0, APPENDIXES, "Appendixes", MAY),
};
static SHAPE(OTHER, struct edxml_other, OTHER_FIELDS);

static const struct edxml_field HEADER_FIELDS[] = {
    GROUP(offsetof(struct edxml_document, from), ORGAN, "From", MUST),
    LIST(struct edxml_document, to, ORGAN, "To", MUST),
    TEXT(struct edxml_document, document_id, "DocumentId", MUST),
    GROUP(0, CODE, "Code", MUST),
    GROUP(0, PROMULGATION, "PromulgationInfo", MUST),
    GROUP(offsetof(struct edxml_document, type), TYPE, "DocumentType", MUST),
    TEXT(struct edxml_document, subject, "Subject", MUST),
    TEXT(struct edxml_document, content, "Content", MAY),
    GROUP(offsetof(struct edxml_document, signer), SIGNER, "SignerInfo", MUST),
    DATE(struct edxml_document, due, "DueDate", MAY),
    GROUP(0, TO_PLACES, "ToPlaces", MAY),
    GROUP(offsetof(struct edxml_document, other), OTHER, "OtherInfo", MAY),
    LIST(struct edxml_document, response_for, REFERENCE, "ResponseFor", MAY),
    NUMBER(struct edxml_document, steering, "SteeringType", MAY),
};
SHAPE(EDXML_MESSAGE_HEADER, struct edxml_document, HEADER_FIELDS);

static const struct edxml_field TRACE_FIELDS[] = {
    TEXT(struct edxml_trace, organ, "OrganId", MUST),
    TIME(struct edxml_trace, at, "Timestamp", MUST),
};
static SHAPE(TRACE, struct edxml_trace, TRACE_FIELDS);

static const struct edxml_field RECEIVER_FIELDS[] = {
    CHOICE(struct edxml_receiver, kind, "ReceiverType", MAY),
    TEXT(struct edxml_receiver, organ, "OrganId", MUST),
};
static SHAPE(RECEIVER, struct edxml_receiver, RECEIVER_FIELDS);

static const struct edxml_field RECEIVERS_FIELDS[] = {
    LIST(struct edxml_bussiness, receiver, RECEIVER, "Receiver", MAY),
};
static SHAPE(RECEIVERS, struct edxml_bussiness, RECEIVERS_FIELDS);

static const struct edxml_field ABOUT_FIELDS[] = {
    CHOICE(struct edxml_bussiness, has_document, "DocumentInfo", MAY),
    CHOICE(struct edxml_bussiness, has_receivers, "DocumentReceiver", MAY),
    GROUP(0, RECEIVERS, "ReceiverList", MAY),
};
static SHAPE(ABOUT, struct edxml_bussiness, ABOUT_FIELDS);

static const struct edxml_field ORGAN_ID_FIELDS[] = {
    TEXTS(struct edxml_replacement, organ, "OrganId"),
};
static SHAPE(ORGAN_IDS, struct edxml_replacement, ORGAN_ID_FIELDS);

static const struct edxml_field REPLACEMENT_FIELDS[] = {
    TEXT(struct edxml_replacement, document_id, "DocumentId", MUST),
    GROUP(0, ORGAN_IDS, "OrganIdList", MAY),
};
static SHAPE(REPLACEMENT, struct edxml_replacement, REPLACEMENT_FIELDS);

static const struct edxml_field REPLACEMENTS_FIELDS[] = {
    LIST(struct edxml_bussiness, replacement, REPLACEMENT, "ReplacementInfo", MAY),
};
static SHAPE(REPLACEMENTS, struct edxml_bussiness, REPLACEMENTS_FIELDS);

static const struct edxml_field BUSSINESS_FIELDS[] = {
    CHOICE(struct edxml_bussiness, type, "BussinessDocType", MAY),
    TEXT(struct edxml_bussiness, reason, "BussinessDocReason", MAY),
    GROUP(0, ABOUT, "BussinessDocumentInfo", MAY),
    CHOICE(struct edxml_bussiness, paper, "Paper", MAY),
    GROUP(0, REPLACEMENTS, "ReplacementInfoList", MAY),
    GROUP(offsetof(struct edxml_bussiness, staff), STAFF, "StaffInfo", MAY),
};
static SHAPE(BUSSINESS, struct edxml_bussiness, BUSSINESS_FIELDS);

static const struct edxml_field TRACES_FIELDS[] = {
    LIST(struct edxml_document, trace, TRACE, "TraceHeader", MAY),
    {"Bussiness", EDXML_GROUP, offsetof(struct edxml_document, bussiness), 0, &BUSSINESS, MUST, "Business"},
};
SHAPE(EDXML_TRACES, struct edxml_document, TRACES_FIELDS);

static const struct edxml_field ERROR_FIELDS[] = {
    {"Code", EDXML_TEXT, offsetof(struct edxml_error, code), 0, NULL, MUST, "ErrorCode"},
    {"Description", EDXML_TEXT, offsetof(struct edxml_error, description), 0, NULL, MAY, "ErrorDescription"},
};
static SHAPE(ERROR, struct edxml_error, ERROR_FIELDS);

static const struct edxml_field ERRORS_FIELDS[] = {
    LIST(struct edxml_document, error, ERROR, "Error", MAY),
};
SHAPE(EDXML_ERRORS, struct edxml_document, ERRORS_FIELDS);

static const struct edxml_field STATUS_ERRORS_FIELDS[] = {
    LIST(struct edxml_status, error, ERROR, "Error", MAY),
};
SHAPE(EDXML_STATUS_ERRORS, struct edxml_status, STATUS_ERRORS_FIELDS);

static const struct edxml_field STATUS_FIELDS[] = {
    GROUP(offsetof(struct edxml_status, from), ORGAN, "From", MUST),
    GROUP(offsetof(struct edxml_status, response_for), REFERENCE, "ResponseFor", MUST),
    GROUP(offsetof(struct edxml_status, staff), STAFF, "StaffInfo", MAY),
    {"StatusCode", EDXML_CODE, offsetof(struct edxml_status, code), 0, NULL, MUST, NULL},
    TEXT(struct edxml_status, description, "Description", MAY),
    TIME(struct edxml_status, at, "Timestamp", MUST),
};
SHAPE(EDXML_STATUS_HEADER, struct edxml_status, STATUS_FIELDS);

/* A pointer to a list is of another type in every struct, so it goes through its bytes. */
static_assert(sizeof(void *) == sizeof(struct edxml_organ *), "every pointer to a struct is alike");

struct edxml_list edxml_list_of(const void *base, const struct edxml_field *f)
{
    struct edxml_list list;

    memcpy(&list.p, (const char *)base + f->at, sizeof list.p);
    memcpy(&list.n, (const char *)base + f->count, sizeof list.n);
    return list;
}

void edxml_list_set(void *base, const struct edxml_field *f, struct edxml_list list)
{
    memcpy((char *)base + f->at, &list.p, sizeof list.p);
    memcpy((char *)base + f->count, &list.n, sizeof list.n);
}

bool edxml_field_is_empty(const struct edxml_field *f, const void *base)
{
    const void *p = (const char *)base + f->at;

    switch (f->kind) {
    case EDXML_TEXT: return str_is_empty(*(const struct str *)p);
    case EDXML_NUMBER:
    case EDXML_CHOICE:
    case EDXML_CODE: return *(const int64_t *)p == 0;
    case EDXML_DATE: return ((const struct date *)p)->day == 0;
    case EDXML_TIME: return ((const struct local *)p)->date.day == 0;
    case EDXML_GROUP: return edxml_is_empty(f->shape, p);
    case EDXML_LIST:
    case EDXML_TEXTS: return edxml_list_of(base, f).n == 0;
    }
    return true;
}

bool edxml_is_empty(const struct edxml_shape *shape, const void *base)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (!edxml_field_is_empty(&shape->field[i], base))
            return false;
    return true;
}
