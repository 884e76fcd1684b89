/* The list: which row is open, and the way up and down. */
(() => {
  const { $, all, rows, shown } = desk;

  let place = 0; // in the list: whoever has answered goes on where their row was

  /* The row of the open conversation is marked, wherever the list or the conversation came from. */
  desk.markCurrent = () => {
    const id = shown();
    for (const row of rows()) {
      if (row.dataset.conversation === id) {
        row.setAttribute("aria-current", "true");
        place = rows().indexOf(row);
        row.closest(".row").classList.remove("unread");
      } else row.removeAttribute("aria-current");
    }
    const count = $('[data-folder="mine"]')?.textContent;
    const gone = $("#conversation-news")?.dataset.title; // its name is not for them any more
    const title = gone ?? document.title.replace(/^(● )?(\(\d+\+?\) )?/, "");
    document.title = `${desk.isUnseen ? "● " : ""}${count ? `(${count}) ` : ""}${title}`;
  };

  desk.step = (by) => {
    const list = [...rows(), ...all("#rows > .pager a")]; // what is older comes after the last
    if (!list.length) return;
    const at = list.indexOf(document.activeElement.closest?.("a"));
    const current = list.findIndex((row) => row.hasAttribute("aria-current"));
    const from = at >= 0 ? at : current;
    const to = from >= 0 ? from + by : by > 0 ? place : place - 1;
    place = Math.max(0, Math.min(list.length - 1, to));
    const next = list[place];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  /* Where one was in the list, or what stands there now; whether there is anything to stand on. */
  desk.focusPlace = () => {
    const list = rows();
    const row = list[Math.min(place, list.length - 1)];
    row?.focus({ preventScroll: true });
    return !!row && document.activeElement === row;
  };
  document.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".conversation-row");
    if (row) place = rows().indexOf(row);
  });

  /* What comes live pushes no row away from who is about to press it, or reads further down: it
     comes above, and is seen once nobody points at the list any more. */
  const QUIET = 2_000;
  let pointed = 0;
  let tops = null;
  const isPointed = () => Date.now() - pointed < QUIET;
  for (const name of ["pointermove", "pointerdown", "wheel", "keydown"]) {
    document.addEventListener(name, ({ target }) => target.closest?.("#rows") && (pointed = Date.now()), { passive: true });
  }
  const topIn = (list) => (row) => row.getBoundingClientRect().top - list.getBoundingClientRect().top;
  function goUp(from) {
    if (isPointed()) setTimeout(goUp, QUIET, from);
    else if ($("#rows")?.scrollTop === from) $("#rows").scrollTop = 0;
  }
  document.addEventListener("htmx:before:swap", () => {
    const list = $("#rows");
    const isHeld = list?.checkVisibility() && (isPointed() || list.scrollTop);
    tops = isHeld ? new Map(rows().map((row) => [row.dataset.conversation, topIn(list)(row)])) : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    const list = $("#rows");
    if (!tops || !list?.checkVisibility()) return;
    const stayed = rows().filter((row) => tops.has(row.dataset.conversation));
    const moved = stayed.map((row) => topIn(list)(row) - tops.get(row.dataset.conversation));
    const by = moved.sort((one, other) => one - other)[moved.length >> 1]; // what is new in a row moves that one
    if (!by) return;
    const wasUp = !list.scrollTop;
    list.scrollTop += by;
    if (wasUp) setTimeout(goUp, QUIET, list.scrollTop);
  });

  document.addEventListener("htmx:after:settle", desk.markCurrent);
  desk.markCurrent();
  $(".conversation-row[aria-current]")?.scrollIntoView({ block: "nearest" });
})();
