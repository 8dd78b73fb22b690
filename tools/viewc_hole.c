/* viewc_hole - which holes may stand at a place of the markup, and how branches meet again. */
#include "viewc.h"

static const char *const boolean_attrs[] = {
    "autofocus", "checked",  "disabled", "formnovalidate", "hidden",   "inert",
    "multiple",  "novalidate", "open",   "readonly",       "required", "reversed", "selected"};

static const char *const place_name[] = {
    [PLACE_TEXT] = "text",
    [PLACE_TAG_OPEN] = "a tag name",
    [PLACE_TAG_NAME] = "a tag name",
    [PLACE_TAG_BLANK] = "a tag, outside the quotes of an attribute",
    [PLACE_TAG_TIGHT] = "a tag, outside the quotes of an attribute",
    [PLACE_ATTR_NAME] = "the name of an attribute",
    [PLACE_ATTR_AFTER] = "a tag, outside the quotes of an attribute",
    [PLACE_VALUE_OPEN] = "an attribute without quotes",
    [PLACE_VALUE] = "an attribute",
    [PLACE_VALUE_BARE] = "an attribute without quotes",
    [PLACE_TAG_CLOSE] = "a tag",
    [PLACE_END_TAG] = "an end tag",
    [PLACE_COMMENT] = "a comment",
    [PLACE_DOCTYPE] = "a doctype",
    [PLACE_RAW] = "<script> or <style>",
};

static void refuse_here(struct markup *m, const char *what)
{
    MARKUP_REFUSE(m, "%s inside %s", what, place_name[m->at.place]);
}

bool markup_print(struct markup *m, enum kind kind, struct str path)
{
    struct tag *t = m->at.tag;

    if (m->at.place == PLACE_TEXT) {
        if (kind == KIND_HTML && markup_is_in_textarea(m))
            MARKUP_REFUSE(m, "finished markup in <%" PRIstr ">", STR_ARG(m->at.open->name));
        return false;
    }
    if (m->at.place != PLACE_VALUE)
        refuse_here(m, "a value");
    if (kind == KIND_HTML)
        MARKUP_REFUSE(m, "finished markup in the attribute %" PRIstr, STR_ARG(buf_str(&t->attr)));
    if (m->at.attr_class == ATTR_LITERAL)
        MARKUP_REFUSE(m, "a value inside the attribute %" PRIstr ", which is read as a program",
               STR_ARG(buf_str(&t->attr)));
    if (m->at.attr_class == ATTR_URL) {
        if (kind != KIND_URL)
            MARKUP_REFUSE(m, "the attribute %" PRIstr " takes a value of kind url only",
                   STR_ARG(buf_str(&t->attr)));
        if (m->at.url_part != URL_START)
            MARKUP_REFUSE(m, "a url stands alone, or is followed by a literal #id");
        m->at.url_part = URL_WHOLE;
    }
    t->content_has_hole |= markup_same(buf_str(&t->attr), "content");
    buf_format(&t->value, "{{%" PRIstr "}}", STR_ARG(path));
    return m->at.attr_class != ATTR_PEOPLE;
}

void markup_word(struct markup *m)
{
    if (m->at.place != PLACE_TEXT && m->at.place != PLACE_VALUE)
        refuse_here(m, "a word");
    if (m->at.place == PLACE_VALUE && (m->at.attr_class == ATTR_URL ||
                                       m->at.attr_class == ATTR_LITERAL))
        MARKUP_REFUSE(m, "a word inside the attribute %" PRIstr, STR_ARG(buf_str(&m->at.tag->attr)));
    if (m->at.place == PLACE_VALUE)
        buf_put(&m->at.tag->value, STR("{{t}}"));
}

void markup_icon(struct markup *m)
{
    if (m->at.place != PLACE_TEXT || markup_is_in_textarea(m))
        refuse_here(m, "an icon");
}

/* "<input required{{if x}}": a hole ends the attribute before it, which has no value. */
static void end_bare_attr(struct markup *m)
{
    if (m->at.place != PLACE_ATTR_NAME && m->at.place != PLACE_ATTR_AFTER)
        return;
    if (m->at.place == PLACE_ATTR_NAME)
        markup_attr_begin(m);
    markup_attr_end(m);
    m->at.place = PLACE_TAG_TIGHT;
}

void markup_attr(struct markup *m, struct str name)
{
    end_bare_attr(m);
    if (m->at.place != PLACE_TAG_TIGHT && m->at.place != PLACE_TAG_BLANK)
        refuse_here(m, "{{attr}}");
    bool is_boolean = false;
    for (size_t i = 0; i < sizeof boolean_attrs / sizeof *boolean_attrs; i++)
        is_boolean |= markup_same(name, boolean_attrs[i]);
    if (!is_boolean)
        MARKUP_REFUSE(m, "%" PRIstr " is not a boolean attribute", STR_ARG(name));
    m->at.place = PLACE_TAG_TIGHT;
}

void markup_if(struct markup *m)
{
    end_bare_attr(m);
    if (m->at.place != PLACE_TEXT && m->at.place != PLACE_VALUE &&
        m->at.place != PLACE_TAG_BLANK && m->at.place != PLACE_TAG_TIGHT)
        refuse_here(m, "{{if}}");
}

void markup_each(struct markup *m)
{
    /* Its body is written many times, so it may not be half a tag or part of an address. */
    if (m->at.place != PLACE_TEXT && m->at.place != PLACE_VALUE)
        refuse_here(m, "{{each}}");
    if (m->at.place == PLACE_VALUE && m->at.attr_class == ATTR_URL)
        MARKUP_REFUSE(m, "{{each}} inside the attribute %" PRIstr, STR_ARG(buf_str(&m->at.tag->attr)));
}

void markup_call(struct markup *m)
{
    if (m->at.place != PLACE_TEXT || markup_is_in_textarea(m))
        refuse_here(m, "{{call}}");
}

void markup_join(struct markup *m, const struct html_state *other, const char *what)
{
    struct html_state *at = &m->at;
    bool in_tag = (at->place == PLACE_TAG_BLANK || at->place == PLACE_TAG_TIGHT) &&
                  (other->place == PLACE_TAG_BLANK || other->place == PLACE_TAG_TIGHT);

    if (at->open != other->open) {
        const struct element *e = at->open ? at->open : other->open;
        MARKUP_REFUSE(m, "a branch of %s opens and closes different tags (<%" PRIstr "> of line %d)", what,
               STR_ARG(e->name), e->line);
    }
    if (at->tag != other->tag || (!in_tag && at->place != other->place) ||
        (at->place == PLACE_VALUE && at->quote != other->quote))
        MARKUP_REFUSE(m, "the branches of %s end in different places: %s and %s", what,
               place_name[at->place], place_name[other->place]);
    if (in_tag && at->place != other->place)
        at->place = PLACE_TAG_TIGHT;
    /* A url may stand alone in each branch; where one is empty the rest must fit both. */
    if (at->place == PLACE_VALUE && at->url_part != other->url_part)
        at->url_part = at->attr_class == ATTR_URL ? URL_WHOLE : at->url_part;
}

void markup_end(struct markup *m, const struct view *view)
{
    if (m->at.place != PLACE_TEXT)
        MARKUP_REFUSE(m, "the view %" PRIstr " ends inside %s", STR_ARG(view->name),
               place_name[m->at.place]);
    if (m->at.open)
        MARKUP_REFUSE(m, "<%" PRIstr "> of line %d is not closed", STR_ARG(m->at.open->name),
               m->at.open->line);
}

void markup_check_labels(struct file *file)
{
    for (const struct labelled *l = file->labelled; l; l = l->next) {
        bool found = false;
        for (const struct label *label = file->label; label && !found; label = label->next)
            found = str_eq(label->id, l->id);
        if (!found)
            VIEWC_DIE(file, l->line, "<%" PRIstr " id=\"%" PRIstr "\"> has no <label for> in this "
                      "file, and no aria-label", STR_ARG(l->tag), STR_ARG(l->id));
    }
}
