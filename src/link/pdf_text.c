#include "link/pdf_text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

enum { NO_TOOL = 127, CHUNK = 16 * 1024, FILES_MAX = 16 };

static bool bound(enum __rlimit_resource what, rlim_t most)
{
    const struct rlimit limit = {most, most};

    return setrlimit(what, &limit) == 0;
}

/* After fork, in a program of many threads: nothing but calls of the kernel until exec. */
static NORETURN void become_tool(const char *tool, int in, int out, int nowhere)
{
    char *const argument[] = {(char[]){"pdftotext"}, (char[]){"-q"}, (char[]){"-enc"}, (char[]){"UTF-8"},
                              (char[]){"-nopgbrk"}, (char[]){"-"}, (char[]){"-"}, NULL};
    char *const environment[] = {(char[]){"LC_ALL=C"}, NULL};
    sigset_t none;

    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
        _exit(NO_TOOL);
    close_range(STDERR_FILENO + 1, ~0u, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_PDEATHSIG, SIGKILL) || !bound(RLIMIT_CORE, 0) ||
        !bound(RLIMIT_FSIZE, 0) || !bound(RLIMIT_NOFILE, FILES_MAX) || !bound(RLIMIT_CPU, PDF_TEXT_PROCESSOR_SECONDS) ||
        !bound(RLIMIT_AS, PDF_TEXT_MEMORY))
        _exit(NO_TOOL);
    execve(tool, argument, environment);
    _exit(NO_TOOL);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the end, the limit or the hour. */
static enum err take(int from, struct buf *out)
{
    int64_t end = now_ms() + PDF_TEXT_SECONDS * 1000;
    char chunk[CHUNK];

    for (;;) {
        struct pollfd wait = {.fd = from, .events = POLLIN};
        int64_t left = end - now_ms();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready == 0)
            return ERR_LIMIT;
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t n = ready < 0 ? -1 : read(from, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0 || out->n + (size_t)n > PDF_TEXT_MAX)
            return OK; /* with the rest left out */
        buf_put(out, (struct str){chunk, (size_t)n});
    }
}

/* The file as something that can be read from the start, of no name. */
static int as_file(struct str pdf)
{
    int fd = memfd_create("pdf", MFD_CLOEXEC);

    for (size_t done = 0; fd >= 0 && done < pdf.n;) {
        ssize_t n = write(fd, pdf.p + done, pdf.n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/* What the tool's end says. It was stopped by us where all that may be kept was there already. */
static enum err verdict(int status, bool is_stopped)
{
    if (WIFSIGNALED(status))
        return is_stopped && WTERMSIG(status) == SIGKILL ? OK : ERR_LIMIT;
    if (WEXITSTATUS(status) == NO_TOOL)
        return ERR_UNAVAILABLE;
    return WEXITSTATUS(status) == 0 ? OK : ERR_INVALID;
}

static enum err run(const char *tool, int in, struct buf *out)
{
    int pipe_end[2], status = 0, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere < 0)
        return ERR_UNAVAILABLE;
    if (pipe2(pipe_end, O_CLOEXEC)) {
        close(nowhere);
        return ERR_UNAVAILABLE;
    }
    pid_t child = fork();
    if (child == 0)
        become_tool(tool, in, pipe_end[1], nowhere);
    close(pipe_end[1]);
    close(nowhere);
    enum err err = child < 0 ? ERR_UNAVAILABLE : take(pipe_end[0], out);
    /* A tool that said all ends by itself; what it does not say within the limits nobody waits for. Before the pipe is
     * closed, which would end it with another signal. */
    bool is_stopped = child > 0 && (err || out->n + CHUNK > PDF_TEXT_MAX);
    if (is_stopped)
        kill(child, SIGKILL);
    close(pipe_end[0]);
    if (child < 0)
        return err;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return err ? err : verdict(status, is_stopped);
}

enum err link_pdf_text(struct arena *a, struct str tool, struct str pdf, struct str *ret)
{
    struct buf out = buf_in(a);
    const char *path = tool.n ? str_z(a, tool) : PDF_TEXT_TOOL;

    if (pdf.n > PDF_TEXT_FILE_MAX)
        return ERR_LIMIT;
    if (access(path, X_OK))
        return ERR_UNAVAILABLE;
    int in = as_file(pdf);
    if (in < 0)
        return ERR_UNAVAILABLE;
    enum err err = run(path, in, &out);
    close(in);
    if (err)
        return err;
    struct str words = buf_str(&out);
    for (int cut = 0; cut < 4 && words.n && !text_is_utf8(words); cut++)
        words.n--; /* the limit may fall within a character */
    if (!text_is_utf8(words))
        return ERR_INVALID;
    *ret = str_trim(words);
    return OK;
}
