/* mc.js - what makes pages quicker for those who have scripts; every page works without it.
 *
 * Lists (table.bang): J and K move, X ticks, Enter opens. Everywhere: / to the search, F2 to intake,
 * Ctrl+Enter sends the form that one is in. Intake: A ticks every paper, 1 to 9 choose a procedure.
 * Single letters act only while the focus is in no field, never while an input method composes, and
 * not at all once they are turned off in the menu of the account (kept in this browser). */
"use strict";

document.documentElement.classList.add("js");

(function () {
  function all(selector, from) {
    return Array.from((from || document).querySelectorAll(selector));
  }

  function inField(target) {
    return target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]") !== null;
  }

  /* ---- lists ---- */

  function rows() {
    return all("table.bang tbody tr").filter(function (row) {
      return row.querySelector("a[href]") !== null;
    });
  }

  function link(row) {
    return row.querySelector("a[data-mo]") || row.querySelector("a[href]");
  }

  function here(list) {
    return list.findIndex(function (row) {
      return row.classList.contains("o-day");
    });
  }

  function go(list, index) {
    const row = list[Math.max(0, Math.min(list.length - 1, index))];
    list.forEach(function (other) {
      other.classList.toggle("o-day", other === row);
    });
    link(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function tick(row) {
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  const listKeys = {
    j: function (list, at) {
      go(list, at + 1);
    },
    k: function (list, at) {
      go(list, at < 0 ? 0 : at - 1);
    },
    x: function (list, at) {
      if (at >= 0) tick(list[at]);
    },
  };

  /* How many are ticked, beside the buttons that act on them. */
  function count(form) {
    const bar = form.querySelector("[data-chon-hang]");
    const text = form.querySelector("[data-chon-so]");
    const chosen = all("input[name=id]:checked", form).length;
    all("tbody tr", form).forEach(function (row) {
      const box = row.querySelector("input[name=id]");
      if (box) row.setAttribute("aria-selected", String(box.checked));
    });
    bar.toggleAttribute("data-trong", chosen === 0);
    text.textContent = text.dataset.mau + " " + chosen + ":";
  }

  all("form").forEach(function (form) {
    if (!form.querySelector("[data-chon-hang]")) return;
    count(form);
    form.addEventListener("change", function () {
      count(form);
    });
  });

  /* ---- the whole page ---- */

  all("[data-in]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });

  all("select[data-tu-gui]").forEach(function (select) {
    select.addEventListener("change", function () {
      select.form.submit();
    });
  });

  all("select[data-doi]").forEach(function (select) {
    select.addEventListener("change", function () {
      const button = select.form.querySelector("button[name=reload][value=" + select.dataset.doi + "]");
      if (button) button.click();
    });
  });

  /* What was said once is not said again on reload. */
  if (document.querySelector("[data-mot-lan]")) {
    const url = new URL(location.href);
    ["bao", "ve", "dau"].forEach(function (name) {
      url.searchParams.delete(name);
    });
    history.replaceState(null, "", url);
  }

  /* On a small screen the menu is one line: show where we are. */
  const at = document.querySelector(".cb-menu a[aria-current]");
  if (at) at.closest(".cb-menu").scrollLeft = at.offsetLeft - 16;

  const focus = document.querySelector("[data-tieu-diem]");
  if (focus) focus.focus();

  document.addEventListener("click", function (event) {
    all("details.tai-khoan[open]").forEach(function (details) {
      if (!details.contains(event.target)) details.open = false;
    });
  });

  /* A form is sent once: a second press while the first is on its way does nothing. */
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.dangGui && !(event.submitter && event.submitter.formTarget)) {
      event.preventDefault();
      return;
    }
    if (!(event.submitter && event.submitter.formTarget)) form.dataset.dangGui = "1";
  });
  window.addEventListener("pageshow", function () {
    all("form[data-dang-gui]").forEach(function (form) {
      delete form.dataset.dangGui;
    });
  });

  /* ---- intake ---- */

  /* As the server folds: no marks, đ is d, lower case. */
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  }

  const filter = document.querySelector("input[data-loc]");
  if (filter) {
    const whole = document.querySelector("[data-tat-ca]");
    const items = all("[data-tim]", whole).map(function (item) {
      return { item: item, text: fold(item.textContent) };
    });
    const status = document.querySelector("[data-loc-so]");
    const often = document.querySelector("[data-hay-dung]");
    let later = 0;
    const narrow = function () {
      const words = fold(filter.value).split(/[^a-z0-9]+/).filter(Boolean);
      let shown = 0;
      items.forEach(function (it) {
        const fits = words.every(function (word) {
          return it.text.includes(word);
        });
        it.item.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      all("[data-nhom]", whole).forEach(function (group) {
        group.hidden = group.querySelector("[data-tim]:not([hidden])") === null;
      });
      if (often) often.hidden = words.length > 0;
      clearTimeout(later);
      later = setTimeout(function () {
        status.textContent = words.length ? status.dataset.mau + ": " + shown : "";
      }, 250);
    };
    filter.addEventListener("input", function (event) {
      if (!event.isComposing) narrow();
    });
    filter.addEventListener("compositionend", narrow);
    filter.addEventListener("keydown", function (event) {
      if (event.isComposing || event.keyCode === 229) return;
      const often9 = /^[1-9]$/.test(event.key) && filter.value === "" && document.querySelector('[data-so="' + event.key + '"]');
      const first = event.key === "Enter" && whole.querySelector("[data-tim]:not([hidden]) a");
      const down = event.key === "ArrowDown" && document.querySelector("[data-tim]:not([hidden]) a");
      if (often9 || (first && filter.value !== "")) {
        event.preventDefault();
        (often9 || first).click();
      } else if (down) {
        event.preventDefault();
        down.focus();
      }
    });
    if (filter.value !== "") narrow();
  }

  /* A card's QR code: number|old number|name|ddmmyyyy|sex|address|issued on. */
  all("input[data-quet]").forEach(function (input) {
    input.addEventListener("change", function () {
      const part = input.value.split("|");
      if (part.length < 6) return;
      const put = function (name, value) {
        const field = input.form.elements[name];
        if (field && value) field.value = value;
      };
      input.value = part[0];
      put("name", part[2]);
      put("birth", part[3].replace(/^(\d\d)(\d\d)(\d{4})$/, "$1/$2/$3"));
      put("address", part[5]);
    });
  });

  function everyPaper() {
    const boxes = all("input[data-giay]");
    const full = boxes.every(function (box) {
      return box.checked;
    });
    boxes.forEach(function (box) {
      box.checked = !full;
    });
    return boxes.length > 0;
  }
  all("[data-du-ca]").forEach(function (button) {
    button.addEventListener("click", everyPaper);
  });

  /* ---- keys ---- */

  /* A browser may forbid storage: then they stay on. */
  function keysAreOff(set) {
    try {
      if (set !== undefined) localStorage.setItem("phim", set ? "tat" : "bat");
      return localStorage.getItem("phim") === "tat";
    } catch {
      return false;
    }
  }

  all("[data-phim-nut]").forEach(function (button) {
    const name = function (off) {
      button.textContent = off ? button.dataset.bat : button.dataset.tat;
    };
    name(keysAreOff());
    button.addEventListener("click", function () {
      name(keysAreOff(!keysAreOff()));
    });
  });

  function followIntake() {
    const to = document.querySelector("a[data-f2]");
    if (to) to.click();
    return to !== null;
  }

  function focusSearch() {
    const field = document.getElementById("timnhanh");
    if (field) field.select();
    return field !== null;
  }

  function sendForm(target) {
    const form = target.closest("form[data-ctrl-enter]") || document.querySelector("form[data-ctrl-enter]");
    if (!form) return false;
    const button = all("button:not([type=button]):not([name])", form).pop();
    form.requestSubmit(button);
    return true;
  }

  function onList(event) {
    const act = listKeys[event.key.toLowerCase()];
    const list = act ? rows() : [];
    if (list.length === 0) return false;
    act(list, here(list));
    return true;
  }

  document.addEventListener("keydown", function (event) {
    let done = false;
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "F2") done = followIntake();
    else if (event.key === "Enter" && event.ctrlKey) done = sendForm(event.target);
    else if (event.ctrlKey || event.altKey || event.metaKey || inField(event.target)) return;
    else if (keysAreOff()) return;
    else if (event.key === "/") done = focusSearch();
    else if (event.key.toLowerCase() === "a") done = everyPaper();
    else done = onList(event);
    if (done) event.preventDefault();
  });
})();
