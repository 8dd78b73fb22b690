# sprite.awk - one SVG of the icons named in assets/icons.txt, from the files of lucide.
# awk -v from=DIRECTORY -f sprite.awk icons.txt
# Strokes are currentColor, so an icon has the colour of the words beside it.
BEGIN { printf "<svg xmlns=\"http://www.w3.org/2000/svg\">\n" }
/^[ \t]*(#|$)/ { next }
{
    file = from "/" $1 ".svg"; inside = 0; text = ""; found = 0
    while ((getline line < file) > 0) {
        found = 1
        if (line ~ /<\/svg>/) inside = 0
        if (inside) { sub(/^[ \t]+/, "", line); text = text line }
        if (line ~ /^[ \t]*>/) inside = 1
    }
    close(file)
    if (!found || text == "") {
        printf "%s:%d: there is no icon \"%s\"\n", FILENAME, FNR, $1 > "/dev/stderr"
        bad = 1
        exit 1
    }
    printf "<symbol id=\"%s\" viewBox=\"0 0 24 24\">%s</symbol>\n", $1, text
}
END { if (!bad) print "</svg>" }
