/* The rail: which of its parts somebody has closed, on this machine. */
(() => {
  const key = (part) => `rail-${part.dataset.part}`;

  function fold() {
    for (const part of desk.all(".rail-part")) if (localStorage.getItem(key(part))) part.open = false;
  }

  document.addEventListener("toggle", ({ target }) => {
    if (!target.matches?.(".rail-part")) return;
    if (target.open) localStorage.removeItem(key(target));
    else localStorage.setItem(key(target), "closed");
  }, true);
  fold();
})();
