// Keeps lists fresh without touching what is read or written; lets a mail be as tall as it is.
"use strict";

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { "x-refresh": "1" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const newer = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
    if (newer && newer.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
      part.innerHTML = newer.innerHTML;
    }
  }
  document.title = fresh.title;
}

setInterval(() => refresh().catch(() => {}), 2000);

for (const frame of document.querySelectorAll("iframe[data-grow]")) {
  const grow = () => {
    const body = frame.contentDocument?.body;
    if (body?.childNodes.length) frame.style.height = `${body.offsetHeight + 48}px`;
  };
  frame.addEventListener("load", grow);
  window.addEventListener("resize", grow);
  grow();
}
