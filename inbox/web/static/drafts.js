/* What was typed is saved with us as it is typed. This tab keeps it until then: over a reload, the
   end of a session, or while there is no line. */
(() => {
  const { $ } = desk;
  const PAUSE = 1200; // ms in which nothing more is typed
  const textKey = (form) => `draft-${form.dataset.draft}`;
  const kindKey = (form) => `kind-${form.dataset.draft}`;
  const forget = (form) => [textKey(form), kindKey(form)].forEach((key) => sessionStorage.removeItem(key));
  const text = (form) => form.elements.text.value;

  /* A page that comes anew meanwhile must never make an answer of a note. */
  desk.keepKind = (form, kind) => sessionStorage.setItem(kindKey(form), kind);

  let timer, saving, again, sending, unsaved;
  function soon(form) {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE, form);
  }

  async function save(form, now = false) {
    clearTimeout(timer);
    timer = undefined;
    if (saving && !now) return void (again = form);
    const typed = text(form);
    const body = new FormData(form);
    body.delete("file"); // put aside by themselves as they are chosen
    saving = new AbortController();
    unsaved = false;
    try {
      const request = { method: "POST", body, keepalive: now, headers: { "X-Draft": "1" }, signal: saving.signal };
      const response = await fetch(form.dataset.save, request);
      const html = await response.text();
      if (response.headers.get("x-draft") === null) return; // signed out, or not ours any more
      if (response.ok && text(form) === typed) forget(form);
      show(form, html);
    } catch {
      unsaved = true; // there is no line: it stays in this tab until there is one
    } finally {
      saving = undefined;
      if (again) again = void soon(again);
    }
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

  /* Whether what was sent was taken: then nothing of it is kept. */
  desk.wasSent = () => {
    const form = $("#composer");
    if (!sending || !form || "refused" in form.dataset) return (sending = false);
    sending.forEach((key) => sessionStorage.removeItem(key));
    sending = null;
    return true;
  };
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
      clearTimeout(timer);
      saving?.abort();
      sending = [textKey(target), kindKey(target)];
      $("#text").blur(); // it is sent: single keys mean what they mean elsewhere
    }
    if (target.action.includes("/session?")) sessionStorage.clear();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-forget]")) forget($("#composer"));
  });
  /* Another conversation, another program, another place: what was typed is there already. */
  const leave = () => timer && $("#composer") && save($("#composer"), true);
  document.addEventListener("htmx:before:swap", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("pagehide", leave);
  $("#live")?.addEventListener("line-found", () => unsaved && $("#composer") && soon($("#composer")));

  desk.restore();
})();
