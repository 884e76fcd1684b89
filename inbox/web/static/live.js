/* The line to the server: whether there is one, and what was missed while there was none. */
(() => {
  const { $, shown } = desk;
  const live = $("#live");
  if (!live) return;
  const DEAD = 45_000; // the server says something every twenty seconds
  const PATIENT = 15_000;
  let line = null;
  let heard = Date.now();
  let isUp = true;
  let asked = 0;
  let tries = 0;

  function say(what) {
    $("#signed-out a").href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
    for (const one of ["offline", "signed-out"]) $(`#${one}`).hidden = one !== what;
    if (what) live.dispatchEvent(new Event("line-lost"));
  }
  function lost(why = "offline") {
    isUp = false;
    say(why);
  }
  function again() {
    asked = Date.now();
    if (line?.reader) line.reader.cancel();
    else line?.delayCanceller?.();
  }
  function found() {
    heard = Date.now();
    tries = 0;
    if (isUp) return;
    isUp = true;
    say(null);
    live.dispatchEvent(new Event("line-found"));
    // Whatever was missed, however much: list and conversation are asked for as they are now.
    htmx.trigger(live, "changed");
    if (shown()) htmx.trigger(live, `conversation-${shown()}`);
  }

  document.addEventListener("htmx:sse:before:connection", ({ detail }) => (line = detail.connection));
  document.addEventListener("htmx:sse:after:connection", found);
  document.addEventListener("htmx:sse:after:message", () => (heard = Date.now()));
  document.addEventListener("htmx:sse:error", ({ detail }) => lost(detail.status === 401 ? "signed-out" : "offline"));
  /* It never began: what begins it again is ours, as what goes on with it is not there yet. */
  live.addEventListener("htmx:error", () => {
    if (line) return;
    lost();
    setTimeout(() => htmx.ajax("GET", live.getAttribute("hx-sse:connect"), { source: live }), Math.min(15_000, 1000 * 2 ** tries++));
  });
  addEventListener("offline", () => lost());
  addEventListener("online", again);
  setInterval(() => {
    // A machine that slept, a wire that was pulled: nobody says so, but nothing comes any more.
    if (isUp && line && Date.now() - heard > DEAD) {
      lost();
      again();
    }
    // A try that was under way as the line came back has failed, and the next may be far.
    if (!isUp && line && navigator.onLine && Date.now() - asked > PATIENT) again();
  }, 5_000);
})();
