/* What a page cannot do by itself: countdowns, what is in view, where the focus is. */
(() => {
  const { $, all, shown } = desk;

  /* "Sent · Undo (24 s)": counts down and goes. */
  setInterval(() => {
    const undo = $(".undo[data-until]");
    if (!undo) return;
    const left = Math.ceil((new Date(undo.dataset.until) - Date.now()) / 1000);
    if (left <= 0) undo.remove();
    else $(".left", undo).textContent = `${left} s`;
  }, 500);

  /* The newest is in view when a conversation is opened; nothing moves afterwards. */
  function show() {
    const scroll = $("#conversation .scroll");
    const last = $("#new") ?? all("#timeline .message:has(> details[open])").at(-1);
    // What is first in its conversation is read from the subject on.
    if (scroll && last && last !== $("#timeline .message")) {
      const head = $(".conversation-head")?.offsetHeight || 48;
      scroll.scrollTop += last.getBoundingClientRect().top - scroll.getBoundingClientRect().top - head - 8;
    }
  }

  /* What had the focus is gone with what it did: the next key still finds the conversation. */
  let wasInside = false;
  document.addEventListener("focusin", (event) => (wasInside = !!event.target.closest("#conversation")));
  function keepFocus() {
    if (!wasInside || document.activeElement !== document.body) return;
    const text = $("#composer.has-words #text");
    (text ?? $("#conversation")).focus({ preventScroll: true });
  }

  let opened = shown();
  function settle() {
    desk.markCurrent();
    if (desk.wasSent()) {
      $("#text").blur();
      $("#conversation .scroll").scrollTop = 1e6;
    }
    desk.restore();
    if (shown() !== opened || $("#composer.has-words")) {
      opened = shown();
      show();
    }
    keepFocus();
  }
  document.addEventListener("htmx:after:swap", settle);
  /* A menu closes when something else is clicked. */
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  show();
})();
