#include "script/script.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* What one evaluation may use. */
struct budget {
    size_t used;
};

/* Lua's allocator with a limit: beyond it Lua raises its own "not enough memory". */
static void *give(void *arg, void *old, size_t old_size, size_t size)
{
    struct budget *b = arg;
    size_t had = old ? old_size : 0;

    if (!size) {
        free(old);
        b->used -= had;
        return NULL;
    }
    if (size > had && b->used + (size - had) > SCRIPT_BYTES_MAX)
        return NULL;
    void *now = realloc(old, size);
    if (now)
        b->used += size - had;
    return now;
}

static void too_long(lua_State *l, lua_Debug *d)
{
    (void)d;
    luaL_error(l, "too many steps");
}

/* "=x", "${x}" and "x" are all the expression x: other tools write the first two. */
static struct str bare(struct str s)
{
    s = str_trim(s);
    if (s.n > 3 && s.p[0] == '$' && s.p[1] == '{' && s.p[s.n - 1] == '}')
        return str_trim(str_sub(s, 2, s.n - 3));
    if (s.n > 1 && s.p[0] == '=' && s.p[1] != '=')
        return str_trim(str_sub(s, 1, s.n));
    return s;
}

static void push(lua_State *l, const struct script_value *v)
{
    switch (v->kind) {
    case SCRIPT_BOOL:
        lua_pushboolean(l, v->yes);
        return;
    case SCRIPT_NUMBER:
        lua_pushinteger(l, v->number);
        return;
    case SCRIPT_TEXT:
        lua_pushlstring(l, v->text.p ? v->text.p : "", v->text.n);
        return;
    case SCRIPT_NIL:
    case SCRIPT_KIND__COUNT:
        break;
    }
    lua_pushnil(l);
}

struct evaluation {
    struct str expression;
    const struct script_field *field;
    size_t count;
    bool check_only;
};

/* Runs inside lua_pcall, so that want of memory is an error like any other. No library is opened, and
 * no metatable is left on text: the fields are all there is. */
static int run(lua_State *l)
{
    const struct evaluation *e = lua_touserdata(l, 1);

    lua_settop(l, 0);
    lua_pushliteral(l, "return ");
    lua_pushlstring(l, e->expression.p, e->expression.n);
    lua_concat(l, 2);
    size_t n;
    const char *text = lua_tolstring(l, -1, &n);
    if (luaL_loadbufferx(l, text, n, "=", "t") != LUA_OK)
        return lua_error(l);
    if (e->check_only)
        return 0;
    lua_createtable(l, 0, (int)e->count);
    for (size_t i = 0; i < e->count; i++) {
        lua_pushlstring(l, e->field[i].name.p, e->field[i].name.n);
        push(l, &e->field[i].value);
        lua_rawset(l, -3);
    }
    if (!lua_setupvalue(l, -2, 1)) /* _ENV; an expression that names nothing has none */
        lua_pop(l, 1);
    lua_call(l, 0, 1);
    return 1;
}

static struct script_value value_of(struct arena *a, lua_State *l)
{
    switch (lua_type(l, -1)) {
    case LUA_TBOOLEAN:
        return (struct script_value){.kind = SCRIPT_BOOL, .yes = lua_toboolean(l, -1) != 0};
    case LUA_TNUMBER: {
        int is_whole;
        lua_Integer n = lua_tointegerx(l, -1, &is_whole);
        if (!is_whole)
            n = (lua_Integer)lua_tonumber(l, -1);
        return (struct script_value){.kind = SCRIPT_NUMBER, .number = n};
    }
    case LUA_TSTRING: {
        size_t n;
        const char *p = lua_tolstring(l, -1, &n);
        return (struct script_value){.kind = SCRIPT_TEXT, .text = str_copy(a, (struct str){p, n})};
    }
    default:
        return (struct script_value){.kind = SCRIPT_NIL};
    }
}

static enum err failure(struct arena *a, lua_State *l, int status, struct str *ret_message)
{
    const char *text = lua_type(l, -1) == LUA_TSTRING ? lua_tostring(l, -1) : "?";
    bool limit = status == LUA_ERRMEM || strstr(text, "too many steps") || strstr(text, "stack overflow");

    *ret_message = status == LUA_ERRMEM ? STR("not enough memory") : str_copy(a, str_of(text));
    return limit ? ERR_LIMIT : ERR_INVALID;
}

static enum err evaluate(struct arena *a, struct evaluation *e, struct script_value *ret, struct str *ret_message)
{
    struct budget budget = {0};
    enum err err = OK;

    e->expression = bare(e->expression);
    if (str_is_empty(e->expression) || e->expression.n > SCRIPT_TEXT_MAX) {
        *ret_message = str_is_empty(e->expression) ? STR("there is no expression") : STR("too long");
        return str_is_empty(e->expression) ? ERR_INVALID : ERR_LIMIT;
    }
    lua_State *l = lua_newstate(give, &budget);
    if (!l)
        return ERR_LIMIT;
    lua_sethook(l, too_long, LUA_MASKCOUNT, SCRIPT_INSTRUCTIONS_MAX);
    lua_pushcfunction(l, run);
    lua_pushlightuserdata(l, e);
    int status = lua_pcall(l, 1, e->check_only ? 0 : 1, 0);
    if (status != LUA_OK)
        err = failure(a, l, status, ret_message);
    else if (!e->check_only)
        *ret = value_of(a, l);
    lua_close(l);
    return err;
}

enum err script_eval(struct arena *a, struct str expression, const struct script_field *field, size_t count,
                     struct script_value *ret, struct str *ret_message)
{
    struct evaluation e = {.expression = expression, .field = field, .count = count};

    return evaluate(a, &e, ret, ret_message);
}

enum err script_check(struct arena *a, struct str expression, struct str *ret_message)
{
    struct evaluation e = {.expression = expression, .check_only = true};
    struct script_value nothing;

    return evaluate(a, &e, &nothing, ret_message);
}
