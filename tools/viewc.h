/* viewc.h - what the parts of tools/viewc share; docs/views.md is the manual.
 *
 * parse: text -> views made of nodes. html: the tokenizer that knows where in the markup we are.
 * check: a walk over the nodes that names every value and refuses what is unsafe. emit: plain C. */
#ifndef TOOLS_VIEWC_H
#define TOOLS_VIEWC_H

#include "tool.h"

enum kind { KIND_TEXT, KIND_URL, KIND_HTML, KIND_INT, KIND_BOOL, KIND_LIST, KIND_ONE, KIND_ROW };

struct field {
    struct field *next;
    struct str name;
    enum kind kind;
    struct str view_name; /* of a list or one */
    struct view *view;
};

/* A value as the view names it ("row.page") and, once checked, as C names it ("row->page"). */
struct value {
    struct str path;
    bool negated; /* of a condition: if not x */
    enum kind kind;
    struct view *view; /* of a list, one or row */
    struct str c;
};

enum node_type {
    NODE_LITERAL,
    NODE_PRINT,
    NODE_IF,
    NODE_EACH,
    NODE_CALL,
    NODE_WORD,
    NODE_ICON,
    NODE_ASSET,
    NODE_ATTR
};

enum { WORD_ARGS = 4 };

struct node {
    struct node *next;
    enum node_type type;
    int line;
    struct str text;          /* literal; word key; icon, asset, attribute or view name */
    struct value value;       /* print, if, each, call, attr */
    bool has_value;           /* call */
    bool digits;              /* an int in an attribute that programs read */
    struct value arg[WORD_ARGS];
    size_t arg_count;
    struct node *body, *other; /* if, each: then and else */
    struct view *view;         /* call */
    bool is_used;              /* each: the body names its row */
};

struct view {
    struct view *next;
    struct file *file;
    int line;
    struct str name;
    struct field *field;
    struct node *body;
    bool is_used; /* the body names a field */
};

/* An <input>, <select> or <textarea> that some <label for> must name. */
struct labelled {
    struct labelled *next;
    struct str tag, id;
    int line;
};
struct label {
    struct label *next;
    struct str id;
};

struct file {
    struct file *next;
    const char *path;
    struct str stem;
    struct view *view;
    struct labelled *labelled;
    struct label *label;
};

/* Names that exist elsewhere: words with their number of holes, assets, icons. */
struct known {
    struct known *next;
    struct str name;
    size_t holes;
};

struct viewc {
    struct arena *arena;
    struct file *file;
    struct known *word, *asset, *icon;
};

#define VIEWC_DIE(file, line, ...) tool_die((file)->path, (line), __VA_ARGS__)

struct file *viewc_parse(struct viewc *c, const char *path);

/* Names every value of every view, and refuses. Replaces literals by what is written. */
void viewc_check(struct viewc *c);

struct str viewc_header(struct viewc *c, const struct file *file);
struct str viewc_source(struct viewc *c, const struct file *file);

struct view *viewc_view(const struct viewc *c, struct str name);
const struct known *viewc_known(const struct known *list, struct str name);

/* --- the tokenizer --- */

enum place {
    PLACE_TEXT,
    PLACE_TAG_OPEN,   /* after < */
    PLACE_TAG_NAME,
    PLACE_TAG_BLANK,  /* between attributes */
    PLACE_TAG_TIGHT,  /* after a value or a hole: a blank, / or > must follow */
    PLACE_ATTR_NAME,
    PLACE_ATTR_AFTER, /* after a name and blanks */
    PLACE_VALUE_OPEN, /* after = */
    PLACE_VALUE,      /* in quotes */
    PLACE_VALUE_BARE,
    PLACE_TAG_CLOSE,  /* after / */
    PLACE_END_TAG,
    PLACE_COMMENT,
    PLACE_DOCTYPE,
    PLACE_RAW /* in <script> or <style> */
};

enum url_part { URL_START, URL_WHOLE, URL_LITERAL };

enum attr_class {
    ATTR_PLAIN,
    ATTR_PEOPLE,  /* read by people: words, and numbers with dots */
    ATTR_URL,
    ATTR_LITERAL, /* programs run it: no value inside */
    ATTR_REFUSED  /* not even a literal one */
};

struct element {
    const struct element *outer;
    struct str name;
    int line;
};

/* The tag being read, and what was seen in it. Shared by the branches of an {{if}} inside it. */
struct tag {
    struct str name;
    int line;
    struct buf attr, value;
    struct str id, type, label_for;
    bool has_id, has_alt, has_lang, has_aria_label, has_http_equiv, content_has_hole;
};

/* Where we are. A value: branches start from a copy, and must end in equal ones. */
struct html_state {
    enum place place;
    char quote;
    enum url_part url_part;
    enum attr_class attr_class;
    const struct element *open;
    struct tag *tag;
};

struct markup {
    struct viewc *viewc;
    struct file *file;
    int line;
    struct html_state at;
};

#define MARKUP_REFUSE(m, ...) VIEWC_DIE((m)->file, (m)->line, __VA_ARGS__)

/* Shared by viewc_html and viewc_hole: names of tags and attributes ignore case; an attribute that
 * ends before its value; an element that holds text only. */
bool markup_same(struct str name, const char *other);
void markup_attr_begin(struct markup *m);
void markup_attr_end(struct markup *m);
bool markup_is_in_textarea(const struct markup *m);

/* Reads a literal; gives what is written for it (without comments and needless blanks). */
struct str markup_literal(struct markup *m, struct str literal);

/* A printed value of this kind at this place, or a refusal. `path` stands in for it in id and for.
 * True: an int here is read by a program. */
bool markup_print(struct markup *m, enum kind kind, struct str path);
void markup_word(struct markup *m);
void markup_icon(struct markup *m);
void markup_attr(struct markup *m, struct str name);

/* May they stand here? */
void markup_if(struct markup *m);
void markup_each(struct markup *m);
void markup_call(struct markup *m);
/* Two branches end here: `m` continues in what both agree on. */
void markup_join(struct markup *m, const struct html_state *other, const char *what);
void markup_end(struct markup *m, const struct view *view);
void markup_check_labels(struct file *file);

#endif
