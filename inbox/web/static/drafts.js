/* What was typed survives walks, reloads and the end of a session. */
(() => {
  const { $ } = desk;

  /* What was typed, and for whom, is kept in this tab until it is sent: a page that comes anew
     meanwhile must never make an answer of a note. */
  let sending = null;
  const draftKey = (form) => `draft-${form.dataset.draft}`;
  const kindKey = (form) => `kind-${form.dataset.draft}`;
  desk.keepKind = (form, kind) => sessionStorage.setItem(kindKey(form), kind);
  /* Whether what was sent is gone from the form: it was taken, and nothing of it is kept. */
  desk.wasSent = () => {
    if (!sending || !$("#text") || $("#text").value) return false;
    sending.forEach((key) => sessionStorage.removeItem(key));
    sending = null;
    return true;
  };
  desk.restore = () => {
    const form = $("#composer");
    if (!form) return;
    const text = $("#text");
    const kept = sessionStorage.getItem(draftKey(form));
    if (kept && !text.value) text.value = kept;
    const kind = sessionStorage.getItem(kindKey(form));
    if (kind) $(`[value="${kind}"]`, form).checked = true;
  };
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
      desk.keepKind(event.target.form, event.target.value);
    }
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "composer") {
      sending = [draftKey(event.target), kindKey(event.target)];
      $("#text").blur(); // it is sent: single keys mean what they mean elsewhere
    }
    if (event.target.action.includes("/session?")) sessionStorage.clear();
  });

  desk.restore();
})();
