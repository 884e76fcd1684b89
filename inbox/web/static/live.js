/* The line to the server. */
(() => {
  const { $ } = desk;

  document.addEventListener("htmx:sse:error", () => ($("#offline").hidden = false));
  document.addEventListener("htmx:sse:after:connection", () => ($("#offline").hidden = true));
})();
