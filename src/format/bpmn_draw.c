/* A process as a file with a diagram: columns by the longest way from the start, rows by branch. */
#include "format/bpmn.h"

#include <string.h>

#define DIAGRAM_NS                                                         \
    "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" "              \
    "xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" "                    \
    "xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" "

enum { COLUMN = 200, ROW = 130, LEFT = 60, TOP = 60, TASK_W = 150, TASK_H = 84, EVENT = 36, GATEWAY = 50 };

struct box {
    int column, row, x, y, w, h;
};

struct drawing {
    struct buf b;
    struct arena *a;
    const struct process *p;
    struct box *box;
    int rows;
    bool is_foreign; /* the elements are another file's, with ids as they stand there */
    struct str *taken, *node, *flow, process; /* the names of what is written */
    size_t taken_count;
};

static bool is_outermost(const struct drawing *d, int node)
{
    return d->p->node[node].scope < 0;
}

/* ---- layout ---- */

/* Each node stands right of all that lead to it from before it in the list; the others lead back. */
static void columns(struct drawing *d)
{
    bool more = true;

    for (size_t pass = 0; more && pass < d->p->node_count; pass++) {
        more = false;
        for (size_t i = 0; i < d->p->flow_count; i++) {
            const struct process_flow *f = &d->p->flow[i];
            struct box *from = &d->box[f->from], *to = &d->box[f->to];
            if (f->to <= f->from || to->column > from->column)
                continue;
            to->column = from->column + 1;
            more = true;
        }
        for (size_t i = 0; i < d->p->node_count; i++) { /* an event at an edge is where its activity is */
            int host = d->p->node[i].attached_to;
            if (host < 0 || d->box[i].column >= d->box[host].column)
                continue;
            d->box[i].column = d->box[host].column;
            more = true;
        }
    }
}

/* The first way on keeps the row; others go below. */
static void rows(struct drawing *d)
{
    bool *placed = ARENA_ARRAY(d->a, bool, d->p->node_count);

    for (size_t n = 0; n < d->p->node_count; n++) {
        int below = 0;
        if (!is_outermost(d, (int)n) || d->p->node[n].attached_to >= 0) /* what an event at an edge begins has a row of its own */
            continue;
        if (!placed[n] && n)
            d->box[n].row = ++d->rows;
        placed[n] = true;
        for (size_t i = 0; i < d->p->flow_count; i++) {
            const struct process_flow *f = &d->p->flow[i];
            if (f->from != (int)n || f->to <= f->from || placed[f->to])
                continue;
            d->box[f->to].row = d->box[n].row + below++;
            d->rows = d->box[f->to].row > d->rows ? d->box[f->to].row : d->rows;
            placed[f->to] = true;
        }
    }
}

static void sizes(struct drawing *d)
{
    for (size_t i = 0; i < d->p->node_count; i++) {
        struct box *b = &d->box[i];
        enum node_kind k = d->p->node[i].kind;
        bool event = k == NODE_START || k == NODE_END || k == NODE_CATCH || k == NODE_THROW || k == NODE_BOUNDARY;
        bool gateway = k == NODE_EXCLUSIVE || k == NODE_INCLUSIVE || k == NODE_PARALLEL || k == NODE_EVENT_BASED;
        b->w = event ? EVENT : gateway ? GATEWAY : TASK_W;
        b->h = event ? EVENT : gateway ? GATEWAY : TASK_H;
        b->x = LEFT + b->column * COLUMN + (TASK_W - b->w) / 2;
        b->y = TOP + b->row * ROW + (TASK_H - b->h) / 2;
    }
    for (size_t i = 0; i < d->p->node_count; i++) {
        const struct box *host = d->p->node[i].attached_to < 0 ? NULL : &d->box[d->p->node[i].attached_to];
        int before = 0;
        for (size_t k = 0; host && k < i; k++)
            before += d->p->node[k].attached_to == d->p->node[i].attached_to;
        if (!host)
            continue;
        d->box[i].x = host->x + host->w - EVENT - before * (EVENT + 4); /* on the lower edge, from the right */
        d->box[i].y = host->y + host->h - EVENT / 2;
    }
}

/* ---- text ---- */

static void escaped(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': buf_put(b, STR("&amp;")); break;
        case '<': buf_put(b, STR("&lt;")); break;
        case '>': buf_put(b, STR("&gt;")); break;
        case '"': buf_put(b, STR("&quot;")); break;
        case '\n': buf_put(b, STR("&#10;")); break;
        default: buf_char(b, s.p[i]); break;
        }
}

static bool is_name(char c, bool first)
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

    return letter || (!first && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
}

/* As an XML name: codes of procedures begin with digits. */
static struct str name_of(struct arena *a, struct str id)
{
    struct buf b = buf_in(a);

    if (!id.n || !is_name(id.p[0], true))
        buf_char(&b, '_');
    for (size_t i = 0; i < id.n; i++)
        buf_char(&b, is_name(id.p[i], false) ? id.p[i] : '_');
    return buf_str(&b);
}

static bool is_taken(const struct drawing *d, struct str name)
{
    static const struct str OURS[] = {STR_INIT("definitions"), STR_INIT("diagram"), STR_INIT("plane")};

    for (size_t i = 0; i < sizeof OURS / sizeof OURS[0]; i++)
        if (str_eq(name, OURS[i]))
            return true;
    for (size_t i = 0; i < d->taken_count; i++)
        if (str_eq(name, d->taken[i]))
            return true;
    return str_has_prefix(name, STR("shape_")) || str_has_prefix(name, STR("edge_"));
}

/* Ids of different things may become the same XML name, and all ids of a file share one space: who comes
 * later gets a number. Nodes come first, since conditions and running dossiers know them by their ids. */
static struct str name_take(struct drawing *d, struct str id)
{
    struct str plain = name_of(d->a, id), name = plain;

    for (int n = 2; is_taken(d, name); n++)
        name = str_format(d->a, "_%" PRIstr "_%d", STR_ARG(plain), n);
    return d->taken[d->taken_count++] = name;
}

/* Another file's elements have the ids that stand there. */
static struct str name_given(struct drawing *d, struct str id)
{
    struct buf b = buf_in(d->a);

    if (!d->is_foreign)
        return name_take(d, id);
    escaped(&b, id);
    return buf_str(&b);
}

static void names(struct drawing *d)
{
    d->taken = ARENA_ARRAY(d->a, struct str, d->p->node_count + d->p->flow_count + 1);
    d->node = ARENA_ARRAY(d->a, struct str, d->p->node_count);
    d->flow = ARENA_ARRAY(d->a, struct str, d->p->flow_count);
    for (size_t i = 0; i < d->p->node_count; i++)
        d->node[i] = name_given(d, d->p->node[i].id);
    d->process = name_given(d, d->p->id);
    for (size_t i = 0; i < d->p->flow_count; i++)
        d->flow[i] = name_given(d, d->p->flow[i].id);
}

static void attribute(struct buf *b, const char *key, struct str value)
{
    if (str_is_empty(value))
        return;
    buf_format(b, " %s=\"", key);
    escaped(b, value);
    buf_char(b, '"');
}

static const char *const TAGS[NODE_KIND__COUNT] = {
    [NODE_START] = "startEvent",
    [NODE_END] = "endEvent",
    [NODE_CATCH] = "intermediateCatchEvent",
    [NODE_THROW] = "intermediateThrowEvent",
    [NODE_BOUNDARY] = "boundaryEvent",
    [NODE_USER_TASK] = "userTask",
    [NODE_SERVICE_TASK] = "serviceTask",
    [NODE_SEND_TASK] = "sendTask",
    [NODE_RECEIVE_TASK] = "receiveTask",
    [NODE_EXCLUSIVE] = "exclusiveGateway",
    [NODE_INCLUSIVE] = "inclusiveGateway",
    [NODE_PARALLEL] = "parallelGateway",
    [NODE_EVENT_BASED] = "eventBasedGateway",
    [NODE_SUB_PROCESS] = "subProcess",
    [NODE_CALL] = "callActivity",
};

static void node_put(struct drawing *d, size_t i)
{
    const struct process_node *n = &d->p->node[i];
    struct buf *b = &d->b;

    buf_format(b, "    <%s id=\"", TAGS[n->kind]);
    buf_put(b, d->node[i]);
    buf_char(b, '"');
    attribute(b, "name", n->name);
    if (n->default_flow >= 0) {
        buf_put(b, STR(" default=\""));
        buf_put(b, d->flow[n->default_flow]);
        buf_char(b, '"');
    }
    attribute(b, "mc:place", n->place);
    attribute(b, "mc:role", n->role);
    if (n->minutes)
        buf_format(b, " mc:minutes=\"%lld\"", (long long)n->minutes);
    attribute(b, "mc:form", n->form);
    attribute(b, "mc:produces", n->produces);
    attribute(b, "mc:assign", n->assign);
    if (n->remind)
        buf_format(b, " mc:remind=\"%lld\"", (long long)n->remind);
    attribute(b, "mc:escalate", n->escalate);
    attribute(b, "mc:child", n->child ? STR("true") : STR(""));
    buf_put(b, STR(">\n"));
    for (int out = 0; out < 2; out++)
        for (size_t f = 0; f < d->p->flow_count; f++) {
            if ((out ? d->p->flow[f].from : d->p->flow[f].to) != (int)i)
                continue;
            buf_put(b, out ? STR("      <outgoing>") : STR("      <incoming>"));
            buf_put(b, d->flow[f]);
            buf_put(b, out ? STR("</outgoing>\n") : STR("</incoming>\n"));
        }
    buf_format(b, "    </%s>\n", TAGS[n->kind]);
}

static void flow_put(struct drawing *d, size_t i)
{
    const struct process_flow *f = &d->p->flow[i];
    struct buf *b = &d->b;

    buf_put(b, STR("    <sequenceFlow id=\""));
    buf_put(b, d->flow[i]);
    buf_char(b, '"');
    attribute(b, "name", f->name);
    buf_put(b, STR(" sourceRef=\""));
    buf_put(b, d->node[f->from]);
    buf_put(b, STR("\" targetRef=\""));
    buf_put(b, d->node[f->to]);
    if (str_is_empty(f->condition)) {
        buf_put(b, STR("\" />\n"));
        return;
    }
    buf_put(b, STR("\">\n      <conditionExpression xsi:type=\"tFormalExpression\">"));
    escaped(b, f->condition);
    buf_put(b, STR("</conditionExpression>\n    </sequenceFlow>\n"));
}

/* ---- the diagram ---- */

static void shape_put(struct drawing *d, size_t i)
{
    const struct box *x = &d->box[i];
    struct buf *b = &d->b;

    buf_put(b, STR("      <bpmndi:BPMNShape id=\"shape_"));
    buf_put(b, d->node[i]);
    buf_put(b, STR("\" bpmnElement=\""));
    buf_put(b, d->node[i]);
    buf_format(b, "\"%s>\n        <dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" />\n      </bpmndi:BPMNShape>\n",
               d->p->node[i].kind == NODE_EXCLUSIVE ? " isMarkerVisible=\"true\"" : "", x->x, x->y, x->w, x->h);
}

static void point(struct buf *b, int x, int y)
{
    buf_format(b, "        <di:waypoint x=\"%d\" y=\"%d\" />\n", x, y);
}

/* Straight in a row; else out of the lower or upper corner of what branches, into what joins. */
static void edge_put(struct drawing *d, size_t i)
{
    const struct process_flow *f = &d->p->flow[i];
    const struct box *from = &d->box[f->from], *to = &d->box[f->to];
    int fx = from->x + from->w, fy = from->y + from->h / 2, tx = to->x, ty = to->y + to->h / 2;
    bool at_edge = d->p->node[f->from].attached_to >= 0;
    struct buf *b = &d->b;

    buf_put(b, STR("      <bpmndi:BPMNEdge id=\"edge_"));
    buf_put(b, d->flow[i]);
    buf_put(b, STR("\" bpmnElement=\""));
    buf_put(b, d->flow[i]);
    buf_put(b, STR("\">\n"));
    if (to->column <= from->column) { /* a way back runs below everything */
        int low = TOP + (d->rows + 1) * ROW;
        point(b, from->x + from->w / 2, from->y + from->h);
        point(b, from->x + from->w / 2, low);
        point(b, to->x + to->w / 2, low);
        point(b, to->x + to->w / 2, to->y + to->h);
    } else if (from->row == to->row && !at_edge) {
        point(b, fx, fy);
        point(b, tx, ty);
    } else if (from->w == GATEWAY || at_edge) {
        point(b, from->x + from->w / 2, at_edge || from->row < to->row ? from->y + from->h : from->y);
        point(b, from->x + from->w / 2, ty);
        point(b, tx, ty);
    } else {
        point(b, fx, fy);
        point(b, to->x + to->w / 2, fy);
        point(b, to->x + to->w / 2, from->row < to->row ? to->y : to->y + to->h);
    }
    buf_put(b, STR("      </bpmndi:BPMNEdge>\n"));
}

static void diagram_put(struct drawing *d)
{
    struct buf *b = &d->b;

    buf_put(b, STR("    <bpmndi:BPMNPlane id=\"plane\" bpmnElement=\""));
    buf_put(b, d->process);
    buf_put(b, STR("\">\n"));
    for (size_t i = 0; i < d->p->node_count; i++)
        if (is_outermost(d, (int)i))
            shape_put(d, i);
    for (size_t i = 0; i < d->p->flow_count; i++)
        if (is_outermost(d, d->p->flow[i].from))
            edge_put(d, i);
    buf_put(b, STR("    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n"));
}

static struct drawing drawing_new(struct arena *a, const struct process *p, bool is_foreign)
{
    struct drawing d = {.b = buf_in(a), .a = a, .p = p, .is_foreign = is_foreign, .box = ARENA_ARRAY(a, struct box, p->node_count)};

    names(&d);
    columns(&d);
    rows(&d);
    sizes(&d);
    return d;
}

struct str bpmn_draw(struct arena *a, const struct process *p)
{
    struct drawing d = drawing_new(a, p, false);
    struct buf *b = &d.b;

    buf_put(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
                   "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " DIAGRAM_NS "xmlns:mc=\"" BPMN_NS "\" "
                   "id=\"definitions\" targetNamespace=\"" BPMN_NS "\">\n  <process id=\""));
    buf_put(b, d.process);
    buf_char(b, '"');
    attribute(b, "name", p->name);
    buf_put(b, STR(" isExecutable=\"true\">\n"));
    for (size_t i = 0; i < p->node_count; i++)
        if (is_outermost(&d, (int)i))
            node_put(&d, i);
    for (size_t i = 0; i < p->flow_count; i++)
        if (is_outermost(&d, p->flow[i].from))
            flow_put(&d, i);
    buf_put(b, STR("  </process>\n  <bpmndi:BPMNDiagram id=\"diagram\">\n"));
    diagram_put(&d);
    buf_put(b, STR("</definitions>\n"));
    return buf_str(b);
}

/* Where the outermost element of a file ends: before its end tag; STR_NONE when something comes after it. */
static size_t end_of(struct str xml)
{
    size_t at = xml.n;

    while (at > 1 && !(xml.p[at - 2] == '<' && xml.p[at - 1] == '/'))
        at--;
    size_t close = str_find(str_sub(xml, at, xml.n), STR(">"));
    if (at <= 1 || close == STR_NONE || str_trim(str_sub(xml, at + close + 1, xml.n)).n)
        return STR_NONE;
    return at - 2;
}

struct str bpmn_with_diagram(struct arena *a, struct str xml, const struct process *p)
{
    size_t end = end_of(xml);

    if (str_find(xml, STR("BPMNShape")) != STR_NONE || end == STR_NONE)
        return xml;
    struct drawing d = drawing_new(a, p, true);
    buf_put(&d.b, str_sub(xml, 0, end));
    buf_put(&d.b, STR("  <bpmndi:BPMNDiagram " DIAGRAM_NS "id=\"diagram\">\n"));
    diagram_put(&d);
    buf_put(&d.b, str_sub(xml, end, xml.n));
    return buf_str(&d.b);
}
