/* demo.h - the demonstration city: synthetic people and dossiers whose figures are the published
 * ones because the records are so. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/command.h"

/* When the served demonstration begins: the morning after the quarter's cut-off. */
#define DEMO_CLOCK    "2018-03-01T07:30"
#define DEMO_PASSWORD "mot-cua-2018"

/* A member of staff, as the plan needs it. */
struct demo_person {
    int64_t id, unit;
    struct str login, role, name, title, unit_name, unit_code;
};

struct demo_staff {
    struct demo_person *person;
    size_t count, room;
};

/* Hires the staff of every unit, with roles and one password for all. */
enum err demo_staff_hire(struct session *s, uint64_t seed, struct demo_staff *ret) MUST_CHECK;

/* The certificates that the city's leaders and units have; data/demo/certificates.yaml. */
enum err demo_certificates(struct session *s, const struct demo_staff *staff, uint64_t seed) MUST_CHECK;

/* The registers of the reform, with their records; data/demo/books.yaml. Leaves the clock at the time when they were recorded. */
enum err demo_books(struct session *s, uint64_t seed) MUST_CHECK;

/* The people who stand in `unit` for `role`; at least one, or NULL. `nth` chooses among them. */
const struct demo_person *demo_staff_of(const struct demo_staff *staff, int64_t unit, struct str role, uint64_t nth);

/* Takes in, works on and ends the quarter's dossiers, times `scale`. */
enum exit_status demo_dossiers(struct session *s, const struct demo_staff *staff, int64_t scale, uint64_t seed);

/* Names and addresses, drawn by their frequencies; data/demo/names.yaml. */
struct demo_names;
enum err demo_names_read(struct arena *a, struct demo_names **ret) MUST_CHECK;
struct str demo_name(const struct demo_names *n, struct random *r, struct arena *a, bool *ret_is_woman);
struct str demo_address(const struct demo_names *n, struct random *r, struct arena *a, struct str unit_name);

/* The accounts worth knowing, on standard error. */
void demo_accounts_print(void);

#endif
