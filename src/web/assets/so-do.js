/* so-do.js - draws the process of a page with bpmn-js, and says on it where a dossier is.
 *
 * The file comes from the address that the figure names. What stands on the drawing is on the page already: a list
 * whose items have data-node (the id of an element), data-trang (xong or dang, and tre where a budget was
 * exceeded), and data-noi, the sentence for the badge. The wheel stays with the page; keys are
 * those of the buttons, and the arrows while the drawing has the focus. */
"use strict";

(function () {
  const READABLE = 0.62; // below this the names of steps cannot be read: one pulls the drawing instead
  const READABLE_NARROW = 0.75; // on a telephone, held nearer than it is large
  const NARROW = 600;
  const MARK = 64; // room below for the mark of bpmn.io, so that nothing stands under it
  const LARGEST = 4;
  const SMALLEST = 0.2;
  const EDGE = 24;
  const STRIP = 1400; // of the drawing, on one line of a sheet of paper
  const STEP = 60;

  function contents(canvas) {
    const inner = canvas.viewbox().inner;
    return { x: inner.x - EDGE, y: inner.y - EDGE, width: inner.width + 2 * EDGE, height: inner.height + 2 * EDGE };
  }

  /* An element inside a process that is called is not drawn here: the call stands for it. */
  function drawn(registry, node) {
    return registry.get(node) || registry.get(node.split("/")[0]);
  }

  function badge(item) {
    const box = document.createElement("div");
    box.className = "so-do-nhan " + item.dataset.trang;
    box.textContent = item.dataset.noi;
    return box;
  }

  /* Marks on elements; gives the one where the work is now. */
  function mark(viewer) {
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
    const overlays = viewer.get("overlays");
    let now = null;
    document.querySelectorAll("[data-node]").forEach(function (item) {
      const shape = drawn(registry, item.dataset.node);
      if (!shape || !item.dataset.trang) return;
      const marks = item.dataset.trang.split(" ");
      marks.forEach(function (name) {
        canvas.addMarker(shape.id, "buoc-" + name);
      });
      if (marks.includes("dang") && !now) now = shape;
      if (item.dataset.noi) overlays.add(shape.id, { position: { bottom: -4, left: 0 }, html: badge(item) });
    });
    return now;
  }

  /* As wide as the frame, if that can be read; else the beginning, or where the work is. */
  function fit(frame, canvas, now) {
    const whole = contents(canvas);
    const width = frame.clientWidth;
    const scale = Math.min(1, Math.max(width < NARROW ? READABLE_NARROW : READABLE, width / whole.width));
    const room = Math.min(Math.max(whole.height * scale + MARK, 180), 600);
    frame.style.height = Math.round(room) + "px";
    canvas.resized();
    const view = { x: whole.x, y: whole.y, width: width / scale, height: room / scale };
    if (whole.width * scale < width) view.x -= (view.width - whole.width) / 2;
    else if (now) view.x = Math.min(Math.max(whole.x, now.x + now.width / 2 - view.width / 2), whole.x + whole.width - view.width);
    canvas.viewbox(view);
  }

  /* Where a drawing may be cut: near `wish`, and through no element if there is such a place. */
  function cut(registry, wish) {
    const shapes = registry.filter(function (element) {
      return element.width && !element.waypoints && !element.children.length;
    });
    for (let away = 0; away < STRIP / 4; away += 10)
      for (const x of [wish - away, wish + away])
        if (shapes.every(function (s) { return x < s.x - 8 || x > s.x + s.width + 8; })) return x;
    return wish;
  }

  function part(name, box) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(box).forEach(function (entry) {
      svg.setAttribute(entry[0], entry[1]);
    });
    return svg;
  }

  /* Paper cannot be pulled: the drawing stands there in strips, one below another, of one scale. */
  function strips(figure, viewer) {
    const whole = contents(viewer.get("canvas"));
    const paper = figure.querySelector("[data-so-do-in]");
    const layer = figure.querySelector(".viewport");
    const count = Math.ceil(whole.width / STRIP);
    const at = [whole.x];
    for (let i = 1; i < count; i++) at.push(cut(viewer.get("elementRegistry"), whole.x + (i * whole.width) / count));
    at.push(whole.x + whole.width);
    const widest = Math.max(...at.slice(1).map(function (to, i) { return to - at[i]; }));
    for (let i = 0; i < count; i++) {
      const width = at[i + 1] - at[i];
      const sheet = part("svg", { viewBox: [0, 0, widest, whole.height].join(" ") });
      const strip = part("svg", { viewBox: [at[i], whole.y, width, whole.height].join(" "), width: width, height: whole.height });
      const copy = layer.cloneNode(true);
      copy.removeAttribute("transform");
      strip.append(copy);
      sheet.append(strip);
      paper.append(sheet);
    }
  }

  const zooms = {
    vao: function (canvas) {
      canvas.zoom(Math.min(LARGEST, canvas.zoom() * 1.25), "auto");
    },
    ra: function (canvas) {
      canvas.zoom(Math.max(SMALLEST, canvas.zoom() / 1.25), "auto");
    },
    vua: function (canvas) {
      canvas.zoom("fit-viewport", "auto");
    },
  };

  const pulls = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  const keys = { "+": "vao", "=": "vao", "-": "ra", 0: "vua" };

  function listen(figure, frame, canvas) {
    figure.querySelectorAll("[data-so-do-viec]").forEach(function (button) {
      button.addEventListener("click", function () {
        zooms[button.dataset.soDoViec](canvas);
      });
    });
    frame.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const pull = pulls[event.key];
      if (pull) canvas.scroll({ dx: pull[0], dy: pull[1] });
      else if (keys[event.key]) zooms[keys[event.key]](canvas);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    /* A finger pulls sideways; up and down is the page's. */
    let last = 0;
    frame.addEventListener("touchstart", function (event) {
      last = event.touches[0].clientX;
    }, { passive: true });
    frame.addEventListener("touchmove", function (event) {
      if (event.touches.length !== 1) return;
      canvas.scroll({ dx: event.touches[0].clientX - last, dy: 0 });
      last = event.touches[0].clientX;
    }, { passive: true });
  }

  async function draw(figure) {
    const frame = figure.querySelector("[data-so-do-khung]");
    figure.hidden = false;
    try {
      const answer = await fetch(figure.dataset.nguon);
      if (!answer.ok) throw new Error(answer.status);
      const viewer = new window.BpmnJS({
        container: frame,
        zoomScroll: { enabled: false },
        textRenderer: { defaultStyle: { fontSize: 13, lineHeight: 1.15 }, externalStyle: { fontSize: 13 } },
        overlays: { defaults: { scale: { min: 0.75, max: 1 } } },
      });
      await viewer.importXML(await answer.text());
      const canvas = viewer.get("canvas");
      /* The frame has the focus and its name; the drawing inside is a picture. */
      frame.querySelectorAll("svg[tabindex]").forEach(function (svg) {
        svg.setAttribute("tabindex", "-1");
      });
      const now = mark(viewer);
      fit(frame, canvas, now);
      strips(figure, viewer);
      listen(figure, frame, canvas);
      window.addEventListener("resize", function () {
        fit(frame, canvas, now);
      });
    } catch {
      frame.hidden = true;
      figure.querySelector("[data-so-do-loi]").hidden = false;
    }
    figure.dataset.soDo = "xong";
  }

  document.querySelectorAll("[data-so-do]").forEach(draw);
})();
