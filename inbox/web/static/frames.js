/* The frame of a mail is as high as the mail: we measure, for nothing in it can say so. */
(() => {
  const MOST = 6000;
  const watched = new WeakSet();

  function fit(frame) {
    const page = frame.contentDocument?.documentElement;
    if (!page || !frame.clientWidth) return;
    frame.style.height = `${Math.min(MOST, Math.max(80, page.offsetHeight + 2))}px`;
  }

  function watch(frame) {
    fit(frame);
    const body = frame.contentDocument?.body;
    if (!body || watched.has(body)) return;
    watched.add(body);
    new ResizeObserver(() => fit(frame)).observe(body); // pictures come later
  }

  // Neither bubbles: both are heard on their way down.
  document.addEventListener("load", (event) => event.target.matches?.("iframe.mail") && watch(event.target), true);
  document.addEventListener("toggle", (event) => event.target.querySelectorAll?.("iframe.mail").forEach(watch), true);
})();
