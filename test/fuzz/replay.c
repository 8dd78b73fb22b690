/* replay.c - runs a fuzz target on the files and folders named, printing TAP. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

static int count;

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct arena *arena = arena_new(64 * 1024 * 1024);
    struct buf bytes = buf_in(arena);
    char piece[4096];
    size_t n;

    if (!file)
        BUG("no file %s", path);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_put(&bytes, (struct str){piece, n});
    fclose(file);
    LLVMFuzzerTestOneInput((const uint8_t *)buf_str(&bytes).p, bytes.n);
    printf("ok %d - %s\n", ++count, path);
    arena_free(arena);
}

static void replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    char name[4096];

    if (!folder)
        BUG("no folder %s", path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        replay_file(name);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            replay_folder(argv[i]);
        else
            replay_file(argv[i]);
    }
    printf("1..%d\n", count);
    return count ? 0 : 1;
}
