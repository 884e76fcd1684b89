/* What was typed is saved with us as it is typed. This tab keeps it until then: over a reload, the
   end of a session, or while there is no line. */
(() => {
  const { $ } = desk;
  const PAUSE = 1200; // ms in which nothing more is typed
  const LEFT_BEHIND = 48_000; // bytes of words: a page that closes may send 64 kB with all around them
  const LONGEST = 60_000; // between two tries while nothing gets through
  const textKey = (form) => `draft-${form.dataset.draft}`;
  const kindKey = (form) => `kind-${form.dataset.draft}`;
  const forget = (form) => [textKey(form), kindKey(form)].forEach((key) => sessionStorage.removeItem(key));
  const text = (form) => form.elements.text.value;

  /* A page that comes anew meanwhile must never make an answer of a note. */
  desk.keepKind = (form, kind) => sessionStorage.setItem(kindKey(form), kind);

  let timer, saving, again, sending, request;
  let tries = 0; // that did not get through since the last one that did
  function stop() {
    clearTimeout(timer);
    timer = again = undefined;
  }
  function soon(form, pause = PAUSE) {
    // What is written on a page of its own is found there again, also by who loads it anew.
    if (form.dataset.url && location.pathname + location.search !== form.dataset.url) history.replaceState(null, "", form.dataset.url);
    clearTimeout(timer);
    timer = setTimeout(save, pause, form);
  }
  /* Tried until it gets through, ever more rarely, and at once when there may be a line again. */
  function later({ dataset }) {
    const form = $("#composer"); // it may have come anew meanwhile
    if (sending || form?.dataset.draft !== dataset.draft) return;
    tries += 1;
    if (!timer) soon(form, Math.min(LONGEST, PAUSE * 2 ** tries));
  }
  /* On a page of its own nothing else says that there is no line. */
  function say(what) {
    if ($("#live") || !$("#signed-out")) return;
    for (const one of ["offline", "signed-out"]) $(`#${one}`).hidden = one !== what;
    $("#signed-out a").href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  }
  const retry = () => tries && !sending && $("#composer") && soon($("#composer"), 0);

  async function save(form, now = false) {
    clearTimeout(timer);
    timer = undefined;
    if (sending) return;
    if (saving && !now) return void (again = form);
    const typed = text(form);
    const body = new FormData(form);
    body.delete("file"); // put aside by themselves as they are chosen
    const mine = (saving = new AbortController());
    try {
      const keepalive = now && new Blob([typed]).size < LEFT_BEHIND;
      const options = { method: "POST", body, keepalive, headers: { "X-Draft": "1" }, signal: mine.signal };
      const response = await fetch(form.dataset.save, options);
      const html = await response.text();
      const isOurs = response.headers.get("x-draft") !== null;
      say(isOurs ? null : response.redirected ? "signed-out" : "offline");
      if (!isOurs) {
        unsaved(form);
        if (![403, 404].includes(response.status)) return later(form); // signed out, or trouble there
        tries = 0;
        return;
      }
      tries = 0;
      if (response.ok && text(form) === typed) forget(form);
      show(form, html);
    } catch ({ name }) {
      if (name !== "AbortError") {
        say("offline");
        unsaved(form);
      }
      later(form);
    } finally {
      if (saving === mine) saving = undefined;
      if (again) again = void soon(again);
    }
  }

  /* What was saved before says nothing of what was typed since. */
  function unsaved(form) {
    const said = $(".saved", form);
    if (said) said.textContent = said.dataset.unsaved;
  }
  /* Files that were put aside or taken out meanwhile stay as they are on the page. */
  function show(form, html) {
    const old = $("#draft", form);
    const fresh = document.createRange().createContextualFragment(html).querySelector("#draft");
    if (!form.isConnected || !old || !fresh) return;
    for (const name of ["version", "was"]) $(`[name=${name}]`, old).value = $(`[name=${name}]`, fresh).value;
    $(".saved", old).replaceWith($(".saved", fresh));
    $("[role=alert]", old)?.remove();
    const alert = $("[role=alert]", fresh);
    if (alert) $(".saved", old).before(alert);
  }

  /* While it is sent nothing is saved: that would be a draft of what has gone. Whether it was
     taken is known from the page that answers: then nothing of it is kept. */
  desk.wasSent = () => {
    const form = $("#composer");
    if (!sending?.isAnswered) return false;
    const { keys } = sending;
    sending = undefined;
    if (!form) return false; // refused, and there is nothing any more to which it could be written
    if ("refused" in form.dataset) return void soon(form);
    keys.forEach((key) => sessionStorage.removeItem(key));
    return true;
  };
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement.id === "composer") request = ctx;
  });
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (sending && ctx === request) sending.isAnswered = ctx.response.status < 500;
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (!sending || sending.isAnswered || ctx !== request) return;
    sending = undefined; // it did not get through: it is still to be kept
    if ($("#composer")) soon($("#composer"));
  });
  desk.restore = () => {
    const form = $("#composer");
    if (!form) return;
    form.classList.add("saves");
    const kept = sessionStorage.getItem(textKey(form));
    if (kept && kept !== text(form) && !("refused" in form.dataset)) {
      form.elements.text.value = kept;
      soon(form);
    }
    const kind = sessionStorage.getItem(kindKey(form));
    if (kind && kind !== form.dataset.other) $(`[name=kind][value="${kind}"]`, form).checked = true;
  };

  document.addEventListener("input", ({ target }) => {
    const form = target.form;
    if (form?.id !== "composer" || target.type === "file" || target.name === "kind") return;
    if (target.name === "text") sessionStorage.setItem(textKey(form), target.value);
    soon(form);
  });
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form?.id !== "composer") return;
    if (target.name !== "kind") return void (target.type === "file" || soon(form));
    if (target.value === form.dataset.other) {
      $(`[name=kind]:not([value="${target.value}"])`, form).checked = true;
      forget(form);
      save(form, true);
      return $(".other-draft", form).click();
    }
    desk.keepKind(form, target.value);
    if (text(form)) soon(form);
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (target.id === "composer" && submitter?.formTarget !== "_blank") {
      $("#text").blur(); // it is sent: single keys mean what they mean elsewhere
      stop();
      sending = { keys: [textKey(target), kindKey(target)] };
      if (!target.hasAttribute("hx-boost")) sessionStorage.setItem("sent", target.dataset.draft);
      saving?.abort();
    }
    if (target.action.includes("/session?")) sessionStorage.clear();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-forget]")) forget($("#composer"));
  });
  /* Another conversation, another program, another place: what was typed is there already. */
  const leave = () => timer && $("#composer") && save($("#composer"), true);
  document.addEventListener("htmx:before:swap", leave);
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : retry()));
  window.addEventListener("pagehide", leave);
  $("#live")?.addEventListener("line-found", retry);
  for (const name of ["online", "focus"]) addEventListener(name, retry);

  /* A page that was sent whole: what answers it is another one, or this one with a refusal. */
  const sent = sessionStorage.getItem("sent");
  sessionStorage.removeItem("sent");
  if (sent && sent !== $("#composer")?.dataset.draft) sessionStorage.removeItem(`draft-${sent}`);
  window.addEventListener("pageshow", ({ persisted }) => persisted && (sending = undefined));

  desk.restore();
})();
