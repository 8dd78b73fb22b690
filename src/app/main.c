/* motcua - one-stop administration: one binary, one data file, one port. */
#include "app/command.h"

#include <locale.h>
#include <signal.h>

static enum exit_status command_help(struct args *args);

const struct command COMMANDS[] = {
    {"init", "[--db ADDRESS]", "create an empty store with the base data", command_init},
    {"demo", "[--db ADDRESS] [--scale K] [--seed S]", "fill a store with the demonstration city", command_demo},
    {"serve", "[--db ADDRESS] [--listen ADDR:PORT] [--workers N] [--trust DIR] [--token URI|--p12 FILE --pin-file F] [--tsa URL] [--agent-port PORT] [--token URI|--p12 FILE --pin-file F]", "serve the city", command_serve},
    {"import", "xes|csv FILE [--map MAP.yaml] [--unit CODE] [--json]", "load an event log as dossiers", command_import},
    {"figures", "--unit CODE --from DATE --to DATE [--as-of TIME] [--cohort received] [--records FIGURE] --json",
     "figures of a period, or the records of one", command_figures},
    {"report", "cchc|mot-cua|II.06a --unit CODE --from DATE --to DATE [--period 2018-Q1] [--as-of TIME] [--ended by-date|on-time] [--territory then|now|DATE] "
     "--format html|pdf|docx|xlsx|json --out FILE | check FILE [--json]",
     "a report, its laws checked", command_report},
    {"paper", "FORM DOSSIER [--public-base URL] --out FILE | giay-tiep-nhan --unit CODE --day DATE [--public-base URL] --out FILE",
     "an official form of a dossier, the receipts of a day, as PDF/A", command_paper},
    {"deadline", "--from LOCAL-TIME --days N | --hours N | --same-day [--pause A/B]… [--calendar CODE] [--json]",
     "derive a deadline and say why", command_deadline},
    {"flow", "check FILE.bpmn [--json] | run FILE.bpmn [--auto] [--set NAME=VALUE]… | export PROCEDURE",
     "can a drawing be executed; run it in the terminal; the process of a procedure", command_flow},
    {"sign", "FILE.pdf… --token PKCS11-URI|--p12 FILE [--pin-file F] [--module LIB] [--chain FILE.pem] [--reason …] [--tsa URL] "
     "--out FILE|--out-dir DIR",
     "sign files with a token: PDF as PAdES, XML with --xml [--into ELEMENT], others with --cms", command_sign},
    {"sign", "agent --origin https://SITE… (--module LIB [--token URI] | --p12 FILE) [--pin-file F] [--listen 127.0.0.1:PORT] [--yes] [--lang vi|en]",
     "lend the token in this machine to the pages of a site", command_sign},
    {"sign", "extend FILE.pdf [--evidence FILE]… [--fetch] [--tsa URL] --out FILE",
     "keep in the file what proves its signatures (LT), time-stamp the whole (LTA)", command_sign},
    {"sign", "verify FILE.pdf|FILE.xml [--trust FILE.pem]… [--revocation FILE]… [--fetch] [--at TIME] [--json] | verify FILE.p7s --content FILE …",
     "what is true of the signatures of a file", command_sign},
    {"verify", "[--json]", "replay the journal and compare everything with it", command_verify},
    {"backup", "FILE", "hot backup of the store", command_backup},
    {"restore", "FILE", "restore a backup into a store that does not exist yet", command_restore},
    {"upgrade", "[--dry-run]", "bring the schema to this version", command_upgrade},
    {"user", "add LOGIN --name NAME --unit CODE --role ROLE [--password-file FILE]", "people without the web", command_user},
    {"unit", "list|add …", "units without the web", command_unit},
    {"job", "list | run NAME [--clock LOCAL-TIME]", "work in the background", command_job},
    {"help", "", "this list", command_help},
    {NULL, NULL, NULL, NULL},
};

static enum exit_status command_help(struct args *args)
{
    (void)args;
    puts("motcua - one-stop administration\n");
    for (const struct command *c = COMMANDS; c->name; c++)
        printf("  motcua %s %s\n      %s\n", c->name, c->usage, c->what);
    puts("\nADDRESS is sqlite:PATH or postgresql://…; without --db it is $MOTCUA_DB, then sqlite:motcua.db.\n"
         "Exit status: 0 done, 1 the answer is no, 2 bad usage or input, 3 the store or the system failed.");
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct args args = {.count = argc - 2, .word = argv + 2};

    setlocale(LC_ALL, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2 || argc > 250) {
        command_help(&args);
        return EXIT_USAGE;
    }
    for (const struct command *c = COMMANDS; c->name; c++)
        if (strcmp(argv[1], c->name) == 0)
            return (int)c->run(&args);
    complain("there is no command '%s'; see 'motcua help'", argv[1]);
    return EXIT_USAGE;
}
