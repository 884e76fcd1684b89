"use strict";
// What is changed is saved at once, and what came of it is said beside it. Without scripts each
// sentence has a button instead.
{
  const waiting = new WeakMap();

  const mark = (form, isRefused) => {
    form.toggleAttribute("data-refused", isRefused);
    form.querySelector("input:not([type=hidden]), select, textarea")?.setAttribute("aria-invalid", isRefused);
  };

  const send = async (form) => {
    const said = form.querySelector("output");
    const body = new URLSearchParams(new FormData(form));
    said.textContent = "";
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "x-in-place": "1" } });
      if (answer.redirected) {
        location.assign(answer.url);
        return;
      }
      const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html");
      said.textContent = isPage ? form.dataset.lost : await answer.text();
      mark(form, !answer.ok);
    } catch {
      said.textContent = form.dataset.lost;
      mark(form, true);
    }
  };

  // One after the other, so that the last change is the one that stays.
  const save = (form) => waiting.set(form, (waiting.get(form) ?? Promise.resolve()).then(() => send(form)));

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-in-place]");
    if (!form) return;
    if (form.reportValidity()) save(form);
    else form.querySelector("output").textContent = ""; // what was said was of what stood there before
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-in-place]")) return;
    event.preventDefault();
    save(event.target);
  });
}

// What is still under way is looked at again, and said where it stood; nothing else moves.
{
  const again = async () => {
    const part = document.querySelector("[data-again]");
    if (!part) return;
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (answer.ok && fresh) {
        const said = part.querySelectorAll("[role=status]");
        fresh.querySelectorAll("[role=status]").forEach((one, at) => {
          if (!said[at] || said[at].textContent === one.textContent) return;
          said[at].className = one.className;
          said[at].replaceChildren(...one.childNodes);
        });
        if (!fresh.hasAttribute("data-again")) part.removeAttribute("data-again");
      }
    } catch { /* no connection: the next time */ }
    setTimeout(again, 1500);
  };
  setTimeout(again, 1000);
}

// Whoever begins is most likely where the browser says.
for (const one of document.querySelectorAll("select[data-own-zone]")) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ([...one.options].some(({ value }) => value === timeZone)) one.value = timeZone;
}
