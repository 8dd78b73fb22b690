/* The files of data/ against one another and against what the city published: what the loader cannot
 * see, because it looks at one entry at a time. */
#include "test.h"

#include <dirent.h>

#include "base/text.h"
#include "format/yaml.h"
#include "rules/dossier.h"
#include "rules/right.h"
#include "vn_calendar.h"

enum { ROWS = 46, WARDS = 30, DAY = 480 };

static struct arena *arena;
static struct json units, fields, roles, reasons, procedures, figures;

static struct json facts_read(const char *path)
{
    struct fault fault = {.why = STR("")};
    struct json doc;
    struct str text = file_read(arena, str_z(arena, str_format(arena, SOURCE_ROOT "/data/%s", path)));

    if (yaml_parse(arena, text, &doc, &fault))
        fail_msg("%s, line %zu: %.*s", path, fault.line, STR_ARG(fault.why));
    return doc;
}

static int facts_open(void **state)
{
    struct dirent *entry;

    (void)state;
    arena = arena_new(64 << 20);
    units = json_get(facts_read("units/bien-hoa-2018.yaml"), "units");
    fields = json_get(facts_read("fields.yaml"), "fields");
    roles = json_get(facts_read("roles.yaml"), "roles");
    reasons = json_get(facts_read("reasons.yaml"), "reasons");
    figures = facts_read("demo/figures.yaml");
    procedures = json_new_array(arena);
    DIR *folder = opendir(SOURCE_ROOT "/data/procedures");
    assert_non_null(folder);
    while ((entry = readdir(folder))) {
        if (!str_has_suffix(str_of(entry->d_name), STR(".yaml")))
            continue;
        struct json list = json_get(facts_read(str_z(arena, str_format(arena, "procedures/%s", entry->d_name))), "procedures");
        for (size_t i = 0; i < json_length(list); i++)
            json_append(procedures, json_at(list, i));
    }
    closedir(folder);
    return 0;
}

static int facts_close(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The entry of a list with that code; absent if there is none. */
static struct json by_code(struct json list, struct str code)
{
    for (size_t i = 0; i < json_length(list); i++)
        if (str_eq(json_text(json_at(list, i), "code"), code))
            return json_at(list, i);
    return (struct json){NULL};
}

static bool is_in(struct json list, struct str code)
{
    return json_kind(by_code(list, code)) == JSON_KIND_OBJECT;
}

static int64_t number(struct json o, const char *key)
{
    int64_t n = 0;

    assert_err(yaml_int(o, key, 0, 1000000000, &n), OK);
    return n;
}

static bool list_has(struct json list, struct str text)
{
    for (size_t i = 0; i < json_length(list); i++)
        if (str_eq(json_as_text(json_at(list, i)), text))
            return true;
    return false;
}

static void codes_are_unique(struct json list)
{
    for (size_t i = 0; i < json_length(list); i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(json_text(json_at(list, i), "code"), json_text(json_at(list, k), "code")))
                fail_msg("%.*s stands twice", STR_ARG(json_text(json_at(list, i), "code")));
}

/* ---- units ---- */

static void test_city_has_23_phuong_and_7_xa(void **state)
{
    int phuong = 0, xa = 0;

    (void)state;
    for (size_t i = 0; i < json_length(units); i++) {
        struct json u = json_at(units, i);
        if (!str_eq(json_text(u, "kind"), STR("ward")))
            continue;
        assert_str(json_text(u, "parent"), STR("bien-hoa-phuong-xa"));
        phuong += str_has_prefix(json_text(u, "name"), STR("Phường "));
        xa += str_has_prefix(json_text(u, "name"), STR("Xã "));
    }
    assert_int_equal(phuong, 23);
    assert_int_equal(xa, 7);
}

static void test_city_has_12_departments_and_a_counter(void **state)
{
    int departments = 0, counters = 0;

    (void)state;
    codes_are_unique(units);
    for (size_t i = 0; i < json_length(units); i++) {
        struct str kind = json_text(json_at(units, i), "kind");
        departments += str_eq(kind, STR("department"));
        counters += str_eq(kind, STR("counter"));
    }
    assert_int_equal(departments, 12);
    assert_int_equal(counters, 1);
    assert_true(is_in(units, STR("phong-tu-phap")));
}

static void test_parents_stand_before_their_children(void **state)
{
    (void)state;
    for (size_t i = 0; i < json_length(units); i++) {
        struct str parent = json_text(json_at(units, i), "parent");
        size_t k = 0;
        while (k < i && !str_eq(json_text(json_at(units, k), "code"), parent))
            k++;
        assert_true(k < i || str_eq(parent, STR("goc")));
    }
}

/* Two counters with one agency code would give two dossiers one code. */
static void test_agency_codes_make_dossier_codes(void **state)
{
    int receiving = 0;

    (void)state;
    for (size_t i = 0; i < json_length(units); i++) {
        struct str code = json_text(json_at(units, i), "agency_code");
        if (str_is_empty(code))
            continue;
        receiving++;
        if (!dossier_code_is_valid(dossier_code(arena, code, date_of(2018, 1, 2), 1)))
            fail_msg("%.*s cannot stand in a dossier code", STR_ARG(code));
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(json_text(json_at(units, k), "agency_code"), code));
    }
    assert_int_equal(receiving, WARDS + 1);
}

/* Names and codes as an independent list of 2024-06 has them; "Hoà" and "Hòa" are one name. */
static void test_wards_are_those_of_the_official_list(void **state)
{
    struct str text = file_read(arena, SOURCE_ROOT "/../shared/data/vn_admin/2024-06_63prov_30wardsBH.csv"), line;
    int found = 0;

    (void)state;
    if (!text.p) {
        print_message("# skipped: no list of wards here\n");
        skip();
    }
    while (str_split(&text, '\n', &line)) {
        struct str column[6];
        size_t n = 0;
        while (n < 6 && str_split(&line, ',', &column[n]))
            n++;
        if (n < 6 || !str_eq(column[3], STR("731")))
            continue;
        struct json u = by_code(units, column[0]);
        struct str name = json_text(u, "name");
        assert_str(json_text(u, "kind"), STR("ward"));
        struct str word = str_sub(column[1], str_find(column[1], STR(" ")) + 1, column[1].n);
        /* Six communes had become phường by then: the kind differs, the place does not. */
        struct str ours = str_sub(name, str_find(name, STR(" ")) + 1, name.n);
        assert_str(text_fold(arena, ours), text_fold(arena, word));
        found++;
    }
    assert_int_equal(found, WARDS);
}

/* The changes name units that are there, and each ended unit has somewhere to go. */
static void test_later_changes_name_known_units(void **state)
{
    struct json doc = facts_read("units/bien-hoa-2025.yaml"), ends = json_get(doc, "ends"), later = json_get(doc, "units"),
                successors = json_get(doc, "successors");

    (void)state;
    assert_true(json_length(ends) > WARDS && json_length(successors) >= WARDS);
    for (size_t i = 0; i < json_length(ends); i++) {
        struct str code = json_text(json_at(ends, i), "code");
        assert_true(is_in(units, code) || is_in(later, code));
        assert_true(str_cmp(json_text(json_at(ends, i), "last_day"), json_text(json_at(ends, i), "valid_from")) > 0);
    }
    struct json city = by_code(ends, STR("26041"));
    assert_str(json_text(city, "last_day"), STR("2024-10-31"));
}

/* ---- roles and reasons ---- */

static void test_every_right_of_a_role_exists(void **state)
{
    enum right right;

    (void)state;
    codes_are_unique(roles);
    for (size_t i = 0; i < json_length(roles); i++) {
        struct json list = json_get(json_at(roles, i), "rights");
        for (size_t k = 0; k < json_length(list); k++)
            if (!right_find(json_as_text(json_at(list, k)), &right))
                fail_msg("no right %.*s", STR_ARG(json_as_text(json_at(list, k))));
    }
}

static void test_administrator_sees_no_dossier(void **state)
{
    struct json rights = json_get(by_code(roles, STR("quan-tri")), "rights");

    (void)state;
    assert_true(json_length(rights) > 0);
    for (size_t i = 0; i < json_length(rights); i++)
        assert_false(str_has_prefix(json_as_text(json_at(rights, i)), STR("dossier.")));
    assert_false(list_has(rights, STR("export")));
}

static void test_inspector_changes_nothing(void **state)
{
    struct json rights = json_get(by_code(roles, STR("thanh-tra")), "rights");

    (void)state;
    assert_true(list_has(rights, STR("dossier.read")));
    for (size_t i = 0; i < json_length(rights); i++) {
        struct str right = json_as_text(json_at(rights, i));
        assert_true(str_has_suffix(right, STR(".read")) || str_eq(right, STR("dossier.search")));
    }
}

/* Nobody but the program itself holds every right. */
static void test_nobody_receives_and_signs_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < json_length(roles); i++) {
        struct json role = json_at(roles, i), rights = json_get(role, "rights");
        if (str_eq(json_text(role, "code"), STR("he-thong")))
            continue;
        assert_false(list_has(rights, STR("dossier.receive")) && list_has(rights, STR("dossier.finish")));
        assert_false(list_has(rights, STR("grant.edit")) && list_has(rights, STR("dossier.read")));
    }
}

static void test_reasons_name_whose_time_it_is(void **state)
{
    int lateness = 0;

    (void)state;
    for (size_t i = 0; i < json_length(reasons); i++) {
        struct json r = json_at(reasons, i);
        struct str kind = json_text(r, "kind"), owner = json_text(r, "owner");
        assert_true(str_eq(kind, STR("suspension")) || str_eq(kind, STR("lateness")) || str_eq(kind, STR("refusal")));
        assert_true(str_eq(owner, STR("us")) || str_eq(owner, STR("other_agency")) || str_eq(owner, STR("citizen")));
        assert_false(str_is_empty(json_text(r, "basis")));
        /* No clock stands still for our own sake. */
        assert_false(str_eq(kind, STR("suspension")) && str_eq(owner, STR("us")));
        lateness += str_eq(kind, STR("lateness"));
    }
    assert_true(lateness >= 5); /* the columns of II.07a */
    assert_true(is_in(reasons, STR("supplement")));
}

/* ---- procedures ---- */

static void test_all_rows_of_the_list_are_there(void **state)
{
    bool there[ROWS + 1] = {false};

    (void)state;
    codes_are_unique(procedures);
    for (size_t i = 0; i < json_length(procedures); i++) {
        int64_t row = number(json_at(procedures, i), "row");
        assert_true(row >= 0 && row <= ROWS);
        there[row] = true;
    }
    for (int row = 1; row <= ROWS; row++)
        if (!there[row])
            fail_msg("row %d of the list is missing", row);
}

static void check_step(struct json procedure, struct json step)
{
    struct str place = json_text(step, "place"), role = json_text(step, "role");

    if (!str_eq(place, STR("counter")) && !str_eq(place, STR("leader")) && !is_in(units, place))
        fail_msg("%.*s: no place %.*s", STR_ARG(json_text(procedure, "code")), STR_ARG(place));
    if (!is_in(roles, role))
        fail_msg("%.*s: no role %.*s", STR_ARG(json_text(procedure, "code")), STR_ARG(role));
}

static int64_t limit_minutes(struct json limit)
{
    struct str unit = json_text(limit, "unit");
    int64_t length = number(limit, "length");

    if (str_eq(unit, STR("same_day")))
        return DAY;
    if (str_eq(unit, STR("working_hours")))
        return length * 60;
    if (str_eq(unit, STR("months")))
        return length * 21 * DAY;
    if (str_eq(unit, STR("days"))) /* five of seven are worked */
        return length * DAY * 5 / 7;
    assert_str(unit, STR("working_days"));
    return length * DAY;
}

static void check_version(struct json procedure, struct json version)
{
    struct json steps = json_get(version, "steps"), cases = json_get(version, "cases");
    int64_t minutes = 0;

    assert_false(str_is_empty(json_text(version, "legal_basis")));
    assert_true(json_length(cases) > 0 && json_length(steps) > 0);
    assert_str(json_text(json_at(steps, 0), "place"), STR("counter"));
    for (size_t i = 0; i < json_length(steps); i++) {
        check_step(procedure, json_at(steps, i));
        minutes += number(json_at(steps, i), "minutes");
    }
    for (size_t i = 0; i < json_length(cases); i++) {
        struct json c = json_at(cases, i);
        assert_true(json_length(json_get(c, "papers")) > 0);
        number(c, "fee");
        if (minutes > limit_minutes(json_get(c, "limit")))
            fail_msg("%.*s: the steps take longer than %.*s allows", STR_ARG(json_text(procedure, "code")),
                     STR_ARG(json_text(c, "name")));
    }
}

static void test_steps_keep_within_the_shortest_promise(void **state)
{
    (void)state;
    for (size_t i = 0; i < json_length(procedures); i++) {
        struct json p = json_at(procedures, i), versions = json_get(p, "versions");
        assert_true(is_in(fields, json_text(p, "field")));
        assert_true(json_length(versions) > 0 && json_length(json_get(p, "units")) > 0);
        for (size_t k = 0; k < json_length(versions); k++)
            check_version(p, json_at(versions, k));
    }
}

/* The words of the law on the hour: received in the afternoon, given back the next day. */
static void test_terms_that_people_know(void **state)
{
    static const struct {
        struct str code, unit, length;
    } KNOWN[] = {
        {STR_INIT("1.001193"), STR_INIT("same_day"), STR_INIT("1")},
        {STR_INIT("2.000815"), STR_INIT("same_day"), STR_INIT("1")},
        {STR_INIT("1.004873"), STR_INIT("working_days"), STR_INIT("3")},
        {STR_INIT("1.001612"), STR_INIT("working_days"), STR_INIT("3")},
        {STR_INIT("2.001263"), STR_INIT("days"), STR_INIT("30")},
    };

    (void)state;
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
        struct json version = json_at(json_get(by_code(procedures, KNOWN[i].code), "versions"), 0);
        struct json limit = json_get(json_at(json_get(version, "cases"), 0), "limit");
        assert_str(json_text(limit, "unit"), KNOWN[i].unit);
        assert_str(json_text(limit, "length"), KNOWN[i].length);
    }
}

/* ---- the demonstration ---- */

static int64_t figures_sum(const char *key, bool of_wards)
{
    struct json groups = json_get(figures, "groups");
    int64_t sum = 0;

    for (size_t i = 0; i < json_length(groups); i++) {
        struct json g = json_at(groups, i);
        bool wards = !json_has(json_get(g, "units"), "bien-hoa-mot-cua");
        if (wards == of_wards)
            sum += number(g, key);
    }
    return sum;
}

static void test_demonstration_adds_up_to_the_published_figures(void **state)
{
    (void)state;
    assert_int_equal(figures_sum("resolved_in_time", false), 9809);
    assert_int_equal(figures_sum("open_in_term", false), 2712);
    assert_int_equal(figures_sum("resolved_late", false), 1393);
    assert_int_equal(figures_sum("open_late", false), 1296);
    assert_int_equal(figures_sum("resolved_in_time", true), 22802);
    assert_int_equal(figures_sum("open_in_term", true), 683);
    assert_int_equal(figures_sum("resolved_late", true), 408);
    assert_int_equal(figures_sum("open_late", true), 102);
}

static void test_counters_perform_what_they_are_given(void **state)
{
    struct json groups = json_get(figures, "groups");

    (void)state;
    for (size_t i = 0; i < json_length(groups); i++) {
        struct json g = json_at(groups, i);
        struct json_members at = json_members(arena, json_get(g, "units")), mix = json_members(arena, json_get(g, "procedures"));
        struct str kind = json_text(by_code(units, at.member[0].key), "kind");
        assert_true(str_eq(kind, STR("counter")) ? at.count == 1 : at.count == WARDS);
        for (size_t k = 0; k < at.count; k++)
            assert_str(json_text(by_code(units, at.member[k].key), "kind"), kind);
        for (size_t k = 0; k < mix.count; k++) {
            struct json performed = json_get(by_code(procedures, mix.member[k].key), "units");
            if (!list_has(performed, str_eq(kind, STR("counter")) ? STR("counter") : STR("wards")))
                fail_msg("%.*s is not performed there", STR_ARG(mix.member[k].key));
        }
    }
}

static void test_names_can_be_drawn(void **state)
{
    static const char *const LISTS[] = {"family", "middle_male", "middle_female", "given_male", "given_female", "streets"};
    struct json doc = facts_read("demo/names.yaml");

    (void)state;
    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++) {
        struct json list = json_get(doc, LISTS[i]);
        assert_true(json_length(list) >= 30);
        for (size_t k = 0; k < json_length(list); k++) {
            struct json one = json_at(list, k); /* a name alone, or with its weight */
            bool alone = json_kind(one) == JSON_KIND_TEXT;
            assert_false(str_is_empty(alone ? json_as_text(one) : json_text(one, "name")));
            assert_true(alone || number(one, "weight") > 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_city_has_23_phuong_and_7_xa),
        cmocka_unit_test(test_city_has_12_departments_and_a_counter),
        cmocka_unit_test(test_parents_stand_before_their_children),
        cmocka_unit_test(test_agency_codes_make_dossier_codes),
        cmocka_unit_test(test_wards_are_those_of_the_official_list),
        cmocka_unit_test(test_later_changes_name_known_units),
        cmocka_unit_test(test_every_right_of_a_role_exists),
        cmocka_unit_test(test_administrator_sees_no_dossier),
        cmocka_unit_test(test_inspector_changes_nothing),
        cmocka_unit_test(test_nobody_receives_and_signs_alone),
        cmocka_unit_test(test_reasons_name_whose_time_it_is),
        cmocka_unit_test(test_all_rows_of_the_list_are_there),
        cmocka_unit_test(test_steps_keep_within_the_shortest_promise),
        cmocka_unit_test(test_terms_that_people_know),
        cmocka_unit_test(test_demonstration_adds_up_to_the_published_figures),
        cmocka_unit_test(test_counters_perform_what_they_are_given),
        cmocka_unit_test(test_names_can_be_drawn),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("facts", tests, facts_open, facts_close);
}
