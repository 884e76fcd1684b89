/* What a search has found, by the same keys as the list. */
"use strict";
(() => {
  const rows = [...document.querySelectorAll(".found .conversation-row")];
  const field = document.querySelector('.search-line [name="q"]');

  function step(by) {
    const next = rows[rows.indexOf(document.activeElement) + by] ?? (by > 0 ? rows.at(-1) : rows[0]);
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => rows.find((row) => row === document.activeElement)?.click(),
    "/": () => field.select(),
    "?": () => document.querySelector("#keys").togglePopover(),
  };

  document.addEventListener("keydown", (event) => {
    const { key, code, target } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = target.closest?.("input, textarea, select");
    // On a keyboard of another alphabet the key counts that lies there.
    const pressed = /^[ -~]$/.test(key) || !/^Key[A-Z]$/.test(code) ? key : code.slice(3).toLowerCase();
    if (key === "Escape" && isTyping) target.blur();
    else if (!isTyping && keys[pressed] && localStorage.getItem("keys") !== "off") {
      event.preventDefault();
      keys[pressed]();
    }
  });
})();
