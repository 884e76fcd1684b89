/* Keyboard, drafts, undo's countdown, and the few things that a page cannot do by itself. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const rows = () => all(".conversation-row");
  const shown = () => $("#conversation")?.dataset.conversation;

  let place = 0; // in the list: whoever has answered goes on where their row was

  /* The row of the open conversation is marked, wherever the list or the conversation came from. */
  function markCurrent() {
    const id = shown();
    for (const row of rows()) {
      if (row.dataset.conversation === id) {
        row.setAttribute("aria-current", "true");
        place = rows().indexOf(row);
        row.closest(".row").classList.remove("unread");
      } else row.removeAttribute("aria-current");
    }
    const count = $('[data-folder="mine"]')?.textContent;
    const title = document.title.replace(/^\(\d+\+?\) /, "");
    document.title = count ? `(${count}) ${title}` : title;
  }

  function step(by) {
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
  }

  function write(kind) {
    const text = $("#text");
    if (!text) return;
    $(`#composer [name="kind"][value="${kind}"]`).checked = true;
    sessionStorage.setItem(kindKey(text.form), kind);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length); // after what is kept there
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
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

  /* What was typed, and for whom, is kept in this tab until it is sent: a page that comes anew
     meanwhile must never make an answer of a note. */
  let sending = null;
  const draftKey = (form) => `draft-${form.dataset.draft}`;
  const kindKey = (form) => `kind-${form.dataset.draft}`;
  function restore() {
    const form = $("#composer");
    if (!form) return;
    const text = $("#text");
    const kept = sessionStorage.getItem(draftKey(form));
    if (kept && !text.value) text.value = kept;
    const kind = sessionStorage.getItem(kindKey(form));
    if (kind) $(`[value="${kind}"]`, form).checked = true;
  }
  document.addEventListener("input", (event) => {
    if (event.target.id === "text") {
      const form = event.target.form;
      if (event.target.value) sessionStorage.setItem(draftKey(form), event.target.value);
      else sessionStorage.removeItem(draftKey(form));
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.type === "file") {
      $("#attached").textContent = [...event.target.files].map((file) => file.name).join(", ");
    }
    if (event.target.name === "kind" && event.target.form?.id === "composer") {
      sessionStorage.setItem(kindKey(event.target.form), event.target.value);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "composer") {
      sending = [draftKey(event.target), kindKey(event.target)];
      $("#text").blur(); // it is sent: single keys mean what they mean elsewhere
    }
    if (event.target.action.includes("/session?")) sessionStorage.clear();
  });

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
    markCurrent();
    if (sending && $("#text") && !$("#text").value) {
      sending.forEach((key) => sessionStorage.removeItem(key));
      sending = null;
      $("#text").blur();
      $("#conversation .scroll").scrollTop = 1e6;
    }
    restore();
    if (shown() !== opened || $("#composer.has-words")) {
      opened = shown();
      show();
    }
    keepFocus();
  }
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("htmx:after:settle", markCurrent);
  document.addEventListener("htmx:sse:error", () => ($("#offline").hidden = false));
  document.addEventListener("htmx:sse:after:connection", () => ($("#offline").hidden = true));

  /* Somebody wrote while an answer is being typed: say so, and after a moment in which it can be
     seen say it on the button too. Until then the answer is refused: whoever pressed already did
     not mean to answer that. What came before anything was typed has been seen. */
  const told = new WeakSet();
  document.addEventListener("htmx:after:swap", () => {
    const news = all("#timeline > .message.is-new:not(.kind-note)").filter((one) => !told.has(one));
    news.forEach((one) => told.add(one));
    const form = $("#composer");
    if (!form || $(".stale")) return;
    const last = $("#facts").dataset.lastEvent;
    if (!$("#text").value) form.elements.expected.value = last;
    else if (news.length) {
      $("#news-line").hidden = false;
      setTimeout(() => {
        form.elements.expected.value = last;
        $(".send-reply span", form).textContent = $("#text", form).dataset.send;
      }, 1000);
    }
  });

  /* Two pieces of news may overlap: nothing stands in a conversation twice. */
  document.addEventListener("htmx:after:swap", () => {
    const seen = new Set();
    for (const entry of all("#timeline > [id]")) {
      if (seen.has(entry.id)) entry.remove();
      seen.add(entry.id);
    }
  });

  /* A sound when a customer writes, for who wants one; browsers let it be heard once something
     was pressed. What comes together sounds once. */
  let rang = 0;
  $("#live")?.addEventListener("changed", ({ currentTarget, detail }) => {
    const news = JSON.parse(detail.data);
    const isMail = ["conversation.opened", "message.received"].includes(news.name) && news.by === null;
    if (!("sound" in currentTarget.dataset) || !isMail || Date.now() - rang < 3000) return;
    rang = Date.now();
    const context = new AudioContext();
    [660, 880].forEach((pitch, number) => {
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      const at = context.currentTime + number * 0.14;
      volume.gain.setTargetAtTime(0.08, at, 0.01);
      volume.gain.setTargetAtTime(0, at + 0.08, 0.06);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.5);
      if (number) tone.onended = () => context.close();
    });
  });

  /* A menu closes when something else is clicked. */
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  restore();
  markCurrent();
  show();
  $(".conversation-row[aria-current]")?.scrollIntoView({ block: "nearest" });
})();
