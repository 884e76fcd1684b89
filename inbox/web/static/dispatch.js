/* Giving out by keys: where one stands, what is marked, and to whom. Without it, boxes and buttons. */
"use strict";

(() => {
  const form = () => document.querySelector("#give");
  const boxes = () => [...document.querySelectorAll(".free-row input")];
  const marked = () => boxes().filter((box) => box.checked);
  let place = 0; // in the list: who has given goes on where the row was

  function stand(at) {
    const all = boxes();
    if (!all.length) return;
    place = Math.max(0, Math.min(all.length - 1, at));
    all[place].focus({ preventScroll: true });
    all[place].closest("li").scrollIntoView({ block: "nearest" });
  }
  const here = () => {
    const at = boxes().indexOf(document.activeElement.closest?.(".free-row")?.querySelector("input"));
    return at < 0 ? place : at;
  };

  function give(button) {
    if (!marked().length) {
      const box = boxes()[here()];
      if (!box) return;
      box.checked = true;
    }
    form().requestSubmit(button);
  }

  const keys = {
    j: () => stand(document.activeElement === document.body ? place : here() + 1),
    k: () => stand(here() - 1),
    ArrowDown: () => stand(here() + 1),
    ArrowUp: () => stand(here() - 1),
    x: () => boxes()[here()]?.click(),
    o: () => boxes()[here()]?.closest("li").querySelector(".open").click(),
  };
  /* On a keyboard of another alphabet the key counts that lies there. */
  const pressed = ({ key, code }) => (/^[ -~]$/.test(key) || !/^Key[A-Z]$/.test(code) ? key : code.slice(3).toLowerCase());
  let isGoing = 0; // since `g` was pressed: the key after it is a folder's, and nobody's
  const areOn = () => localStorage.getItem("keys") !== "off";

  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open], [popover]:popover-open") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const key = pressed(event);
    // Held down, a key walks on, and gives nothing away twice.
    if (event.repeat && !/^([jk]|Arrow(Up|Down))$/.test(key)) return;
    const goes = Date.now() - isGoing < 1500;
    isGoing = key === "g" ? Date.now() : 0;
    if (goes) return;
    const button = document.querySelector(`[data-give="${CSS.escape(key)}"]`);
    if (!key.startsWith("Arrow") && !areOn()) return;
    if (button) give(button);
    else if (keys[key]) keys[key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", ({ target }) => {
    const box = target.closest(".free-row")?.querySelector("input");
    if (box) place = boxes().indexOf(box);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[name=agent]");
    if (!button || marked().length) return;
    event.preventDefault();
    give(button);
  });

  /* What is marked stays marked and what one stands on stays, wherever rows come from. */
  let before = null;
  document.addEventListener("htmx:before:swap", () => {
    before = { marked: new Set(marked().map((box) => box.value)), isIn: !!document.activeElement.closest?.("#dispatch"), on: boxes()[here()]?.value };
  });
  document.addEventListener("htmx:after:swap", () => {
    if (!before) return;
    const all = boxes();
    for (const box of all) box.checked = before.marked.has(box.value);
    const at = all.findIndex((box) => box.value === before.on);
    if (at >= 0) place = at;
    if (before.isIn && !document.activeElement.closest?.("#dispatch")) stand(place);
    before = null;
  });
})();
