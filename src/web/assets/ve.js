/* ve.js - draws and changes a process with bpmn-js; the properties beside the drawing are ours.
 *
 * The drawing comes in the text field of the page and goes back as the text field "xml" of the form, or,
 * where it is too large for one, as the file "file". Words come from the page: li[data-goc] holds the
 * translation of what bpmn-js says in English. Ours are the attributes of the namespace below. */
"use strict";

(function () {
  const NS = "https://motcua.vn/bpmn/1";
  const PALETTE = 96;
  const EDGE = 32;
  const page = document.querySelector("[data-ve]");
  if (!page) return;

  const text = function (name) {
    return { name: name, isAttr: true, type: "String" };
  };
  const OURS = {
    name: "MotCua",
    uri: NS,
    prefix: "mc",
    xml: { tagAlias: "lowerCase" },
    types: [
      { name: "Work", extends: ["bpmn:Activity"], properties: ["place", "role", "minutes", "form", "produces", "assign", "remind", "escalate", "child"].map(text) },
      { name: "Place", extends: ["bpmn:Lane"], properties: ["place", "role"].map(text) },
    ],
  };

  /* ---- words ---- */

  const words = new Map();
  page.querySelectorAll("[data-goc]").forEach(function (item) {
    words.set(item.dataset.goc.trim(), item.textContent);
  });

  function translate(template, holes) {
    const said = words.get(template.trim()) || template;
    return said.replace(/\{([^}]+)\}/g, function (hole, name) {
      return holes && name in holes ? holes[name] : hole;
    });
  }

  /* "bpmn:UserTask" is "User task" in the words of bpmn-js. */
  function kindOf(element) {
    const name = element.type.replace("bpmn:", "").replace(/(?!^)([A-Z])/g, function (letter) {
      return " " + letter.toLowerCase();
    });
    return translate(name.replace("Event based", "Event-based").replace("Sub process", "Sub-process"));
  }

  /* ---- only what can be executed is offered ---- */

  const NOT_EXECUTED = new RegExp("signal|escalation|compensat|conditional|link|cancel|complex|ad-?hoc|transaction|" +
    "event-sub|instantiating|data|group|loop|multiplicity|collection|rule|script|rollback|text-annotation", "i");

  function without(entries) {
    return Object.fromEntries(Object.entries(entries).filter(function (entry) {
      return entry[0] === "toggle-parallel-mi" || entry[0] === "toggle-sequential-mi" || !NOT_EXECUTED.test(entry[0]);
    }));
  }

  function Offered(palette, contextPad, popupMenu, create, elementFactory) {
    const work = function (event) {
      create.start(event, elementFactory.createShape({ type: "bpmn:UserTask" }));
    };
    palette.registerProvider(500, {
      getPaletteEntries: function () {
        return function (entries) {
          entries["create.task"] = Object.assign({}, entries["create.task"], {
            className: "bpmn-icon-user-task",
            action: { click: work, dragstart: work },
          });
          return without(entries);
        };
      },
    });
    contextPad.registerProvider(500, { getContextPadEntries: function () { return without; } });
    popupMenu.registerProvider("bpmn-replace", 500, {
      getPopupMenuEntries: function () { return without; },
      getPopupMenuHeaderEntries: function () { return without; },
    });
  }
  Offered.$inject = ["palette", "contextPad", "popupMenu", "create", "elementFactory"];

  /* ---- properties ---- */

  const by = function (id) {
    return document.getElementById("v-" + id);
  };

  function is(element, type) {
    return element.businessObject.$instanceOf(type);
  }

  /* The definition of an event by its type ("bpmn:TimerEventDefinition"). */
  function definition(element, type) {
    return (element.businessObject.eventDefinitions || []).find(function (d) {
      return d.$instanceOf(type);
    });
  }

  const isWork = function (e) {
    return is(e, "bpmn:Activity");
  };
  const isFlow = function (e) {
    return is(e, "bpmn:SequenceFlow");
  };
  const branches = function (e) {
    return isFlow(e) && e.source && e.source.outgoing.filter(isFlow).length > 1 && !is(e.source, "bpmn:ParallelGateway") &&
      !is(e.source, "bpmn:EventBasedGateway");
  };
  const messages = function (e) {
    return is(e, "bpmn:ReceiveTask") || is(e, "bpmn:SendTask") || definition(e, "bpmn:MessageEventDefinition") !== undefined;
  };

  /* What an event or task refers to ("messageRef"), and who holds the reference. */
  function holder(element, type) {
    return definition(element, type) || element.businessObject;
  }

  /* For each property: for which elements, how it is read, how it is written. */
  function properties(modeler) {
    const modeling = modeler.get("modeling");
    const factory = modeler.get("bpmnFactory");
    const definitions = function () {
      return modeler.getDefinitions();
    };
    const own = function (name, fits) {
      return {
        fits: fits,
        read: function (e) { return e.businessObject.get("mc:" + name) || ""; },
        write: function (e, value) { modeling.updateProperties(e, { ["mc:" + name]: value || undefined }); },
      };
    };
    const expression = function (body) {
      return body ? factory.create("bpmn:FormalExpression", { body: body }) : undefined;
    };
    const body = function (object, name) {
      return object && object.get(name) ? object.get(name).body || "" : "";
    };
    const refer = function (type, key, event, label) {
      return {
        read: function (e) {
          const to = holder(e, event).get(key);
          return to ? to.get(label) || "" : "";
        },
        write: function (e, value) {
          const roots = definitions().get("rootElements");
          let to = value ? roots.find(function (r) { return r.$instanceOf(type) && r.get(label) === value; }) : undefined;
          if (value && !to) {
            to = factory.create(type, { name: value, [label]: value });
            to.$parent = definitions();
            modeling.updateModdleProperties(e, definitions(), { rootElements: roots.concat([to]) });
          }
          modeling.updateModdleProperties(e, holder(e, event), { [key]: to });
        },
      };
    };
    const repeats = function (e) {
      const many = isWork(e) && e.businessObject.loopCharacteristics;
      return many && many.$instanceOf("bpmn:MultiInstanceLoopCharacteristics") ? many : undefined;
    };
    const many = function (name) {
      return {
        fits: function (e) { return repeats(e) !== undefined; },
        read: function (e) { return body(repeats(e), name); },
        write: function (e, value) { modeling.updateModdleProperties(e, repeats(e), { [name]: expression(value) }); },
      };
    };
    const timer = function (e) {
      return definition(e, "bpmn:TimerEventDefinition");
    };
    return {
      name: {
        fits: function (e) { return !is(e, "bpmn:Process") && !is(e, "bpmn:Collaboration"); },
        read: function (e) { return e.businessObject.name || ""; },
        write: function (e, value) { modeling.updateProperties(e, { name: value || undefined }); },
      },
      place: own("place", function (e) { return isWork(e) || is(e, "bpmn:Lane"); }),
      role: own("role", function (e) { return isWork(e) || is(e, "bpmn:Lane"); }),
      minutes: own("minutes", isWork),
      form: own("form", isWork),
      produces: own("produces", isWork),
      assign: own("assign", isWork),
      remind: own("remind", isWork),
      escalate: own("escalate", isWork),
      child: {
        fits: isWork,
        read: function (e) { return own("child", isWork).read(e) === "true"; },
        write: function (e, value) { own("child", isWork).write(e, value ? "true" : ""); },
      },
      condition: {
        fits: branches,
        read: function (e) { return body(e.businessObject, "conditionExpression"); },
        write: function (e, value) { modeling.updateProperties(e, { conditionExpression: expression(value) }); },
      },
      default: {
        fits: branches,
        read: function (e) { return e.source.businessObject.default === e.businessObject; },
        write: function (e, value) { modeling.updateProperties(e.source, { default: value ? e.businessObject : undefined }); },
      },
      duration: {
        fits: function (e) { return timer(e) !== undefined; },
        read: function (e) { return body(timer(e), "timeDuration"); },
        write: function (e, value) {
          modeling.updateModdleProperties(e, timer(e), Object.assign({ timeDuration: expression(value) }, value ? { timeDate: undefined } : {}));
        },
      },
      date: {
        fits: function (e) { return timer(e) !== undefined; },
        read: function (e) { return body(timer(e), "timeDate"); },
        write: function (e, value) {
          modeling.updateModdleProperties(e, timer(e), Object.assign({ timeDate: expression(value) }, value ? { timeDuration: undefined } : {}));
        },
      },
      message: Object.assign({ fits: messages }, refer("bpmn:Message", "messageRef", "bpmn:MessageEventDefinition", "name")),
      error: Object.assign({ fits: function (e) { return definition(e, "bpmn:ErrorEventDefinition") !== undefined; } },
        refer("bpmn:Error", "errorRef", "bpmn:ErrorEventDefinition", "errorCode")),
      called: {
        fits: function (e) { return is(e, "bpmn:CallActivity"); },
        read: function (e) { return e.businessObject.calledElement || ""; },
        write: function (e, value) { modeling.updateProperties(e, { calledElement: value || undefined }); },
      },
      many: many("loopCardinality"),
      until: many("completionCondition"),
    };
  }

  /* A choice that the list does not have (a unit that is no more) is kept, and shown as it is. */
  function choose(select, value) {
    if (!Array.from(select.options).some(function (o) { return o.value === value; })) select.append(new Option(value, value));
    select.value = value;
  }

  /* Budgets are kept in minutes and typed in hours or days of eight hours. */
  function budgetShow(value) {
    const minutes = Number(value || 0);
    const unit = minutes && minutes % 480 === 0 ? 480 : minutes % 60 === 0 ? 60 : 1;
    by("unit").value = String(unit);
    by("minutes").value = minutes ? String(minutes / unit) : "";
  }

  function budgetTyped() {
    const typed = Number(by("minutes").value.trim().replace(",", "."));
    const minutes = Math.round(typed * Number(by("unit").value));
    by("minutes").setAttribute("aria-invalid", String(!(minutes >= 0)));
    return minutes > 0 ? String(minutes) : "";
  }

  function show(field, property, element) {
    const value = property.read(element);
    if (field.id === "v-minutes") budgetShow(value);
    else if (field.type === "checkbox") field.checked = value;
    else if (field.tagName === "SELECT") choose(field, value);
    else field.value = value;
  }

  function typed(field) {
    if (field.id === "v-minutes") return budgetTyped();
    return field.type === "checkbox" ? field.checked : field.value.trim();
  }

  function panel(modeler) {
    const all = properties(modeler);
    const nothing = page.querySelector("[data-ve-chua]");
    const group = page.querySelector("[data-ve-nhom]");
    let element = null;

    const refresh = function () {
      const one = modeler.get("selection").get();
      element = one.length === 1 && one[0].businessObject && one[0].type !== "label" ? one[0].labelTarget || one[0] : null;
      nothing.hidden = element !== null;
      group.hidden = element === null;
      if (!element) return;
      page.querySelector("[data-ve-loai]").textContent = kindOf(element);
      page.querySelector("[data-ve-ma]").textContent = element.id;
      Object.entries(all).forEach(function (entry) {
        const field = by(entry[0]);
        const fits = Boolean(entry[1].fits(element));
        field.closest(".o").hidden = !fits;
        if (fits && field !== document.activeElement) show(field, entry[1], element);
      });
    };
    const change = function (name) {
      if (element && all[name].fits(element)) all[name].write(element, typed(by(name)));
    };
    Object.keys(all).forEach(function (name) {
      by(name).addEventListener("change", function () { change(name); });
    });
    by("unit").addEventListener("change", function () { change("minutes"); });
    modeler.on(["selection.changed", "commandStack.changed"], refresh);
    refresh();
  }

  /* ---- the page ---- */

  function findings(modeler) {
    page.querySelectorAll("[data-ve-tim]").forEach(function (button) {
      const registry = modeler.get("elementRegistry");
      const element = registry.get(button.dataset.veTim) || registry.get(button.dataset.veTim.split("/")[0]);
      if (!element || !element.parent) return;
      modeler.get("canvas").addMarker(element.id, "co-loi");
      button.addEventListener("click", function () {
        modeler.get("selection").select(element);
        modeler.get("canvas").scrollToElement(element, 80);
        page.querySelector(".ban-ve-khung").scrollIntoView({ block: "nearest" });
        by("name").focus({ preventScroll: true });
      });
    });
  }

  function saving(modeler) {
    const form = page.querySelector("form");
    let changed = false;
    modeler.on("commandStack.changed", function () {
      changed = true;
    });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
    form.addEventListener("submit", async function (event) {
      event.preventDefault();
      modeler.getDefinitions().rootElements.forEach(function (root) {
        if (root.$instanceOf("bpmn:Process")) root.isExecutable = true;
      });
      const xml = (await modeler.saveXML({ format: true })).xml;
      const file = new File([xml], "quy-trinh.bpmn", { type: "application/xml" });
      const large = file.size > Number(page.dataset.lonNhat);
      form.elements.xml.value = large ? "" : xml;
      if (large) {
        const files = new DataTransfer();
        files.items.add(file);
        form.elements.file.files = files.files;
      }
      changed = false;
      form.submit();
    });
  }

  /* The whole drawing beside the palette; at first not smaller than can be read. */
  function fit(modeler, smallest) {
    const canvas = modeler.get("canvas");
    const box = canvas.viewbox();
    const width = box.outer.width - PALETTE - EDGE;
    const height = box.outer.height - 2 * EDGE;
    const inner = box.inner.width ? box.inner : { x: 0, y: 0, width: 600, height: 300 };
    const scale = Math.min(1, Math.max(smallest, Math.min(width / inner.width, height / inner.height)));
    canvas.viewbox({
      x: inner.x - PALETTE / scale,
      y: inner.y - Math.max(EDGE, (height - inner.height * scale) / 3) / scale,
      width: box.outer.width / scale,
      height: box.outer.height / scale,
    });
  }

  const acts = {
    lui: function (modeler) { modeler.get("commandStack").undo(); },
    tien: function (modeler) { modeler.get("commandStack").redo(); },
    vao: function (modeler) { modeler.get("zoomScroll").stepZoom(1); },
    ra: function (modeler) { modeler.get("zoomScroll").stepZoom(-1); },
    vua: function (modeler) { fit(modeler, 0.2); },
    rong: function () {
      if (document.fullscreenElement) document.exitFullscreen();
      else page.querySelector(".ban-ve").requestFullscreen();
    },
  };

  async function begin() {
    const modeler = new window.BpmnJS({
      container: page.querySelector(".ban-ve-khung"),
      moddleExtensions: { mc: OURS },
      textRenderer: { defaultStyle: { fontSize: 13, lineHeight: 1.15 }, externalStyle: { fontSize: 13 } },
      additionalModules: [{ translate: ["value", translate], __init__: ["offered"], offered: ["type", Offered] }],
    });
    const given = page.querySelector("[data-ve-xml]").value;
    try {
      if (given.trim()) await modeler.importXML(given);
      else await modeler.createDiagram();
    } catch {
      page.querySelector("[data-ve-loi]").hidden = false;
      return;
    }
    panel(modeler);
    findings(modeler);
    saving(modeler);
    page.querySelectorAll("[data-ve-viec]").forEach(function (button) {
      button.addEventListener("click", function () {
        acts[button.dataset.veViec](modeler);
      });
    });
    fit(modeler, 0.62);
    page.dataset.ve = "xong";
  }

  begin();
})();
