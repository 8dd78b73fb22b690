/* motcua sign verify - what is true of the signatures of a file. */
#include <errno.h>

#include "app/sign.h"
#include "sign/sources.h"
#include "sign/xml.h"
#include "calendar/zone.h"
#include "format/json_writer.h"

#define ARENA_BYTES ((size_t)512 << 20)

struct verify_asked {
    struct str path, content;
    struct instant now;
    enum lang lang;
    bool json, fetches, inside;
    const struct zone *zone;
};

enum exit_status sign_read_file(struct arena *a, struct str path, struct str *ret)
{
    FILE *f = fopen(str_z(a, path), "rb");
    struct buf b = buf_in(a);
    char part[65536];
    size_t n;

    if (!f) {
        complain("cannot read %" PRIstr ": %s", STR_ARG(path), strerror(errno));
        return EXIT_USAGE;
    }
    while (b.n <= SIGN_FILE_MAX && (n = fread(part, 1, sizeof part, f)) > 0)
        buf_put(&b, (struct str){part, n});
    bool failed = ferror(f) != 0;
    fclose(f);
    if (failed || b.n > SIGN_FILE_MAX) {
        complain(failed ? "cannot read %" PRIstr : "%" PRIstr " is too large", STR_ARG(path));
        return EXIT_USAGE;
    }
    *ret = buf_str(&b);
    return EXIT_DONE;
}

enum exit_status sign_write_file(struct arena *a, struct str path, struct str bytes)
{
    FILE *f = fopen(str_z(a, path), "wb");
    bool written = f && fwrite(bytes.p, 1, bytes.n, f) == bytes.n;

    if (f)
        written = fclose(f) == 0 && written;
    if (!written)
        complain("cannot write %" PRIstr ": %s", STR_ARG(path), strerror(errno));
    return written ? EXIT_DONE : EXIT_FAILED;
}

enum exit_status sign_trust_options(struct args *args, struct arena *a, struct sign_trusted **ret)
{
    struct sign_trusted *trusted = sign_trusted_new(a);
    struct str path, bytes;

    while (args_option(args, "--trust", &path)) {
        if (sign_read_file(a, path, &bytes))
            return EXIT_USAGE;
        if (sign_trusted_add_roots(trusted, bytes)) {
            complain("%" PRIstr " holds no certificate", STR_ARG(path));
            return EXIT_USAGE;
        }
    }
    while (args_option(args, "--revocation", &path)) {
        if (sign_read_file(a, path, &bytes))
            return EXIT_USAGE;
        if (sign_trusted_add_revocation(trusted, bytes)) {
            complain("%" PRIstr " is neither a list of revoked certificates nor an answer of OCSP", STR_ARG(path));
            return EXIT_USAGE;
        }
    }
    *ret = trusted;
    return EXIT_DONE;
}

/* --- JSON ----------------------------------------------------------------------------------- */

static void put_text(struct json_writer *w, const char *key, struct str text)
{
    json_write_key(w, str_of(key));
    if (text.n)
        json_write_text(w, text);
    else
        json_write_null(w);
}

static void put_bool(struct json_writer *w, const char *key, bool value)
{
    json_write_key(w, str_of(key));
    json_write_bool(w, value);
}

static void put_revoked(struct json_writer *w, enum sign_revocation revocation)
{
    json_write_key(w, STR("revoked"));
    if (revocation == SIGN_REVOCATION_UNKNOWN)
        json_write_null(w);
    else
        json_write_bool(w, revocation == SIGN_REVOCATION_REVOKED);
}

static void put_person(struct json_writer *w, struct arena *a, const struct sign_person *p)
{
    put_text(w, "signer", p->name);
    put_text(w, "organisation", p->organisation);
    put_text(w, "unit", p->unit);
    put_text(w, "title", p->title);
    put_text(w, "email", p->email);
    put_text(w, "serial", p->serial);
    put_text(w, "issuer", p->issuer);
    put_text(w, "not_before", p->name.n ? instant_iso(a, p->not_before) : STR(""));
    put_text(w, "not_after", p->name.n ? instant_iso(a, p->not_after) : STR(""));
}

static void put_result(struct json_writer *w, struct arena *a, const struct sign_result *r)
{
    bool has_time = r->time_kind != SIGN_TIME_NONE;
    bool is_revoked = r->revocation == SIGN_REVOCATION_REVOKED || r->revocation == SIGN_REVOCATION_LATER;

    json_write_object(w);
    put_person(w, a, &r->signer);
    put_bool(w, "intact", r->flaw == SIGN_SOUND);
    put_text(w, "flaw", r->flaw ? sign_flaw_name(r->flaw) : STR(""));
    put_bool(w, "covers_whole_revision", r->covers_revision);
    put_bool(w, "covers_whole_file", r->covers_file);
    put_text(w, "changed_after", sign_change_name(r->change));
    put_bool(w, "trusted", r->trust == SIGN_TRUSTED);
    put_text(w, "trust", sign_trust_name(r->trust));
    put_text(w, "root", r->root);
    put_text(w, "time", has_time ? instant_iso(a, r->time) : STR(""));
    put_text(w, "time_kind", sign_time_name(r->time_kind));
    put_text(w, "time_authority", r->stamp_authority);
    put_bool(w, "time_stamp_bad", r->stamp_is_bad);
    put_revoked(w, r->revocation);
    put_text(w, "revocation", sign_revocation_name(r->revocation));
    put_text(w, "revoked_at", is_revoked ? instant_iso(a, r->revoked_at) : STR(""));
    put_text(w, "level", sign_level_name(r->level));
    put_text(w, "kind", r->is_stamp ? STR("time_stamp") : STR("signature"));
    put_text(w, "field", r->field);
    put_text(w, "format", r->format);
    put_text(w, "digest", r->digest);
    put_text(w, "reason", r->reason);
    put_text(w, "location", r->location);
    json_write_key(w, STR("certified"));
    json_write_int(w, r->certified);
    json_write_object_end(w);
}

static enum exit_status write_json(struct arena *a, const struct sign_report *report)
{
    struct json_writer w;

    json_writer_init_file(&w, stdout);
    json_write_object(&w);
    put_bool(&w, "valid", report->is_good);
    put_text(&w, "doubt", str_of(report->doubt));
    json_write_key(&w, STR("signatures"));
    json_write_array(&w);
    for (size_t i = 0; i < report->count; i++)
        put_result(&w, a, &report->result[i]);
    json_write_array_end(&w);
    json_write_object_end(&w);
    if (json_writer_end(&w))
        return EXIT_FAILED;
    putchar('\n');
    return EXIT_DONE;
}

/* --- for people ----------------------------------------------------------------------------- */

static void say_word(struct arena *a, enum lang lang, enum word w, struct str one, struct str two)
{
    const struct str value[] = {one, two};

    printf("  - %" PRIstr "\n", STR_ARG(word_format(a, lang, w, value, 2)));
}

static void say_result(struct arena *a, const struct verify_asked *k, const struct sign_result *r, int number)
{
    struct str who = r->signer.name.n ? r->signer.name : word(k->lang, WORD_SIGNATURE_SIGNER_UNKNOWN);
    const struct str value[] = {str_format(a, "%d", number), who};
    enum word covers = r->covers_file ? WORD_SIGNATURE_COVERS_FILE : r->covers_revision ? WORD_SIGNATURE_COVERS_REVISION : WORD_SIGNATURE_COVERS_PART;
    const struct str none = STR("");

    say(word_format(a, k->lang, r->is_stamp ? WORD_SIGNATURE_STAMP_BY : WORD_SIGNATURE_BY, value, 2));
    say_word(a, k->lang, sign_flaw_word(r->flaw), none, none);
    say_word(a, k->lang, covers, none, none);
    say_word(a, k->lang, sign_change_word(r->change), none, none);
    if (r->flaw)
        return;
    say_word(a, k->lang, sign_time_word(r->time_kind), zone_iso(a, k->zone, r->time), r->stamp_authority);
    if (r->stamp_is_bad)
        say_word(a, k->lang, WORD_SIGNATURE_STAMP_IS_BAD, none, none);
    say_word(a, k->lang, sign_trust_word(r->trust), none, none);
    if (r->root.n)
        say_word(a, k->lang, WORD_SIGNATURE_ROOT, r->root, none);
    say_word(a, k->lang, sign_revocation_word(r->revocation), date_vietnamese(a, zone_date(k->zone, r->revoked_at)), none);
}

static void write_text(struct arena *a, const struct verify_asked *k, const struct sign_report *report)
{
    enum word verdict = report->is_good ? WORD_SIGNATURE_VERDICT_GOOD : report->count ? WORD_SIGNATURE_VERDICT_BAD : WORD_SIGNATURE_VERDICT_NONE;

    say(word(k->lang, verdict));
    if (report->doubt)
        say(word(k->lang, WORD_SIGNATURE_DOUBT));
    for (size_t i = 0; i < report->count; i++)
        say_result(a, k, &report->result[i], (int)i + 1);
}

/* --- the command ---------------------------------------------------------------------------- */

static enum exit_status fetched(struct arena *a, const struct verify_asked *k, struct str bytes, struct sign_trusted *trusted)
{
    struct str evidence[SIGN_SOURCES_MAX];
    size_t count = 0;
    enum exit_status status = sign_fetch(a, bytes, k->inside, trusted, evidence, SIGN_SOURCES_MAX, &count);

    for (size_t i = 0; i < count; i++)
        if (sign_trusted_add_revocation(trusted, evidence[i]))
            complain("what came is neither a list of revoked certificates nor an answer of OCSP");
    return status;
}

static enum exit_status examine(struct arena *a, const struct verify_asked *k, struct sign_trusted *trusted)
{
    struct str bytes, content;
    struct sign_report report;
    const char *why = "the message cannot be read";
    enum err err;
    enum exit_status status = sign_read_file(a, k->path, &bytes);

    if (!status && k->content.n)
        status = sign_read_file(a, k->content, &content);
    if (!status && k->fetches)
        status = fetched(a, k, bytes, trusted);
    if (status)
        return status;
    if (k->content.n)
        err = sign_verify_cms(a, content, bytes, trusted, k->now, &report);
    else if (sign_is_xml(bytes))
        err = sign_verify_xml(a, bytes, trusted, k->now, &report, &why);
    else
        err = sign_verify_pdf(a, bytes, trusted, k->now, &report, &why);
    if (err) {
        complain("%" PRIstr ": %s", STR_ARG(k->path), why);
        return EXIT_USAGE;
    }
    if (!k->json)
        write_text(a, k, &report);
    else if (write_json(a, &report))
        return EXIT_FAILED;
    return report.is_good ? EXIT_DONE : EXIT_NO;
}

enum exit_status command_sign_verify(struct args *args)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct verify_asked k = {.now = clock_now(), .json = args_flag(args, "--json")};
    struct sign_trusted *trusted = NULL;
    struct str at, lang = STR("vi");
    bool good = zone_open(STR("Asia/Ho_Chi_Minh"), &k.zone) == OK;

    if (args_option(args, "--at", &at))
        good = time_typed(at, k.zone, &k.now) && good;
    k.inside = args_flag(args, "--fetch-inside");
    k.fetches = args_flag(args, "--fetch") || k.inside;
    args_option(args, "--content", &k.content);
    args_option(args, "--lang", &lang);
    k.lang = str_eq(lang, STR("en")) ? LANG_EN : LANG_VI;
    enum exit_status status = sign_trust_options(args, a, &trusted);
    good = args_word(args, &k.path) && good;
    if (!status && (!args_done(args) || !good)) {
        complain("sign verify needs FILE.pdf, FILE.xml, or FILE.p7s --content FILE; --at is a time, --lang vi or en");
        status = EXIT_USAGE;
    }
    if (!status)
        status = examine(a, &k, trusted);
    arena_free(a);
    return status;
}
