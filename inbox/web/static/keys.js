/* Single keys, and what they do. */
(() => {
  const { $ } = desk;

  function write(kind) {
    const text = $("#text");
    if (!text) return;
    $(`#composer [name="kind"][value="${kind}"]`).checked = true;
    desk.keepKind(text.form, kind);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length); // after what is kept there
  }

  const keys = {
    j: () => desk.step(1),
    k: () => desk.step(-1),
    o: () => (document.activeElement.closest?.(".conversation-row") ?? $(".conversation-row[aria-current]"))?.click(),
    r: () => write("reply"),
    n: () => write("note"),
    e: () => $("#closure")?.requestSubmit(),
    u: () => $(".undo button")?.click(),
    x: () => (document.activeElement.closest?.(".row") ?? $(".row:has([aria-current])"))?.querySelector(".mark")?.click(),
    "?": () => $("#keys")?.togglePopover(),
  };

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "text") {
      event.preventDefault();
      const note = $('#composer [value="note"]').checked;
      $(note ? "#composer .send-note" : "#composer .send-reply").click();
    } else if (event.key === "Escape" && field) field.blur();
    else if (!field && !event.ctrlKey && !event.metaKey && !event.altKey && keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
