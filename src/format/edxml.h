/* edxml.h - edXML, the messages in which agencies exchange official documents (QCVN 102:2016/BTTTT), over libxml2.
 *
 * A strict writer and a lenient reader: programs in use differ in what they hold to be mandatory, in the order of
 * elements and in prefixes that they forget to declare. What can be understood is read, and every departure is a
 * defect with its line; what cannot be understood is refused.
 *
 * There is no network, no DOCTYPE and hence no entity; every size is bounded. Texts are valid UTF-8, trimmed. A text
 * that is empty, a number that is 0 and a date or time that is {0} are not said; so a zeroed struct says nothing. */
#ifndef FORMAT_EDXML_H
#define FORMAT_EDXML_H

#include "calendar/date.h"
#include "format/fault.h"

enum {
    EDXML_SIZE_MAX = 64 * 1024 * 1024, /* bytes of a message */
    EDXML_ATTACHMENTS_MAX = 50,
    EDXML_TEXT_MAX = 64 * 1024,        /* of one element other than an attachment */
    EDXML_LIST_MAX = 500,              /* elements of one list */
    EDXML_DEPTH_MAX = 32,
    EDXML_NODES_MAX = 100 * 1000,      /* elements, comments and texts */
    EDXML_DEFECTS_MAX = 32,            /* named; what comes after is counted only */
    EDXML_SIGNATURE_MAX = 1024 * 1024
};

struct edxml_organ {
    struct str id;        /* 000.00.01.H19 */
    struct str in_charge; /* the agency above it */
    struct str name, address, email, telephone, fax, website;
};

/* Which document a message is about. */
struct edxml_reference {
    struct str organ, code;
    struct date promulgated_on;
    struct str document_id;
};

struct edxml_staff {
    struct str department, name, mobile, email;
};

struct edxml_document_type {
    int64_t type;   /* 1 a rule of law (quy phạm pháp luật), 2 an administrative document */
    int64_t detail; /* of the common list */
    struct str name;
};

struct edxml_signer {
    struct str competence, position, name;
};

struct edxml_other {
    int64_t priority; /* 0 ordinary, 1 urgent, 2 very urgent, 3 at once, 4 at a named hour */
    struct str sphere, typist;
    int64_t copies, pages, direction;
    struct str *appendix;
    size_t appendix_count;
};

struct edxml_trace {
    struct str organ;
    struct local at; /* on the clock of the sender, which is Vietnam's */
};

enum edxml_business { EDXML_NEW, EDXML_RECALL, EDXML_UPDATE, EDXML_REPLACE, EDXML_BUSINESS__COUNT };

struct edxml_receiver {
    int64_t kind;
    struct str organ;
};

struct edxml_replacement { /* a document that this one replaces, and for whom */
    struct str document_id;
    struct str *organ;
    size_t organ_count;
};

struct edxml_bussiness { /* as the standard spells it */
    int64_t type;        /* enum edxml_business */
    struct str reason;
    int64_t has_document, has_receivers; /* what an update changes: 1 or 0 */
    struct edxml_receiver *receiver;
    size_t receiver_count;
    int64_t paper; /* 1: a copy on paper follows */
    struct edxml_replacement *replacement;
    size_t replacement_count;
    struct edxml_staff staff;
};

struct edxml_error {
    struct str code, description;
};

/* The header of a document. */
struct edxml_document {
    struct edxml_organ from;
    struct edxml_organ *to;
    size_t to_count;
    struct str document_id; /* <OrganId>,<yyyy/MM/dd>,<number/notation>, see edxml_document_id(); read as it comes */
    struct str number, notation;
    struct str place;
    struct date promulgated_on;
    struct edxml_document_type type;
    struct str subject, content;
    struct edxml_signer signer;
    struct date due;
    struct str *to_place; /* on the document: Nơi nhận */
    size_t to_place_count;
    struct edxml_other other;
    struct edxml_reference *response_for;
    size_t response_for_count;
    int64_t steering; /* 1 it steers, 2 it reports */
    struct edxml_trace *trace;
    size_t trace_count;
    struct edxml_bussiness bussiness;
    struct edxml_error *error;
    size_t error_count;
};

enum edxml_status_code {
    EDXML_ARRIVED = 1,     /* 01 đã đến: by the machine */
    EDXML_REFUSED = 2,     /* 02 từ chối tiếp nhận */
    EDXML_REGISTERED = 3,  /* 03 đã tiếp nhận */
    EDXML_ASSIGNED = 4,    /* 04 phân công */
    EDXML_IN_WORK = 5,     /* 05 đang xử lý */
    EDXML_FINISHED = 6,    /* 06 hoàn thành */
    EDXML_TAKE_BACK = 13,  /* 13 lấy lại: the sender asks */
    EDXML_AGREED = 15,     /* 15 đồng ý cập nhật/lấy lại */
    EDXML_DISAGREED = 16   /* 16 từ chối cập nhật/lấy lại */
};

struct edxml_status {
    struct edxml_organ from;
    struct edxml_reference response_for;
    struct edxml_staff staff;
    int64_t code; /* enum edxml_status_code; any other one is a defect */
    struct str description;
    struct local at;
    struct edxml_error *error;
    size_t error_count;
};

struct edxml_attachment {
    struct str content_id; /* without "cid:" */
    struct str name, media, description;
    struct str bytes;
    bool is_missing; /* read only: named in the manifest and not there, or not base64 */
};

struct edxml {
    bool is_status; /* which of the two is meant */
    struct edxml_document document;
    struct edxml_status status;
    struct edxml_attachment *attachment;
    size_t attachment_count;
    /* The <Signature> or <DigitalSignature> element with the namespaces it needs; "" without. For showing and for
     * putting one in. A signature is checked on the message as it came, never on this. */
    struct str signature;
    struct fault *defect; /* read only; the first EDXML_DEFECTS_MAX */
    size_t defect_count;  /* of `defect` */
    size_t defect_total;
};

/* ERR_INVALID: not XML, a DOCTYPE, not edXML, a text that is not UTF-8; ERR_LIMIT: a limit above. *ret_fault (may be
 * NULL) says where and why. Everything is copied into `a`, attachments decoded: about the size of the message. While it
 * is read, libxml2 takes up to three times as much. */
enum err edxml_read(struct arena *a, struct str bytes, struct edxml *ret, struct fault *ret_fault) MUST_CHECK;

/* The message with all that the standard asks for; edxml_read gives the same back, without a defect. ERR_INVALID:
 * something mandatory is not said, a code is none of the list, a text cannot stand in XML, a list holds an element
 * that says nothing; ERR_LIMIT. */
enum err edxml_write(struct arena *a, const struct edxml *message, struct str *ret, struct fault *ret_fault) MUST_CHECK;

/* The identifier of a document, the same whoever derives it. */
struct str edxml_document_id(struct arena *a, struct str organ, struct date promulgated_on, struct str code);

bool edxml_is_status_code(int64_t code);

/* The status message about a document that came in; its texts are those of the document, which must outlive it. */
struct edxml edxml_answer(struct arena *a, const struct edxml_document *got, const struct edxml_organ *from,
                          enum edxml_status_code code, struct str description, struct local at);

#endif
