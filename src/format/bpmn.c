#include "format/bpmn.h"

#include <string.h>

#include <libxml/parser.h>
#include <libxml/tree.h>

#define MODEL "http://www.omg.org/spec/BPMN/20100524/MODEL"

enum { BPMN_PROCESSES_MAX = 64, BPMN_FINDINGS_MAX = 1000, BPMN_REFERENCES_MAX = 1000 };

/* A message or error of the file, by its id. */
struct reference {
    struct str id, name;
};

struct drawn { /* a node, where it stands in the file */
    xmlNode *xml;
};

struct reader {
    struct arena *a;
    struct bpmn *out;
    struct reference *reference;
    size_t reference_count;
    struct process *p;  /* being read */
    struct drawn *drawn;
    enum err err;
};

/* ---- what elements are ---- */

static const struct element {
    const char *name;
    enum node_kind kind;
    bool is_foreign; /* known, and nothing here executes it */
} ELEMENTS[] = {
    {"startEvent", NODE_START, false},
    {"endEvent", NODE_END, false},
    {"intermediateCatchEvent", NODE_CATCH, false},
    {"intermediateThrowEvent", NODE_THROW, false},
    {"boundaryEvent", NODE_BOUNDARY, false},
    {"task", NODE_USER_TASK, false},
    {"userTask", NODE_USER_TASK, false},
    {"manualTask", NODE_USER_TASK, false},
    {"serviceTask", NODE_SERVICE_TASK, false},
    {"scriptTask", NODE_SERVICE_TASK, false},
    {"businessRuleTask", NODE_SERVICE_TASK, false},
    {"sendTask", NODE_SEND_TASK, false},
    {"receiveTask", NODE_RECEIVE_TASK, false},
    {"exclusiveGateway", NODE_EXCLUSIVE, false},
    {"inclusiveGateway", NODE_INCLUSIVE, false},
    {"parallelGateway", NODE_PARALLEL, false},
    {"eventBasedGateway", NODE_EVENT_BASED, false},
    {"subProcess", NODE_SUB_PROCESS, false},
    {"callActivity", NODE_CALL, false},
    {"complexGateway", NODE_EXCLUSIVE, true},
    {"transaction", NODE_SUB_PROCESS, true},
    {"adHocSubProcess", NODE_SUB_PROCESS, true},
    {"callChoreography", NODE_USER_TASK, true},
};

/* What says something to people or to other tools, and nothing about the order of work. */
static const char *const SILENT[] = {
    "documentation", "extensionElements", "ioSpecification", "ioBinding", "dataObject", "dataObjectReference",
    "dataStoreReference", "dataInputAssociation", "dataOutputAssociation", "dataInput", "dataOutput", "inputSet",
    "outputSet", "association", "textAnnotation", "group", "property", "laneSet", "incoming", "outgoing", "sequenceFlow",
    "auditing", "monitoring", "resourceRole", "performer", "humanPerformer", "potentialOwner", "rendering", "script",
    "supportedInterfaceRef", "supports", "category", "correlationSubscription", "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
};

static const struct {
    const char *name;
    enum trigger trigger;
    bool is_foreign;
} DEFINITIONS[] = {
    {"messageEventDefinition", TRIGGER_MESSAGE, false},  {"timerEventDefinition", TRIGGER_TIMER, false},
    {"errorEventDefinition", TRIGGER_ERROR, false},      {"terminateEventDefinition", TRIGGER_TERMINATE, false},
    {"signalEventDefinition", TRIGGER_NONE, true},       {"escalationEventDefinition", TRIGGER_NONE, true},
    {"conditionalEventDefinition", TRIGGER_NONE, true},  {"linkEventDefinition", TRIGGER_NONE, true},
    {"compensateEventDefinition", TRIGGER_NONE, true},   {"cancelEventDefinition", TRIGGER_NONE, true},
    {"eventDefinitionRef", TRIGGER_NONE, true},
};

/* ---- XML ---- */

static bool is_model(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && n->ns && strcmp((const char *)n->ns->href, MODEL) == 0 &&
           (!name || strcmp((const char *)n->name, name) == 0);
}

static struct str taken(struct arena *a, xmlChar *text)
{
    struct str s = text ? str_copy(a, str_of((const char *)text)) : STR("");

    xmlFree(text);
    return s;
}

static struct str attribute(struct reader *r, xmlNode *n, const char *name)
{
    return taken(r->a, xmlGetNoNsProp(n, (const xmlChar *)name));
}

static struct str ours(struct reader *r, xmlNode *n, const char *name)
{
    return taken(r->a, xmlGetNsProp(n, (const xmlChar *)name, (const xmlChar *)BPMN_NS));
}

static struct str content(struct reader *r, xmlNode *n)
{
    return str_trim(taken(r->a, xmlNodeGetContent(n)));
}

static xmlNode *child(xmlNode *n, const char *name)
{
    for (xmlNode *c = n->children; c; c = c->next)
        if (is_model(c, name))
            return c;
    return NULL;
}

/* The name of a reference may carry a prefix of the file's own namespace. */
static struct str unprefixed(struct str name)
{
    size_t at = str_find(name, STR(":"));

    return at == STR_NONE ? name : str_sub(name, at + 1, name.n);
}

static void find(struct reader *r, struct str element, enum word why, const char *detail)
{
    if (r->out->finding_count < BPMN_FINDINGS_MAX)
        r->out->finding[r->out->finding_count++] =
            (struct process_finding){element, why, str_copy(r->a, str_of(detail))};
}

static bool is_deeper_than(const xmlNode *n, int depth)
{
    for (; n; n = n->next)
        if (!depth || (n->type == XML_ELEMENT_NODE && n->children && is_deeper_than(n->children, depth - 1)))
            return true;
    return false;
}

/* ---- references ---- */

static void references_read(struct reader *r, xmlNode *root)
{
    for (xmlNode *n = root->children; n; n = n->next) {
        bool error = is_model(n, "error");
        if ((!error && !is_model(n, "message")) || r->reference_count == BPMN_REFERENCES_MAX)
            continue;
        struct str id = attribute(r, n, "id"), name = attribute(r, n, error ? "errorCode" : "name");
        r->reference[r->reference_count++] = (struct reference){id, name.n || error ? name : id};
    }
}

static struct str referred(const struct reader *r, struct str id)
{
    id = unprefixed(id);
    for (size_t i = 0; i < r->reference_count; i++)
        if (str_eq(r->reference[i].id, id))
            return r->reference[i].name;
    return id;
}

/* ---- nodes ---- */

static void definition_read(struct reader *r, xmlNode *d, struct process_node *n)
{
    n->reference = referred(r, attribute(r, d, n->trigger == TRIGGER_ERROR ? "errorRef" : "messageRef"));
    for (xmlNode *c = d->children; n->trigger == TRIGGER_TIMER && c; c = c->next) {
        if (is_model(c, "timeDuration") || is_model(c, "timeDate"))
            n->timer = content(r, c);
        else if (is_model(c, "timeCycle"))
            find(r, n->id, WORD_PROCESS_UNSUPPORTED, "timeCycle");
    }
}

static void definitions_read(struct reader *r, xmlNode *xml, struct process_node *n)
{
    int count = 0;

    for (xmlNode *c = xml->children; c; c = c->next)
        for (size_t i = 0; i < sizeof DEFINITIONS / sizeof DEFINITIONS[0]; i++) {
            if (!is_model(c, DEFINITIONS[i].name))
                continue;
            if (DEFINITIONS[i].is_foreign || ++count > 1) {
                find(r, n->id, WORD_PROCESS_UNSUPPORTED, DEFINITIONS[i].name);
                continue;
            }
            n->trigger = DEFINITIONS[i].trigger;
            definition_read(r, c, n);
        }
}

static bool is_true(struct str s)
{
    s = str_trim(s);
    return str_eq(s, STR("true")) || str_eq(s, STR("1"));
}

static void repeat_read(struct reader *r, xmlNode *xml, struct process_node *n)
{
    xmlNode *many = child(xml, "multiInstanceLoopCharacteristics");

    if (child(xml, "standardLoopCharacteristics"))
        find(r, n->id, WORD_PROCESS_UNSUPPORTED, "standardLoopCharacteristics");
    if (!many)
        return;
    xmlNode *how_many = child(many, "loopCardinality"), *until = child(many, "completionCondition");
    n->repeat = is_true(attribute(r, many, "isSequential")) ? REPEAT_SEQUENTIAL : REPEAT_PARALLEL;
    n->cardinality = how_many ? content(r, how_many) : STR("");
    n->until = until ? content(r, until) : STR("");
}

/* An id is written into the state of a dossier, between blanks, and with "/" behind the activity that calls:
 * it must be the name that the schema asks for, as far as that matters there. */
static bool id_is_name(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if ((unsigned char)id.p[i] <= ' ' || id.p[i] == '/')
            return false;
    return id.n && id.p[0] != '-';
}

static int flow_named(const struct process *p, struct str id)
{
    for (size_t i = 0; i < p->flow_count; i++)
        if (str_eq(p->flow[i].id, id))
            return (int)i;
    return -1;
}

/* OK: nothing else of this process has the id. */
static enum err id_err(const struct process *p, struct str id)
{
    if (!id_is_name(id))
        return ERR_INVALID;
    return process_node_find(p, id) >= 0 || flow_named(p, id) >= 0 ? ERR_CONFLICT : OK;
}

static void node_read(struct reader *r, xmlNode *xml, const struct element *e, int scope)
{
    struct process *p = r->p;
    struct process_node n = {.kind = e->kind, .scope = scope, .attached_to = -1, .default_flow = -1, .lane = -1};

    n.id = attribute(r, xml, "id");
    n.name = attribute(r, xml, "name");
    if (e->is_foreign)
        find(r, n.id, WORD_PROCESS_UNSUPPORTED, e->name);
    if (is_true(attribute(r, xml, "triggeredByEvent")))
        find(r, n.id, WORD_PROCESS_UNSUPPORTED, "triggeredByEvent");
    if (is_true(attribute(r, xml, "isForCompensation")))
        find(r, n.id, WORD_PROCESS_UNSUPPORTED, "isForCompensation");
    definitions_read(r, xml, &n);
    repeat_read(r, xml, &n);
    if (n.kind == NODE_RECEIVE_TASK || n.kind == NODE_SEND_TASK)
        n.reference = referred(r, attribute(r, xml, "messageRef"));
    if (n.kind == NODE_CALL)
        n.reference = unprefixed(attribute(r, xml, "calledElement"));
    struct str cancels = attribute(r, xml, "cancelActivity");
    n.is_interrupting = n.kind == NODE_BOUNDARY && (!cancels.n || is_true(cancels));
    n.place = ours(r, xml, "place");
    n.role = ours(r, xml, "role");
    n.form = ours(r, xml, "form");
    n.produces = ours(r, xml, "produces");
    n.assign = ours(r, xml, "assign");
    n.escalate = ours(r, xml, "escalate");
    n.child = is_true(ours(r, xml, "child"));
    struct str remind = ours(r, xml, "remind");
    if (remind.n && str_parse_int(remind, 0, 10 * 1000 * 1000, &n.remind))
        find(r, n.id, WORD_PROCESS_REMIND, "");
    struct str minutes = ours(r, xml, "minutes");
    if (minutes.n && str_parse_int(minutes, 0, 10 * 1000 * 1000, &n.minutes))
        find(r, n.id, WORD_PROCESS_BUDGET, "");
    r->err = p->node_count == PROCESS_NODES_MAX ? ERR_LIMIT : id_err(p, n.id);
    if (r->err)
        return;
    r->drawn[p->node_count].xml = xml;
    p->node[p->node_count++] = n;
}

static const struct element *element_find(const xmlNode *n)
{
    for (size_t i = 0; i < sizeof ELEMENTS / sizeof ELEMENTS[0]; i++)
        if (is_model(n, ELEMENTS[i].name))
            return &ELEMENTS[i];
    return NULL;
}

static bool is_silent(const xmlNode *n)
{
    for (size_t i = 0; i < sizeof SILENT / sizeof SILENT[0]; i++)
        if (strcmp((const char *)n->name, SILENT[i]) == 0)
            return true;
    return false;
}

static void nodes_read(struct reader *r, xmlNode *in, int scope)
{
    for (xmlNode *c = in->children; c && !r->err; c = c->next) {
        const struct element *e = element_find(c);
        if (e) {
            int at = (int)r->p->node_count;
            node_read(r, c, e, scope);
            if (!r->err && e->kind == NODE_SUB_PROCESS)
                nodes_read(r, c, at);
        } else if (is_model(c, NULL) && !is_silent(c)) {
            bool definition = false;
            for (size_t i = 0; i < sizeof DEFINITIONS / sizeof DEFINITIONS[0]; i++)
                definition |= strcmp((const char *)c->name, DEFINITIONS[i].name) == 0;
            if (!definition)
                find(r, attribute(r, c, "id"), WORD_PROCESS_UNSUPPORTED, (const char *)c->name);
        }
    }
}

/* ---- flows and lanes ---- */

static void flow_read_one(struct reader *r, xmlNode *xml)
{
    struct process *p = r->p;
    xmlNode *condition = child(xml, "conditionExpression");
    struct process_flow f = {.id = attribute(r, xml, "id"), .name = attribute(r, xml, "name")};

    f.from = process_node_find(p, attribute(r, xml, "sourceRef"));
    f.to = process_node_find(p, attribute(r, xml, "targetRef"));
    f.condition = condition ? content(r, condition) : STR("");
    r->err = p->flow_count == PROCESS_FLOWS_MAX ? ERR_LIMIT : id_err(p, f.id);
    if (f.from < 0 || f.to < 0)
        find(r, f.id, WORD_PROCESS_FLOW_WRONG, "");
    else if (!r->err)
        p->flow[p->flow_count++] = f;
}

static void flows_read(struct reader *r, xmlNode *in)
{
    for (xmlNode *c = in->children; c && !r->err; c = c->next) {
        const struct element *e = element_find(c);
        if (is_model(c, "sequenceFlow"))
            flow_read_one(r, c);
        else if (e && e->kind == NODE_SUB_PROCESS)
            flows_read(r, c);
    }
}

static void lanes_read(struct reader *r, xmlNode *set)
{
    struct process *p = r->p;

    for (xmlNode *l = set->children; l && !r->err; l = l->next) {
        if (!is_model(l, "lane"))
            continue;
        if (p->lane_count == PROCESS_NODES_MAX) {
            r->err = ERR_LIMIT;
            return;
        }
        int at = (int)p->lane_count;
        p->lane[p->lane_count++] =
            (struct process_lane){attribute(r, l, "id"), attribute(r, l, "name"), ours(r, l, "place"), ours(r, l, "role")};
        for (xmlNode *c = l->children; c; c = c->next) {
            int node = is_model(c, "flowNodeRef") ? process_node_find(p, content(r, c)) : -1;
            if (node >= 0)
                p->node[node].lane = at;
            if (is_model(c, "childLaneSet"))
                lanes_read(r, c);
        }
    }
}

/* What can only be said when everything has been read. */
static void links_read(struct reader *r)
{
    struct process *p = r->p;

    for (size_t i = 0; i < p->node_count; i++) {
        struct process_node *n = &p->node[i];
        struct str otherwise = attribute(r, r->drawn[i].xml, "default");
        int flow = flow_named(p, otherwise);
        n->default_flow = flow >= 0 && p->flow[flow].from == (int)i ? flow : -1;
        if (otherwise.n && n->default_flow < 0) /* a token would leap to where nothing leads */
            find(r, n->id, WORD_PROCESS_DEFAULT_WRONG, "");
        if (n->kind == NODE_BOUNDARY)
            n->attached_to = process_node_find(p, attribute(r, r->drawn[i].xml, "attachedToRef"));
        const struct process_lane *lane = n->lane < 0 ? NULL : &p->lane[n->lane];
        if (lane && !n->place.n)
            n->place = lane->place;
        if (lane && !n->role.n)
            n->role = lane->role;
    }
}

static size_t elements_in(const xmlNode *n)
{
    size_t count = 0;

    for (; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            count += 1 + elements_in(n->children);
    return count;
}

static void process_read(struct reader *r, xmlNode *xml)
{
    struct process p = {.id = attribute(r, xml, "id"), .name = attribute(r, xml, "name")};
    size_t room = elements_in(xml->children);

    p.node = ARENA_ARRAY(r->a, struct process_node, room < PROCESS_NODES_MAX ? room : PROCESS_NODES_MAX);
    p.flow = ARENA_ARRAY(r->a, struct process_flow, room < PROCESS_FLOWS_MAX ? room : PROCESS_FLOWS_MAX);
    p.lane = ARENA_ARRAY(r->a, struct process_lane, room < PROCESS_NODES_MAX ? room : PROCESS_NODES_MAX);
    r->drawn = ARENA_ARRAY(r->a, struct drawn, room < PROCESS_NODES_MAX ? room : PROCESS_NODES_MAX);
    r->p = &p;
    nodes_read(r, xml, -1);
    if (!r->err)
        flows_read(r, xml);
    for (xmlNode *c = xml->children; c && !r->err; c = c->next)
        if (is_model(c, "laneSet"))
            lanes_read(r, c);
    if (r->err)
        return;
    links_read(r);
    for (size_t i = 0; i < r->out->process_count; i++) /* what is called must be one */
        if (str_eq(r->out->process[i].id, p.id))
            r->err = ERR_CONFLICT;
    if (p.node_count && !r->err)
        r->out->process[r->out->process_count++] = p;
}

/* The executable ones first; otherwise as they stand in the file. */
static void processes_read(struct reader *r, xmlNode *root)
{
    size_t count = 0;

    for (xmlNode *n = root->children; n; n = n->next)
        count += is_model(n, "process");
    if (count > BPMN_PROCESSES_MAX) /* each takes room before it is known to have a node */
        r->err = ERR_LIMIT;
    for (int executable = 1; executable >= 0; executable--)
        for (xmlNode *n = root->children; n && !r->err; n = n->next)
            if (is_model(n, "process") && is_true(attribute(r, n, "isExecutable")) == executable)
                process_read(r, n);
}

/* ---- the file ---- */

static enum err document_read(struct reader *r, xmlDoc *doc, struct fault *ret_fault)
{
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlChar *text;
    int n;

    if (doc->intSubset)
        return fault_at(r->a, ret_fault, 0, ERR_INVALID, "a document type is not allowed");
    if (!root || !is_model(root, "definitions"))
        return fault_at(r->a, ret_fault, root ? (size_t)xmlGetLineNo(root) : 0, ERR_INVALID,
                        "not BPMN 2.0: the outermost element is not its definitions");
    if (is_deeper_than(root, BPMN_DEPTH_MAX))
        return fault_at(r->a, ret_fault, 0, ERR_LIMIT, "more than %d levels", BPMN_DEPTH_MAX);
    references_read(r, root);
    processes_read(r, root);
    if (r->err)
        return fault_at(r->a, ret_fault, 0, r->err == ERR_LIMIT ? ERR_LIMIT : ERR_INVALID, "%s",
                        r->err == ERR_LIMIT      ? "too many elements"
                        : r->err == ERR_CONFLICT ? "an id stands twice"
                                                 : "a node or flow without an id, or with one that is no XML name");
    xmlDocDumpMemoryEnc(doc, &text, &n, "UTF-8");
    if (!text)
        return fault_at(r->a, ret_fault, 0, ERR_LIMIT, "too large to be written back");
    r->out->xml = str_copy(r->a, (struct str){(const char *)text, (size_t)n});
    xmlFree(text);
    return OK;
}

static void quiet(void *arg, xmlErrorPtr error)
{
    (void)arg;
    (void)error;
}

enum err bpmn_read(struct arena *a, struct str bytes, struct bpmn *ret, struct fault *ret_fault)
{
    struct bpmn out = {.process = ARENA_ARRAY(a, struct process, BPMN_PROCESSES_MAX),
                       .finding = ARENA_ARRAY(a, struct process_finding, BPMN_FINDINGS_MAX)};
    struct reader r = {.a = a, .out = &out, .reference = ARENA_ARRAY(a, struct reference, BPMN_REFERENCES_MAX)};

    if (bytes.n > BPMN_BYTES_MAX)
        return fault_at(a, ret_fault, 0, ERR_LIMIT, "larger than %d bytes", BPMN_BYTES_MAX);
    /* Entities would be expanded in attributes while reading, so the type is refused before. */
    if (str_find(bytes, STR("<!DOCTYPE")) != STR_NONE || (bytes.n && memchr(bytes.p, 0, bytes.n)))
        return fault_at(a, ret_fault, 0, ERR_INVALID, "a document type is not allowed");
    xmlParserCtxt *parser = xmlNewParserCtxt();
    if (!parser)
        return ERR_LIMIT;
    xmlSetStructuredErrorFunc(NULL, quiet);
    xmlDoc *doc = xmlCtxtReadMemory(parser, bytes.p, (int)bytes.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlError *error = xmlCtxtGetLastError(parser);
    enum err err = doc ? document_read(&r, doc, ret_fault)
                       : fault_at(a, ret_fault, error && error->line > 0 ? (size_t)error->line : 0, ERR_INVALID, "%s",
                                  error && error->message ? fault_tidy(a, error->message).p : "not XML");
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(parser);
    if (!err)
        *ret = out;
    return err;
}

/* ---- what a file calls ---- */

static const struct process *called(void *arg, struct str id)
{
    const struct bpmn *file = arg;

    for (size_t i = 0; i < file->process_count; i++)
        if (str_eq(file->process[i].id, id))
            return &file->process[i];
    return NULL;
}

enum err bpmn_whole(struct arena *a, const struct bpmn *file, size_t i, struct process *ret, struct str *ret_missing)
{
    struct bpmn all = *file; /* process_inline hands its argument on without looking at it */

    return process_inline(a, &file->process[i], called, &all, ret, ret_missing);
}
