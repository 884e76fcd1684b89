/* The list: which row is open, and the way up and down. */
(() => {
  const { $, rows, shown } = desk;

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
    const title = document.title.replace(/^(● )?(\(\d+\+?\) )?/, "");
    document.title = `${desk.isUnseen ? "● " : ""}${count ? `(${count}) ` : ""}${title}`;
  };

  desk.step = (by) => {
    const list = rows();
    if (!list.length) return;
    const at = list.indexOf(document.activeElement.closest?.(".conversation-row"));
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

  document.addEventListener("htmx:after:settle", desk.markCurrent);
  desk.markCurrent();
  $(".conversation-row[aria-current]")?.scrollIntoView({ block: "nearest" });
})();
