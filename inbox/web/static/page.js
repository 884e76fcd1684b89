/* What a page cannot do by itself: countdowns, what is in view, where the focus is. */
(() => {
  const { $, all, shown } = desk;

  /* "Sent · Undo (24 s)": counts down and goes. */
  setInterval(() => {
    const undo = $(".undo[data-until]");
    if (!undo) return;
    // From what the server says is left: the clock of this machine may be wrong.
    const number = $(".left", undo);
    undo.ends ??= Date.now() + 1000 * Number(number.dataset.left);
    // Whole seconds only: it goes before the answer does, however late this is looked at.
    const left = Math.floor((undo.ends - Date.now()) / 1000);
    if (left <= 0) undo.remove();
    else number.textContent = number.dataset.words.replace("{num}", left);
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

  /* What had the focus is gone with what it did: the next key still finds the conversation, the
     caret stands where it was, and who has closed one goes on in the list. */
  let had = null;
  let caret = null;
  let closing = null;
  let submitted = null;
  let typing = null; // in another field than the one that was sent
  let sent = null; // as it was written: it may be refused
  document.addEventListener("focusin", ({ target }) => {
    had = target.closest("#conversation") ? "conversation" : target.closest("#rows") ? "rows" : null;
  });
  document.addEventListener("submit", ({ target }) => {
    submitted = target;
    const field = target.id !== "composer" && all("input[type=text], textarea", target).find((one) => one.id && one.value);
    sent = field ? [shown(), field.id, field.value, field.value.length] : null;
    const text = $("#text");
    caret = target.id === "composer" ? [text.selectionStart, text.selectionEnd] : null;
    if (target.id === "closure" && !target.action.includes("_method=delete")) closing = shown();
  });
  document.addEventListener("htmx:before:swap", () => {
    const { activeElement: field } = document;
    const isTyped = field.matches("#conversation input[type=text], #conversation textarea") && field.id;
    typing = isTyped && field.form !== submitted ? [shown(), field.id, field.value, field.selectionStart] : null;
  });
  function typeOn([conversation, id, value, at], isRefused = false) {
    const field = conversation === shown() && document.getElementById(id);
    if (!field) return false;
    desk.reach(`#${id}`);
    if (isRefused || !field.value) field.value = value; // what is kept of it is not what was written
    field.setSelectionRange(at, at);
    return true;
  }
  function keepFocus() {
    const isNowhere = document.activeElement === document.body;
    if (isNowhere && typing && typeOn(typing)) return;
    if (isNowhere && sent && $("#undo .fault") && typeOn(sent, true)) {
      document.activeElement.setAttribute("aria-describedby", "undo");
      sent = null;
      return;
    }
    if (closing && (isNowhere || document.activeElement.id === "conversation")) {
      closing = null;
      if (desk.focusPlace()) return;
    }
    if (!isNowhere) return;
    if (had === "rows") desk.focusPlace();
    if (had !== "conversation") return;
    const text = $("#composer.has-words #text");
    const asked = all("#composer .ending :is(select, textarea, input[type=text])").find((one) => !one.value);
    (asked ?? text ?? $("#conversation")).focus({ preventScroll: !asked });
    if (text && caret) text.setSelectionRange(...caret);
  }

  /* Who looks at the customer where that lies over the words goes on doing so. */
  let looked = null;
  document.addEventListener("htmx:before:swap", () => {
    looked = $("#customer:popover-open") && shown();
  });

  /* How far one has read, and what one has opened there: what was done in the head of a conversation
     moves nothing below it. */
  let read = null;
  const ofMessage = (one) => one.closest(".message");
  const name = (one) => `${ofMessage(one).id} ${all("details", ofMessage(one)).indexOf(one)}`;
  document.addEventListener("htmx:before:swap", () => {
    const opened = all("#timeline .message details[open]").map(name);
    read = { at: shown(), top: $("#conversation .scroll")?.scrollTop, opened: new Set(opened) };
  });
  function readOn() {
    for (const one of all("#timeline .message details")) one.open ||= read.opened.has(name(one));
    $("#conversation .scroll").scrollTop = read.top;
  }

  let opened = shown();
  let element = $("#conversation");
  function settle() {
    const isNew = element !== (element = $("#conversation"));
    if (isNew && looked && looked === shown()) $("#customer").showPopover();
    const refused = isNew && $("#order:has(.fault)"); // on a phone what was refused lies in a box that is closed
    if (refused && getComputedStyle(refused).display === "none") refused.showPopover();
    desk.markCurrent();
    if (desk.wasSent()) {
      $("#text").blur();
      $("#conversation .scroll").scrollTop = 1e6;
    } else if (isNew && shown() && read?.at === shown()) readOn();
    desk.restore();
    if (shown() !== opened || (isNew && $("#composer.has-words"))) {
      opened = shown();
      show();
    }
    keepFocus();
  }
  document.addEventListener("htmx:after:swap", settle);

  /* What takes a while. */
  document.addEventListener("htmx:before:request", ({ detail, target }) => {
    const row = (detail.ctx?.sourceElement ?? target).closest?.(".conversation-row");
    if (row) $("#conversation").setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:finally:request", () => $("#conversation")?.removeAttribute("aria-busy"));

  /* A menu opens to the side on which its pane has room. */
  document.addEventListener(
    "toggle",
    ({ target }) => {
      const list = target.open && target.closest("#facts .menu") && $(".menu-list", target);
      if (!list) return;
      target.classList.remove("from-end");
      const edge = $("#conversation .scroll").getBoundingClientRect().right;
      target.classList.toggle("from-end", list.getBoundingClientRect().right > edge);
    },
    true,
  );
  /* A menu closes when something else is clicked, or come to by Tab. */
  const closeOthers = ({ target }) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("keyup", (event) => event.key === "Tab" && closeOthers(event));

  /* What stays above the words, and below them, covers nothing that one comes to by keys. */
  document.addEventListener("focusin", ({ target }) => {
    const scroll = target.matches(":focus-visible, iframe") && target.closest(".scroll");
    if (!scroll || target.closest(".conversation-head, .writing")) return;
    const space = scroll.getBoundingClientRect();
    const from = Math.max(space.top, $(".conversation-head").getBoundingClientRect().bottom) + 4;
    const until = Math.min(space.bottom, $(".writing")?.getBoundingClientRect().top ?? space.bottom) - 4;
    const at = target.getBoundingClientRect();
    if (at.top < from) scroll.scrollTop += at.top - from;
    else if (at.bottom > until) scroll.scrollTop += Math.min(at.bottom - until, at.top - from);
  });

  show();
  /* Who comes from a letter of its own, sent or not, goes on in the conversation: reads it by keys. */
  const isFromLetter = /\/conversations\/(new|\d+\/messages\/\d+\/forward)(\?|$)/.test(document.referrer);
  if (isFromLetter && document.activeElement === document.body) $("#conversation.conversation[data-conversation]")?.focus({ preventScroll: true });
})();
