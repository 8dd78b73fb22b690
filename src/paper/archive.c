#include "paper/archive.h"

#include <lcms2.h>
#include <qpdf/qpdf-c.h>

#include "paper/xml.h"

/* ---- colours ---- */

enum { ICC_DATE = 24, ICC_DATE_BYTES = 12 };

/* What sRGB is, as an ICC profile of version 2, the newest that PDF 1.4 knows (6.2.2). The library writes the
 * clock into it; that date is taken out again, so that the same document gives the same bytes. */
static enum err srgb(struct arena *a, struct str *ret)
{
    cmsHPROFILE profile = cmsCreate_sRGBProfile();
    cmsUInt32Number n = 0;
    char *bytes = NULL;

    if (profile) {
        cmsSetProfileVersion(profile, 2.1);
        if (cmsSaveProfileToMem(profile, NULL, &n) && n > ICC_DATE + ICC_DATE_BYTES) {
            bytes = ARENA_ARRAY(a, char, n);
            if (!cmsSaveProfileToMem(profile, bytes, &n))
                bytes = NULL;
        }
        cmsCloseProfile(profile);
    }
    if (!bytes)
        return ERR_IO;
    static const char DAY[ICC_DATE_BYTES] = {0x07, (char)0xce, 0, 2, 0, 9}; /* 1998-02-09, the day in the first sRGB profile */
    for (int i = 0; i < ICC_DATE_BYTES; i++)
        bytes[ICC_DATE + i] = DAY[i];
    *ret = (struct str){bytes, n};
    return OK;
}

/* Uncompressed, with nothing in its dictionary. */
static qpdf_oh stream(qpdf_data q, struct str bytes)
{
    qpdf_oh s = qpdf_oh_new_stream(q), none = qpdf_oh_new_null(q);

    qpdf_oh_replace_stream_data(q, s, (const unsigned char *)bytes.p, bytes.n, none, none);
    return s;
}

static enum err colours(struct arena *a, qpdf_data q, qpdf_oh root)
{
    struct str icc;
    enum err err = srgb(a, &icc);

    if (err)
        return err;
    qpdf_oh intent = qpdf_oh_parse(q, "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) >>");
    qpdf_oh profile = stream(q, icc);
    qpdf_oh_replace_key(q, qpdf_oh_get_dict(q, profile), "/N", qpdf_oh_new_integer(q, 3));
    qpdf_oh_replace_key(q, intent, "/DestOutputProfile", profile);
    qpdf_oh_replace_key(q, root, "/OutputIntents", qpdf_oh_wrap_in_array(q, qpdf_make_indirect_object(q, intent)));
    return OK;
}

/* ---- metadata ---- */

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

static void tag(struct buf *b, const char *before, struct str text, const char *after)
{
    buf_put(b, str_of(before));
    xml_escape(b, text);
    buf_put(b, str_of(after));
}

/* The library keeps what it gave only until it is asked again. */
static struct str text_of(struct arena *a, qpdf_data q, qpdf_oh dict, const char *key)
{
    return str_copy(a, str_of(qpdf_oh_get_utf8_value(q, qpdf_oh_get_key(q, dict, key))));
}

/* Cairo writes a date without its mark, "20180301000000+07'00"; a strict reader does not take it for one. */
static void dated(struct arena *a, qpdf_data q, qpdf_oh info, const char *key)
{
    struct str day = text_of(a, q, info, key);

    if (day.n && !str_has_prefix(day, STR("D:")))
        qpdf_oh_replace_key(q, info, key, qpdf_oh_new_string(q, str_z(a, str_format(a, "D:%" PRIstr "'", STR_ARG(day)))));
}

/* The same as the dictionary of the file says (6.7.3). */
static void metadata(struct arena *a, qpdf_data q, qpdf_oh root, const struct paper_document *d)
{
    struct buf b = buf_in(a);
    qpdf_oh info = qpdf_oh_get_key(q, qpdf_get_trailer(q), "/Info");
    struct str producer = text_of(a, q, info, "/Producer");

    dated(a, q, info, "/CreationDate");
    dated(a, q, info, "/ModDate");
    buf_put(&b, STR("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"" RDF "\">\n"
                    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n"));
    tag(&b, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        d->title, "</rdf:li></rdf:Alt></dc:title>");
    tag(&b, "<dc:creator><rdf:Seq><rdf:li>", d->author, "</rdf:li></rdf:Seq></dc:creator></rdf:Description>\n");
    tag(&b, "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreateDate>", d->made_at, "</xmp:CreateDate>");
    tag(&b, "<xmp:ModifyDate>", d->made_at, "</xmp:ModifyDate></rdf:Description>\n");
    tag(&b, "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>", producer, "</pdf:Producer></rdf:Description>\n");
    buf_put(&b, STR("</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"));
    qpdf_oh xmp = stream(q, buf_str(&b)), dict = qpdf_oh_get_dict(q, xmp);
    qpdf_oh_replace_key(q, dict, "/Type", qpdf_oh_new_name(q, "/Metadata"));
    qpdf_oh_replace_key(q, dict, "/Subtype", qpdf_oh_new_name(q, "/XML"));
    qpdf_oh_replace_key(q, root, "/Metadata", xmp);
}

/* ---- typefaces ---- */

enum { LETTERS_MAX = 65536 };

/* Cairo numbers the letters of a part of a typeface from 0 on without gaps and gives the width of each: as many as
 * there are widths are in it. The set has a bit for each (6.3.5), the map says that a number is a place (6.3.3.2). */
static void letters(qpdf_data q, qpdf_oh font)
{
    unsigned char set[LETTERS_MAX / 8] = {0};
    qpdf_oh descriptor = qpdf_oh_get_key(q, font, "/FontDescriptor");
    int n = qpdf_oh_get_array_n_items(q, qpdf_oh_get_array_item(q, qpdf_oh_get_key(q, font, "/W"), 1));

    if (n <= 0 || n > LETTERS_MAX)
        return;
    for (int i = 0; i < n; i++)
        set[i / 8] |= (unsigned char)(0x80 >> i % 8);
    qpdf_oh_replace_key(q, font, "/CIDToGIDMap", qpdf_oh_new_name(q, "/Identity"));
    qpdf_oh_replace_key(q, descriptor, "/CIDSet", stream(q, (struct str){(const char *)set, (size_t)(n + 7) / 8}));
}

static void page(qpdf_data q, qpdf_oh page)
{
    qpdf_oh font = qpdf_oh_get_key(q, qpdf_oh_get_key(q, page, "/Resources"), "/Font");

    qpdf_oh_remove_key(q, page, "/Group");
    qpdf_oh_begin_dict_key_iter(q, font);
    while (qpdf_oh_dict_more_keys(q)) {
        qpdf_oh below = qpdf_oh_get_key(q, qpdf_oh_get_key(q, font, qpdf_oh_dict_next_key(q)), "/DescendantFonts");
        qpdf_oh one = qpdf_oh_is_array(q, below) ? qpdf_oh_get_array_item(q, below, 0) : below;
        if (qpdf_oh_is_dictionary(q, one) && !qpdf_oh_has_key(q, one, "/CIDToGIDMap"))
            letters(q, one);
    }
}

/* ---- the file ---- */

static enum err change(struct arena *a, qpdf_data q, struct str pdf, const struct paper_document *d)
{
    if (qpdf_read_memory(q, "paper", pdf.p, pdf.n, NULL) & QPDF_ERRORS)
        return ERR_IO;
    qpdf_oh root = qpdf_get_root(q);
    enum err err = colours(a, q, root);
    if (err)
        return err;
    metadata(a, q, root, d);
    qpdf_oh_replace_key(q, root, "/Lang", qpdf_oh_new_string(q, "vi-VN"));
    qpdf_oh_replace_key(q, root, "/ViewerPreferences", qpdf_oh_parse(q, "<< /DisplayDocTitle true >>"));
    for (int i = 0; i < qpdf_get_num_pages(q); i++)
        page(q, qpdf_get_page_n(q, (size_t)i));
    return OK;
}

static enum err write(struct arena *a, qpdf_data q, struct str *ret)
{
    if (qpdf_init_write_memory(q) & QPDF_ERRORS)
        return ERR_IO;
    qpdf_set_object_stream_mode(q, qpdf_o_disable);
    qpdf_set_stream_data_mode(q, qpdf_s_preserve);
    qpdf_set_newline_before_endstream(q, QPDF_TRUE);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    qpdf_force_pdf_version(q, "1.4");
    if (qpdf_write(q) & QPDF_ERRORS || qpdf_has_error(q))
        return ERR_IO;
    *ret = str_copy(a, (struct str){(const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q)});
    return OK;
}

enum err archive_pdf(struct arena *a, struct str pdf, const struct paper_document *d, struct str *ret)
{
    qpdf_data q = qpdf_init();

    qpdf_silence_errors(q);
    enum err err = change(a, q, pdf, d);
    if (!err)
        err = write(a, q, ret);
    qpdf_cleanup(&q);
    return err;
}
