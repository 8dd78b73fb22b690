/* The person at the machine: sees what is to be signed, and says yes or no. */
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "app/sign_agent.h"
#include "base/text.h"
#include "crypto/secret.h"

enum { LINE_BYTES = 256, ROUND_MILLISECONDS = 250 };

void agent_say(struct agent *g, struct arena *a, enum word word, const struct str *value, size_t count)
{
    struct str line = word_format(a, g->lang, word, value, count);

    printf("%" PRIstr "\n", STR_ARG(line));
    fflush(stdout);
}

static size_t char_bytes(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

struct str agent_clean(struct arena *a, struct str text)
{
    struct buf b = buf_in(a);
    size_t n;

    for (size_t i = 0; i < text.n; i += n) {
        n = char_bytes((unsigned char)text.p[i]);
        struct str c = str_sub(text, i, n);
        if (b.n + c.n > AGENT_TITLE_MAX) {
            buf_put(&b, STR("…"));
            break;
        }
        if (c.p[0] == '\n' || c.p[0] == '\t')
            buf_char(&b, ' ');
        else if (!text_has_control(c))
            buf_put(&b, c);
    }
    return buf_str(&b);
}

/* Waits for something to be typed. In short rounds: a signal that comes just before poll() would not end a long one. */
static bool is_typed(int seconds)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

    for (int round = 0; !agent_is_ending() && round < seconds * (1000 / ROUND_MILLISECONDS); round++)
        if (poll(&in, 1, ROUND_MILLISECONDS) == 1)
            return !agent_is_ending();
    return false;
}

/* One line of what is typed, each letter of it within `seconds`. Read byte by byte and not through stdio, so that poll()
 * sees all that is there. False: nothing came, or the end. */
static bool line_read(char *line, size_t *ret_n, int seconds)
{
    size_t n = 0;
    char c;

    for (;;) {
        if (!is_typed(seconds) || read(STDIN_FILENO, &c, 1) != 1)
            return false;
        if (c == '\n') {
            *ret_n = n;
            return true;
        }
        if (n < LINE_BYTES)
            line[n++] = c;
    }
}

enum err agent_ask_pin(struct agent *g, struct arena *a, struct str *ret)
{
    struct termios before, silent;
    char line[LINE_BYTES];
    size_t n;
    struct str asked = word(g->lang, WORD_AGENT_PIN);
    bool is_terminal = tcgetattr(STDIN_FILENO, &before) == 0;

    /* Silent first: who types as soon as they are asked is not shown either. */
    if (is_terminal) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    printf("%" PRIstr " ", STR_ARG(asked));
    fflush(stdout);
    bool typed = line_read(line, &n, AGENT_PIN_SECONDS);
    if (is_terminal)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    putchar('\n');
    if (typed && n)
        *ret = str_copy(a, (struct str){line, n});
    secret_wipe(line, sizeof line);
    return typed && n ? OK : ERR_IO;
}

/* "co", "c", "CÓ": the word for yes of the language, or the beginning of it. */
static bool is_yes(const struct agent *g, struct arena *a, struct str typed)
{
    struct str yes = text_fold(a, word(g->lang, WORD_AGENT_YES));
    struct str said = text_is_utf8(typed) ? text_fold(a, typed) : STR("");

    return said.n && str_has_prefix(yes, said);
}

bool agent_confirm(struct agent *g, struct arena *a, const struct agent_order *order)
{
    char line[LINE_BYTES];
    size_t n;
    struct str head[] = {order->origin, word_int(a, g->lang, (int64_t)order->count), agent_clean(a, order->who.name), order->who.serial};

    agent_say(g, a, WORD_AGENT_ORDER, head, 4);
    for (size_t i = 0; i < order->count; i++)
        printf("  %3zu. %" PRIstr "\n", i + 1, STR_ARG(order->title[i]));
    if (g->asks_nobody)
        return true;
    /* What was typed before the question was asked is no answer to it. */
    tcflush(STDIN_FILENO, TCIFLUSH);
    struct str asked = word(g->lang, WORD_AGENT_CONFIRM);
    printf("%" PRIstr " ", STR_ARG(asked));
    fflush(stdout);
    bool yes = line_read(line, &n, AGENT_CONFIRM_SECONDS) && is_yes(g, a, (struct str){line, n});
    agent_say(g, a, yes ? WORD_AGENT_AGREED : WORD_AGENT_REFUSED, NULL, 0);
    return yes;
}
