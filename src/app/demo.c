/* motcua init and motcua demo. */
#include "app/demo.h"

#include "acts/base_data.h"
#include "acts/cache.h"
#include "app/facts.h"
#include "sql_dossier.h"

static const struct {
    const char *login, *what;
} ACCOUNTS[] = {
    {"motcua.26041", "cán bộ một cửa, phường Quyết Thắng"},
    {"chuyenvien.26041", "chuyên viên, phường Quyết Thắng"},
    {"chutich.26041", "lãnh đạo, phường Quyết Thắng"},
    {"motcua.bien-hoa-mot-cua", "cán bộ một cửa thành phố"},
    {"chuyenvien.phong-tu-phap", "chuyên viên Phòng Tư pháp"},
    {"truongphong.phong-tu-phap", "trưởng phòng Tư pháp"},
    {"chutich", "Chủ tịch UBND thành phố"},
    {"kiemsoat", "kiểm soát thủ tục hành chính"},
    {"cchc", "cải cách hành chính, Phòng Nội vụ"},
    {"quantri", "quản trị hệ thống (không xem được hồ sơ)"},
    {"thanhtra", "thanh tra, chỉ xem"},
};

void demo_accounts_print(void)
{
    fprintf(stderr, "Tài khoản trình diễn, mật khẩu %s:\n", DEMO_PASSWORD);
    for (size_t i = 0; i < sizeof ACCOUNTS / sizeof ACCOUNTS[0]; i++)
        fprintf(stderr, "  %-28s %s\n", ACCOUNTS[i].login, ACCOUNTS[i].what);
}

/* Base data into an empty store; its entries happened when the city opened its books. */
static enum exit_status base_load(struct session *s)
{
    struct fault fault = {.why = STR("")};
    enum err err = base_data_load(&s->ctx, facts_find, &fault);

    if (err == ERR_INVALID || fault.why.n) {
        complain("base data, line %zu: %" PRIstr, fault.line, STR_ARG(fault.why));
        return EXIT_FAILED;
    }
    if (err)
        return complain_err("cannot load the base data", err, s->db);
    return complain_err("cannot act as the system", actor_load(&s->ctx, STR("he-thong"), &s->ctx.actor), s->db);
}

enum exit_status command_init(struct args *args)
{
    struct str address = store_address(args);
    struct session s;

    if (!args_done(args))
        return EXIT_USAGE;
    enum exit_status status = session_open(&s, address, STORE_ANY, true);
    if (status)
        return status;
    if (s.ctx.actor.id) {
        complain("the store already has its base data");
        status = EXIT_USAGE;
    } else {
        status = base_load(&s);
    }
    session_close(&s);
    return status;
}

static enum exit_status demo(struct session *s, int64_t scale, uint64_t seed)
{
    struct q_dossier_count n;
    struct demo_staff staff;
    struct instant opening;

    random_open_seeded(&s->random, seed);
    if (instant_parse(STR("2017-12-29T01:00:00.000Z"), &opening))
        return EXIT_FAILED;
    s->ctx.now = opening;
    if (!s->ctx.actor.id) {
        enum exit_status status = base_load(s);
        if (status)
            return status;
    }
    enum err err = q_dossier_count(s->db, s->arena, &n);
    if (err)
        return complain_err("cannot read the store", err, s->db);
    if (n.n) {
        complain("the store already has %lld dossiers; the demonstration city needs one without", (long long)n.n);
        return EXIT_USAGE;
    }
    err = demo_staff_hire(s, seed, &staff);
    if (err)
        return complain_err("cannot hire the staff", err, s->db);
    err = demo_certificates(s, &staff, seed);
    if (err)
        return complain_err("cannot enter the certificates", err, s->db);
    if (!scale) /* the people alone: a city to practise in, or to test */
        return EXIT_DONE;
    enum exit_status status = demo_dossiers(s, &staff, scale, seed);
    return status ? status : complain_err("cannot fill the registers", demo_books(s, seed), s->db);
}

enum exit_status command_demo(struct args *args)
{
    struct str address = store_address(args), text;
    int64_t scale = 1, seed = 2018;
    struct session s;

    if (args_option(args, "--scale", &text) && str_parse_int(text, 0, 1000, &scale)) {
        complain("--scale must be a number from 0 to 1000");
        return EXIT_USAGE;
    }
    if (args_option(args, "--seed", &text) && str_parse_int(text, 0, INT64_MAX, &seed)) {
        complain("--seed must be a number");
        return EXIT_USAGE;
    }
    if (!args_done(args))
        return EXIT_USAGE;
    enum exit_status status = session_open(&s, address, STORE_ANY, true);
    if (status)
        return status;
    status = demo(&s, scale, (uint64_t)seed);
    session_close(&s);
    return status;
}
