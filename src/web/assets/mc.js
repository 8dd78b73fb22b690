/* mc.js - what makes pages quicker for those who have scripts; every page works without it.
 *
 * Lists (table.bang): J and K move, X ticks, Enter opens. Single letters act only while the focus is
 * in no field, never while an input method composes, and not at all when <body data-phim="tat">. */
"use strict";

(function () {
  function inField(target) {
    return target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  }

  function rows() {
    return Array.from(document.querySelectorAll("table.bang tbody tr")).filter(function (row) {
      return row.querySelector("a[href]") !== null;
    });
  }

  function here(all) {
    return all.findIndex(function (row) {
      return row.classList.contains("o-day");
    });
  }

  function go(all, index) {
    const row = all[Math.max(0, Math.min(all.length - 1, index))];
    all.forEach(function (other) {
      other.classList.toggle("o-day", other === row);
    });
    row.querySelector("a[href]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function tick(row) {
    const box = row.querySelector("input[type=checkbox]");
    if (box) {
      box.click();
      row.setAttribute("aria-selected", String(box.checked));
    }
  }

  const acts = {
    j: function (all, at) {
      go(all, at + 1);
    },
    k: function (all, at) {
      go(all, at < 0 ? 0 : at - 1);
    },
    x: function (all, at) {
      if (at >= 0) tick(all[at]);
    },
    Enter: function (all, at) {
      if (at >= 0) all[at].querySelector("a[href]").click();
    },
  };

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.altKey || event.metaKey || inField(event.target)) return;
    if (document.body.dataset.phim === "tat") return;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const all = act ? rows() : [];
    if (all.length === 0) return;
    /* A focused link or button keeps its own Enter. */
    if (event.key === "Enter" && event.target !== document.body) return;
    event.preventDefault();
    act(all, here(all));
  });
})();
