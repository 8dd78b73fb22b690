#include "sign/xml_tree.h"

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

#include "sign/xml.h"

enum { PREFIXES_MAX = 32, DEPTH_MAX = 200 };

bool sign_is_xml(struct str bytes)
{
    struct str s = str_has_prefix(bytes, STR("\xef\xbb\xbf")) ? str_sub(bytes, 3, bytes.n) : bytes;

    s = str_trim(str_sub(s, 0, 1000));
    return s.n > 1 && s.p[0] == '<';
}

static void close_doc(void *arg)
{
    xmlFreeDoc(arg);
}

static enum err refuse(const char **ret_why, enum err err, const char *why)
{
    if (ret_why)
        *ret_why = why;
    return err;
}

static void silent(void *arg, const xmlError *error)
{
    (void)arg;
    (void)error;
}

static bool is_deep(const xmlNode *node, int depth)
{
    for (; node; node = node->next)
        if (depth > DEPTH_MAX || (node->type == XML_ELEMENT_NODE && is_deep(node->children, depth + 1)))
            return true;
    return false;
}

enum err xml_tree_read(struct arena *a, struct str xml, xmlDoc **ret, const char **ret_why)
{
    if (xml.n > SIGN_XML_FILE_MAX || xml.n > INT_MAX)
        return refuse(ret_why, ERR_LIMIT, "the document is too large");
    if (str_find(xml, STR("<!DOCTYPE")) != STR_NONE) /* not even read: a declaration is where entities come from */
        return refuse(ret_why, ERR_INVALID, "it has a DOCTYPE");
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        return ERR_LIMIT;
    xmlSetStructuredErrorFunc(parser, (xmlStructuredErrorFunc)silent);
    xmlDoc *doc = xmlCtxtReadMemory(parser, xml.p, (int)xml.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlSetStructuredErrorFunc(NULL, NULL);
    xmlFreeParserCtxt(parser);
    if (!doc)
        return refuse(ret_why, ERR_INVALID, "it is not XML");
    arena_defer(a, close_doc, doc);
    if (doc->intSubset || doc->extSubset || !xmlDocGetRootElement(doc))
        return refuse(ret_why, ERR_INVALID, "it has a DOCTYPE");
    if (is_deep(doc->children, 0))
        return refuse(ret_why, ERR_LIMIT, "its elements are too deep");
    *ret = doc;
    return OK;
}

/* ---- looking ---- */

bool xml_is(const xmlNode *node, const char *space, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE && node->ns && node->ns->href && strcmp((const char *)node->ns->href, space) == 0 &&
           strcmp((const char *)node->name, name) == 0;
}

static xmlNode *element(xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

xmlNode *xml_first(const xmlNode *node)
{
    return node ? element(node->children) : NULL;
}

xmlNode *xml_next(const xmlNode *node)
{
    return node ? element(node->next) : NULL;
}

xmlNode *xml_only(const xmlNode *node, const char *space, const char *name)
{
    xmlNode *found = NULL;

    for (xmlNode *c = xml_first(node); c; c = xml_next(c)) {
        if (!xml_is(c, space, name))
            continue;
        if (found)
            return NULL;
        found = c;
    }
    return found;
}

static struct str taken(struct arena *a, xmlChar *text)
{
    struct str s = text ? str_copy(a, str_of((const char *)text)) : STR("");

    xmlFree(text);
    return s;
}

struct str xml_attribute(struct arena *a, const xmlNode *node, const char *name)
{
    return taken(a, xmlGetNoNsProp(node, (const xmlChar *)name));
}

struct str xml_text(struct arena *a, const xmlNode *node)
{
    return taken(a, xmlNodeGetContent(node));
}

/* ---- canonical ---- */

static bool is_exclusive(struct str algorithm)
{
    return str_eq(algorithm, STR(XML_EXC_C14N));
}

bool xml_is_c14n(struct str algorithm)
{
    return str_eq(algorithm, STR(XML_C14N)) || str_eq(algorithm, STR(XML_C14N_11)) || is_exclusive(algorithm);
}

/* A namespace has no parent of its own: the element it is asked for counts. */
static int is_visible(void *arg, xmlNode *node, xmlNode *parent)
{
    const struct xml_part *part = arg;
    const xmlNode *at = node->type == XML_NAMESPACE_DECL ? parent : node;
    bool inside = part->from == NULL;

    for (; at; at = at->parent) {
        if (at == part->without)
            return 0;
        inside |= at == part->from;
    }
    return inside;
}

enum err xml_canonical(struct arena *a, xmlDoc *doc, const struct xml_part *part, struct str *ret)
{
    xmlChar *prefix[PREFIXES_MAX + 1] = {NULL};
    struct str rest = part->prefixes, one;
    size_t n = 0;
    xmlOutputBuffer *out = xmlAllocOutputBuffer(NULL);
    struct xml_part asked = *part;

    while (str_split(&rest, ' ', &one))
        if (one.n && n < PREFIXES_MAX)
            prefix[n++] = (xmlChar *)(uintptr_t)str_z(a, one);
    int mode = is_exclusive(part->algorithm) ? XML_C14N_EXCLUSIVE_1_0 : str_eq(part->algorithm, STR(XML_C14N_11)) ? XML_C14N_1_1 : XML_C14N_1_0;
    int done = out ? xmlC14NExecute(doc, is_visible, &asked, mode, n ? prefix : NULL, 0, out) : -1;
    if (done >= 0)
        *ret = str_copy(a, (struct str){(const char *)xmlOutputBufferGetContent(out), xmlOutputBufferGetSize(out)});
    if (out)
        xmlOutputBufferClose(out);
    return done >= 0 ? OK : ERR_INVALID;
}

/* ---- bytes ---- */

struct str xml_digest(struct arena *a, const EVP_MD *md, struct str bytes)
{
    unsigned char *d = ARENA_ARRAY(a, unsigned char, EVP_MAX_MD_SIZE);
    unsigned n = 0;

    if (EVP_Digest(bytes.p, bytes.n, d, &n, md, NULL) != 1)
        return STR("");
    return (struct str){(const char *)d, n};
}

bool xml_base64(struct arena *a, struct str text, struct str *ret)
{
    unsigned char *letters = ARENA_ARRAY(a, unsigned char, text.n + 1), *bytes;
    size_t n = 0, padding = 0;

    for (size_t i = 0; i < text.n; i++)
        if (!strchr(" \t\r\n", text.p[i]))
            letters[n++] = (unsigned char)text.p[i];
    while (padding < 2 && padding < n && letters[n - 1 - padding] == '=')
        padding++;
    if (n == 0 || n % 4 || n > INT_MAX)
        return false;
    bytes = ARENA_ARRAY(a, unsigned char, n);
    int got = EVP_DecodeBlock(bytes, letters, (int)n);
    if (got < 0)
        return false;
    *ret = (struct str){(const char *)bytes, (size_t)got - padding};
    return true;
}

struct str xml_base64_of(struct arena *a, struct str bytes)
{
    unsigned char *letters = ARENA_ARRAY(a, unsigned char, bytes.n / 3 * 4 + 8);
    int n = EVP_EncodeBlock(letters, (const unsigned char *)bytes.p, (int)bytes.n);

    return (struct str){(const char *)letters, (size_t)n};
}
