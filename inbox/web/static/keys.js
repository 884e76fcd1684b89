/* Single keys, and what they do. */
(() => {
  const { $, all } = desk;

  const isMac = navigator.platform.startsWith("Mac");

  function write(kind) {
    const text = $("#text");
    if (!text) return;
    const tab = $(`#composer [name="kind"][value="${kind}"]`);
    if (tab && !tab.checked) tab.click();
    if (tab && (!tab.isConnected || !tab.checked)) return; // what is kept of the other kind comes
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length); // after what is kept there
  }

  /* A field, also one in a menu that is closed. */
  desk.reach = (selector) => {
    const field = $(selector);
    const fold = field?.closest("[popover]");
    // Where there is room what it holds stands in the head itself, and its own box is none.
    if (fold && getComputedStyle(fold).display === "none") fold.showPopover();
    for (let menu = field?.closest("details"); menu; menu = menu.parentElement.closest("details")) menu.open = true;
    field?.focus();
  };
  /* A button, or what has to be filled in before it means anything. */
  desk.press = (selector) => {
    const button = $(selector);
    const form = button?.form;
    if (form?.matches(".asking") && !form.closest("details").open) desk.reach("#closure :is(select, textarea, input:not([type=hidden]))");
    else button?.click();
  };
  function folder(name) {
    if (!$("#rail-lists")) return desk.go(`/conversations?in=${name}`);
    all("#rail-lists a").find((link) => new URL(link.href).searchParams.get("in") === name)?.click();
  }
  function search() {
    const field = all('.rail-search [name="q"], .search-line [name="q"]').find((one) => one.checkVisibility());
    if (field) field.select();
    else desk.go("/search");
  }
  const marked = () => document.activeElement.closest?.(".row") ?? $(".row:has([aria-current])");
  const row = () => document.activeElement.closest?.(".conversation-row, .pager a") ?? $(".conversation-row[aria-current]");

  desk.does = {
    reply: () => write("reply"),
    note: () => write("note"),
    assign: () => $("#facts") && desk.openPalette("assign"),
    keys: () => $("#keys")?.togglePopover(),
  };
  /* What is open is gone into: what stands in it is next, not the row below. */
  const isOpen = (one) => one?.hasAttribute("aria-current") && $("#conversation")?.checkVisibility();
  const goIn = () => $("#conversation:has(.scroll)")?.focus({ preventScroll: true });
  /* A row of the list is no place to read on from: what is open moves, not the list beside it. */
  function readOn(event) {
    const words = $("#conversation .scroll");
    const { target } = event;
    const isReading = target === document.body || target.matches("#conversation, .conversation-row");
    if (!words || !isReading || !words.checkVisibility()) return false;
    const page = words.clientHeight - $(".conversation-head").offsetHeight - ($(".writing")?.offsetHeight ?? 0);
    // Whole pixels, so that the way back ends where the way down began.
    const step = Math.round(0.9 * Math.max(page, 100));
    words.scrollBy({ top: event.shiftKey ? -step : step });
    return true;
  }
  const isList = () => $("#rows") || desk.rows().length;
  const keys = {
    j: () => desk.step(1),
    k: () => (isList() ? desk.step(-1) : desk.openPalette()), // where nothing is to be walked
    o: () => (row() && !isOpen(row()) ? row().click() : goIn()),
    r: desk.does.reply,
    n: desk.does.note,
    // What the customer wrote last; where only we have written, that.
    f: () => (all('[data-key="f"]').at(-1) ?? all("[data-forward]").at(-1))?.click(),
    c: () => ($('[data-key="c"]') ? $('[data-key="c"]').click() : desk.go("/conversations/new")),
    a: desk.does.assign,
    e: () => desk.press("#closure button"),
    s: () => desk.reach("#snooze-until"),
    u: () => $(".undo:not(.offer) button")?.click(),
    "*": () => desk.markAll(),
    x: () => $(".mark", marked() ?? document.createElement("p"))?.click(),
    "/": search,
    ".": () => desk.openPalette(),
    "?": desk.does.keys,
  };
  const folders = { m: "mine", u: "unassigned", o: "open", w: "waiting", s: "snoozed", c: "closed", a: "all" };

  /* On a keyboard of another alphabet the key counts that lies there. */
  const pressed = ({ key, code }) => (/^[ -~]$/.test(key) || !/^Key[A-Z]$/.test(code) ? key : code.slice(3).toLowerCase());
  const areOn = () => localStorage.getItem("keys") !== "off";
  let isGoing = 0; // since `g` was pressed

  function escape(event, field) {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) {
      menu.open = false;
      $("summary", menu).focus();
    } else field?.blur();
  }
  function single(key, isHeld) {
    // Held down, a key walks on, and does nothing else twice; what the sheet of keys covers is not
    // changed by trying them.
    if ((isHeld && !"jk".includes(key)) || ($("#keys:popover-open") && key !== "?")) return false;
    const goes = Date.now() - isGoing < 1500 ? folders[key] : null;
    isGoing = key === "g" ? Date.now() : 0;
    if (goes) folder(goes);
    else keys[key]?.();
    return goes || keys[key];
  }
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || desk.isComposing(event) || $("dialog[open]")) return;
    const field = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && withControl && event.target.id === "text") {
      event.preventDefault();
      const note = $('#composer [value="note"]')?.checked;
      $(note ? "#composer .send-note" : "#composer :is(.send-close, .send-reply)").click();
    } else if (pressed(event)?.toLowerCase() === "k" && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault();
      desk.openPalette();
    } else if (event.key === "Escape") escape(event, field);
    else if (event.key === " " && !withControl && !event.altKey) readOn(event) && event.preventDefault();
    else if (event.key === "Enter" && !withControl && isOpen(event.target)) {
      event.preventDefault();
      goIn();
    }
    else if (!field && !withControl && !event.altKey && areOn() && single(pressed(event), event.repeat)) event.preventDefault();
  });

  if (isMac) for (const key of all("kbd")) key.textContent = key.textContent.replace("Ctrl", "⌘");

  /* Who dictates, or presses keys without meaning to, can do without them. */
  const box = $("#single-keys");
  if (box) {
    box.checked = areOn();
    box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
  }
})();
