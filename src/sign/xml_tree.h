/* xml_tree.h - a signed XML document as libxml2 reads it, and parts of it in canonical form. Inside the room. */
#ifndef SIGN_XML_TREE_H
#define SIGN_XML_TREE_H

#include <libxml/tree.h>
#include <openssl/evp.h>

#include "base/err.h"
#include "base/str.h"

#define XML_DSIG  "http://www.w3.org/2000/09/xmldsig#"
#define XML_DSIG_MORE "http://www.w3.org/2001/04/xmldsig-more#"
#define XML_ENC   "http://www.w3.org/2001/04/xmlenc#"
#define XML_XADES "http://uri.etsi.org/01903/v1.3.2#"
#define XML_XADES_PROPERTIES "http://uri.etsi.org/01903#SignedProperties"
#define XML_ENVELOPED XML_DSIG "enveloped-signature"
#define XML_C14N  "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
#define XML_C14N_11 "http://www.w3.org/2006/12/xml-c14n11"
#define XML_EXC_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"

/* ERR_INVALID: not well-formed, or a DOCTYPE; ERR_LIMIT. The document ends with the arena. */
enum err xml_tree_read(struct arena *a, struct str xml, xmlDoc **ret, const char **ret_why) MUST_CHECK;

bool xml_is(const xmlNode *node, const char *space, const char *name);
/* The first child element, and the next after one; NULL: none. */
xmlNode *xml_first(const xmlNode *node);
xmlNode *xml_next(const xmlNode *node);
/* The only child element of that name; NULL: none or several. */
xmlNode *xml_only(const xmlNode *node, const char *space, const char *name);
/* An attribute without a namespace; "" without. */
struct str xml_attribute(struct arena *a, const xmlNode *node, const char *name);
struct str xml_text(struct arena *a, const xmlNode *node);

/* Is that a way of canonical XML that is known? */
bool xml_is_c14n(struct str algorithm);
struct xml_part {
    const xmlNode *from;      /* NULL: the whole document */
    const xmlNode *without;   /* NULL: nothing is left out */
    struct str algorithm;     /* xml_is_c14n */
    struct str prefixes;      /* of InclusiveNamespaces, spaces between; "" */
};
enum err xml_canonical(struct arena *a, xmlDoc *doc, const struct xml_part *part, struct str *ret) MUST_CHECK;

struct str xml_digest(struct arena *a, const EVP_MD *md, struct str bytes);
/* White space between the letters is passed over. False: it is none. */
bool xml_base64(struct arena *a, struct str text, struct str *ret);
struct str xml_base64_of(struct arena *a, struct str bytes);

#endif
