/* ky-so.js - signs documents with the key in the machine before which somebody sits.
 *
 * It stands between two who cannot see each other: the server, which prepares a document and takes the signature
 * (data-chuan-bi, data-xong), and the signing agent of this machine (data-agent; motcua sign agent,
 * docs/signatures.md), which has the token. Neither a key, nor a PIN, nor a file passes through here.
 *
 * The page gives [data-ky-so] with, each once inside it: data-ky-tin (what is going on; a live region), data-ky-khong
 * (no agent) with data-ky-thu (try again), form data-ky-ghep (pairing: the only text field, and data-ky-ma-loi),
 * data-ky-chon (the certificates: a select), form data-ky-danh-sach (fields named "id": check boxes, or one hidden
 * field), data-ky-nut (sign), data-ky-tien (a progress), data-ky-loi (data-ky-loi-tin, data-ky-loi-ds), and
 * data-ky-tu: li[data-tu] with every sentence that is said here, also one for each error of the agent by its name.
 * With data-mot not empty the page shows one document and is loaded again once that is signed.
 *
 * The server: POST data-chuan-bi, fields csrf, certificate, id… gives {items: [{id, title, to_sign}], refused: [{id, title, why}]};
 * POST data-xong, fields csrf, id…, signature… gives {signed: [id], again: [id], refused}. `again`: another signature of
 * the same person follows (number and date, then the seal), so these go round once more. */
"use strict";

(function () {
  const PORTION = 20; // documents in one question to the server
  const ROUNDS = 2; // signatures that one person puts on a document one after the other
  const KEPT = "ky-so"; // under which this browser keeps what the agent gave it when they were paired
  const root = document.querySelector("[data-ky-so]");
  if (!root) return;

  const part = function (name) {
    return root.querySelector("[data-ky-" + name + "]");
  };
  const field = part("ghep").querySelector("input");
  const choice = part("chon").querySelector("select");
  const words = new Map();
  part("tu").querySelectorAll("li").forEach(function (item) {
    words.set(item.dataset.tu, item.textContent);
  });

  /* What can go wrong, by the name of the word for it. */
  class Trouble extends Error {}

  function say(name) {
    part("tin").textContent = name ? words.get(name) : "";
    part("tin").classList.remove("tot");
  }

  function complain(text, refused) {
    const list = part("loi-ds");
    part("loi-tin").textContent = text;
    list.replaceChildren();
    (refused || []).forEach(function (one) {
      const item = document.createElement("li");
      item.textContent = (one.title || titles.get(one.id) || one.id) + ": " + one.why;
      list.append(item);
    });
    part("loi").hidden = !text;
  }

  /* Which of its faces the page shows: no agent, pairing, or ready to sign. */
  function show(face) {
    ["khong", "ghep", "chon"].forEach(function (name) {
      part(name).hidden = name !== face;
    });
    part("nut").hidden = face !== "chon";
  }

  /* ---- the agent ---- */

  /* A browser may forbid storage: then it is paired for as long as the page is open. */
  let token = "";
  function keep(value) {
    token = value;
    try {
      localStorage.setItem(KEPT, value);
    } catch {
      return;
    }
  }
  try {
    token = localStorage.getItem(KEPT) || "";
  } catch {
    token = "";
  }

  async function ask(path, body) {
    const headers = token ? { Authorization: "Bearer " + token } : {};
    if (body) headers["Content-Type"] = "application/json";
    let answer, said;
    try {
      answer = await fetch(root.dataset.agent + path, {
        method: body ? "POST" : "GET", headers: headers, body: body ? JSON.stringify(body) : undefined,
        credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
      });
    } catch {
      throw new Trouble("mat");
    }
    try {
      said = await answer.json();
    } catch {
      throw new Trouble("khac");
    }
    if (!answer.ok) throw new Trouble(words.has(said.error) ? said.error : "khac");
    return said;
  }

  function day(iso) {
    return iso.slice(8, 10) + "/" + iso.slice(5, 7) + "/" + iso.slice(0, 4);
  }

  async function connect() {
    say("tim");
    complain("");
    try {
      const list = (await ask("/certificates")).certificates;
      choice.replaceChildren();
      list.forEach(function (c) {
        const name = [c.name, c.title, c.organisation].filter(Boolean).join(" · ");
        choice.append(new Option(name + ", " + words.get("den") + " " + day(c.not_after), c.certificate));
      });
      show(list.length ? "chon" : "khong");
      say(list.length ? "san-sang" : "khong-co");
    } catch (trouble) {
      say("");
      fail(trouble);
    }
  }

  /* An agent that does not know us wants its code; one that is not there is waited for. */
  function fail(trouble) {
    const name = trouble instanceof Trouble ? trouble.message : "khac";
    if (name === "token") {
      show("ghep");
      say("ghep");
    } else if (name === "mat" && part("chon").hidden) {
      show("khong");
      say("");
    } else {
      complain(words.get(name));
    }
  }

  async function pair() {
    const error = part("ma-loi");
    error.textContent = "";
    field.removeAttribute("aria-invalid");
    try {
      keep((await ask("/pair", { code: field.value.trim() })).token);
      field.value = "";
      await connect();
      (choice.length > 1 ? choice : part("danh-sach").querySelector("input[type=checkbox]") || part("nut")).focus();
    } catch (trouble) {
      error.textContent = words.get(trouble.message) || words.get("khac");
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }

  /* ---- the server ---- */

  async function server(path, fields) {
    let answer;
    try {
      answer = await fetch(path, { method: "POST", body: new URLSearchParams([["csrf", root.dataset.csrf]].concat(fields)) });
      if (answer.ok) return await answer.json();
    } catch {
      throw new Trouble("phien");
    }
    throw new Trouble("phien");
  }

  /* Asks in portions, so that something moves; `common` goes with every portion, `each` takes an answer. */
  async function inPortions(list, path, common, fieldsOf, each) {
    const bar = part("tien");
    bar.max = list.length;
    bar.value = 0;
    for (let i = 0; i < list.length; i += PORTION) {
      const some = list.slice(i, i + PORTION);
      each(await server(path, common.concat(some.flatMap(fieldsOf))));
      bar.value = i + some.length;
    }
  }

  /* ---- signing ---- */

  const titles = new Map(); // of what was prepared, by its id

  function boxes() {
    return Array.from(part("danh-sach").querySelectorAll("input[name=id]"));
  }

  function chosen() {
    return boxes().filter(function (box) {
      return box.type === "hidden" || box.checked;
    }).map(function (box) {
      return box.value;
    });
  }

  /* One signature on each; gives the ids of those that want another. */
  async function round(ids, done) {
    const certificate = choice.value;
    const items = [], again = [];
    say("chuan-bi");
    await inPortions(ids, root.dataset.chuanBi, [["certificate", certificate]], function (id) {
      return [["id", id]];
    }, function (answer) {
      items.push.apply(items, answer.items);
      done.refused.push.apply(done.refused, answer.refused);
    });
    if (items.length === 0) return again;
    items.forEach(function (item) {
      titles.set(item.id, item.title);
    });
    /* How long a person takes to say yes nobody knows. */
    part("tien").removeAttribute("value");
    say("xac-nhan");
    const order = items.map(function (item) {
      return { title: item.title, to_sign: item.to_sign };
    });
    const signatures = (await ask("/sign", { certificate: certificate, items: order })).signatures;
    if (!Array.isArray(signatures) || signatures.length !== items.length) throw new Trouble("khac");
    say("gui");
    const pairs = items.map(function (item, i) {
      return [item.id, signatures[i]];
    });
    await inPortions(pairs, root.dataset.xong, [], function (one) {
      return [["id", one[0]], ["signature", one[1]]];
    }, function (answer) {
      done.signed.push.apply(done.signed, answer.signed);
      done.refused.push.apply(done.refused, answer.refused);
      again.push.apply(again, answer.again);
    });
    return again;
  }

  /* What is signed leaves the list. */
  function settle(signed) {
    boxes().forEach(function (box) {
      const row = box.closest("tr");
      if (row && signed.map(String).includes(box.value)) row.remove();
    });
    part("danh-sach").dispatchEvent(new Event("change"));
  }

  function busy(yes) {
    part("nut").disabled = yes;
    choice.disabled = yes;
    part("tien").hidden = !yes;
    boxes().forEach(function (box) {
      box.disabled = yes && box.type === "checkbox";
    });
  }

  async function sign() {
    const done = { signed: [], refused: [] };
    let ids = chosen(), trouble = null;
    complain("");
    if (ids.length === 0) {
      complain(words.get("chon-truoc"));
      return;
    }
    busy(true);
    try {
      for (let i = 0; ids.length && i < ROUNDS; i++) ids = await round(ids, done);
    } catch (caught) {
      trouble = caught;
    }
    busy(false);
    settle(done.signed);
    say("");
    if (done.signed.length) {
      part("tin").textContent = words.get("da-ky") + ": " + done.signed.length;
      part("tin").classList.add("tot");
    }
    if (done.refused.length) complain(words.get("khong-ky") + ": " + done.refused.length, done.refused);
    part("tin").focus(); // the button may be gone with what it signed
    if (trouble) fail(trouble);
    else if (done.signed.length && root.dataset.mot) location.reload();
  }

  /* ---- what people do ---- */

  part("ghep").addEventListener("submit", function (event) {
    event.preventDefault();
    pair();
  });
  part("danh-sach").addEventListener("submit", function (event) {
    event.preventDefault();
  });
  part("thu").addEventListener("click", connect);
  part("nut").addEventListener("click", sign);
  const all = part("tat-ca");
  if (all) {
    all.addEventListener("click", function () {
      const every = boxes().every(function (box) {
        return box.checked;
      });
      boxes().forEach(function (box) {
        box.checked = !every;
      });
      part("danh-sach").dispatchEvent(new Event("change"));
    });
  }
  connect();
})();
