# roomcheck.awk - holds the rooms apart: what no compiler refuses.
# awk -f tools/roomcheck.awk ROOMS src/*/*.c src/*/*.h        (in the folder of the source)
#
# An include may not climb the stairs. Statements stand in store/sql, markup in web/views, and only
# html/ may make struct html and struct url: a cast would defeat the compiler, so it is refused here.

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    bad = 1
}

# Takes comments out of the line, across lines; leaves string literals whole.
function without_comments(line,    out, i, c, two, in_string) {
    out = ""; in_string = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1); two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
        } else if (in_string) {
            out = out c
            if (c == "\\") { i++; out = out substr(line, i, 1) }
            else if (c == "\"") in_string = 0
        } else if (two == "/*") { in_comment = 1; i++ }
        else if (two == "//") break
        else { out = out c; if (c == "\"") in_string = 1 }
    }
    return out
}

# Only what stands in the string literals of the line.
function literals(line,    out, i, c, in_string) {
    out = ""; in_string = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\\") { if (in_string) out = out substr(line, i, 2); i++ }
        else if (c == "\"") { in_string = !in_string; out = out "\n" }
        else if (in_string) out = out c
    }
    return out
}

function check_include(line,    quoted, part, header) {
    split(line, quoted, "\""); header = quoted[2]
    if (header ~ /^view_/ || header == "asset_gen.h") {
        if (room != "web") complain(room " may not include " header ": views belong to web")
    } else if (header ~ /^(sql_|migrations)/) {
        if (room != "store" && !((room, "store") in may) && !((room, "*") in may))
            complain(room " may not include " header ": statements belong to store")
    } else if (header == "facts_gen.h") {
        if (room != "app") complain(room " may not include " header ": facts reach the acts through app")
    } else if (header == "forms_gen.h") {
        # What papers say is wording, as locale/ is; it is never loaded into a store.
        if (room != "acts") complain(room " may not include " header ": papers are filled by acts/form.h")
    } else if (header == "words_gen.h") {
        if (room != "words") complain("include words/words.h")
    } else if (header == "db/sql.h") {
        # migrate.c runs scripts, whose type stands there too.
        if (room != "db" && FILENAME !~ /store\/migrate\.c$/)
            complain("db/sql.h is for db and for generated files only")
    } else if (split(header, part, "/") < 2) {
        complain("an include names its room: \"" room "/" header "\"")
    } else if (!(part[1] in known)) {
        complain("there is no room " part[1])
    } else if (part[1] != room && !((room, part[1]) in may) && !((room, "*") in may)) {
        complain(room " may not include " header)
    }
}

FILENAME == ARGV[1] {
    if ($0 ~ /^#/ || NF == 0) next
    n = split($0, word, /[ :]+/)
    known[word[1]] = 1
    for (i = 2; i <= n; i++) if (word[i] != "") may[word[1], word[i]] = 1
    next
}

FNR == 1 {
    split(FILENAME, path, "/"); room = path[2]; in_comment = 0
    if (!(room in known)) complain("the room " room " is not in ROOMS")
}

FNR == 701 { complain("more than 700 lines: two subjects share this file") }

/(^|[^A-Za-z])(TO[D]O|FIX[M]E|X[X]X|HA[C]K)([^A-Za-z]|$)/ { complain("unfinished work is not left in a file") }

{
    line = without_comments($0)
    if (line ~ /^[ \t]*#[ \t]*include[ \t]*"/) { check_include(line); next }

    if (room != "html") {
        bare = line
        gsub(/sizeof *\(struct (html|url)\)/, "", bare)
        if (bare ~ /\(struct (html|url)( *\*+)?\)/) complain("only html/ makes struct html and struct url")
        if (line ~ /html_only|url_only/) complain("only html/ looks into struct html and struct url")
        if (line ~ /(html_markup|HTML_MARKUP)[ ]*\(/) complain("only generated views write markup")
    }

    text = literals(line)
    if (text == "") next
    if (room != "db" &&
        text ~ /(^|[^A-Za-z_])(SELECT .|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE (TABLE|INDEX|VIEW)|DROP (TABLE|INDEX|VIEW)|ALTER TABLE|ORDER BY [a-z])/)
        complain("a statement in C: it belongs in store/sql")
    # Papers and exchange formats are XML of their own kind, written and escaped there.
    if (room != "paper" && room != "format" &&
        text ~ /<\/?(a|abbr|article|aside|b|body|br|button|caption|circle|code|dd|div|dl|dt|em|fieldset|figure|footer|form|g|h[1-6]|head|header|hr|html|i|img|input|kbd|label|legend|li|line|link|main|meta|nav|ol|option|p|path|pre|rect|script|section|select|small|span|strong|style|svg|table|tbody|td|text|textarea|th|thead|time|title|tr|u|ul|use)([ \/>]|\\n|$)/)
        complain("markup in C: it belongs in web/views")
}

END { exit bad }
