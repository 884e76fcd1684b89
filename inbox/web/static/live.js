/* The line to the server: whether there is one, what was missed while there was none, and that one
   is enough for all tabs of a browser. */
(() => {
  const { $, shown } = desk;
  const live = $("#live");
  if (!live) return;
  const DEAD = 45_000; // the server says something every twenty seconds
  const PATIENT = 15_000;
  const ANSWERED = 500;
  const SILENT = 150_000; // hidden tabs may do something once a minute
  let line = null;
  let from = live.getAttribute("hx-sse:connect"); // of what happens, this tab has heard up to here
  let heard = Date.now();
  let isUp = true;
  let asked = 0;
  let tries = 0;

  const { rights } = live.dataset; // what was drawn for them
  function say(what) {
    $("#signed-out a").href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}${location.hash}`;
    for (const one of ["offline", "signed-out"]) $(`#${one}`).hidden = one !== what;
    if (what) live.dispatchEvent(new Event("line-lost"));
  }
  function lost(why = "offline") {
    isUp = false;
    say(why);
  }
  function connect() {
    isAsking = isQuiet = false;
    htmx.ajax("GET", `${from}&rights=${rights}`, { source: live });
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
    if (isBare) return location.reload(); // signed in by another tab: drafts are kept by this one
    say(null);
    live.dispatchEvent(new Event("line-found"));
    anew();
  }
  /* Whatever was missed, however much: list and conversation are asked for as they are now. */
  function anew() {
    htmx.trigger(live, "changed");
    if (shown()) htmx.trigger(live, `conversation-${shown()}`);
  }

  /* ---- what one may see no more ----
     The page is asked for anew. Whoever has typed something keeps that, and only that. */
  const isTyped = (field) => field.value !== field.defaultValue;
  const typed = () => desk.all("textarea, input:is([type=text], :not([type]))").filter(isTyped);
  live.addEventListener("rights", () => (typed().length ? anew() : location.reload()));

  let isBare = false;
  function signedOut() {
    if (isBare) return;
    const words = typed();
    if (!words.length) return location.reload(); // by way of signing in
    const kept = [live, $("#signed-out"), $("#offline"), $("#failed"), ...words.map((one) => one.form ?? one)];
    const isKept = (one) => kept.some((other) => other?.contains(one) || one.contains(other));
    for (const one of desk.all("body *").filter((one) => !isKept(one))) {
      if (one.matches("details, template")) one.remove();
      one.replaceChildren(); // the panes stay where they are
      for (const name of ["title", "aria-label"]) one.removeAttribute(name);
    }
    for (const one of desk.all("form :is(.new-ones, .news-line, .stale)")) one.remove();
    isBare = true;
    document.title = $("#signed-out").textContent.trim();
    lost("signed-out");
  }

  /* ---- one line for all tabs ----
     Over HTTP/1.1 a browser has six of them, and the seventh tab would wait for ever. A tab that
     nobody looks at leaves its line, and is told by one that has a line what it hears. */
  const tabs = new BroadcastChannel(`live-${live.dataset.person}`);
  const born = Date.now() + Math.random();
  let isAsking = false;
  let isLeaving = false;
  let isQuiet = false;
  let told = 0; // when another tab last said that it has a line

  function speak(news) {
    if (line?.reader && !isLeaving) tabs.postMessage({ isSeen: !document.hidden, born, from, news });
  }
  tabs.addEventListener("message", ({ data }) => {
    if (data.asks) return speak();
    if (data.isEnded) return signedOut();
    if (data.leaves) return (told -= SILENT);
    told = Date.now();
    if (isQuiet) hear(data);
    else if (isAsking || (line?.reader && document.hidden && (data.isSeen || data.born < born))) listen(data);
  });
  function listen(other) {
    isAsking = false;
    isQuiet = true;
    line?.reader.cancel();
    if (other.from !== from) anew(); // it may have told of that before we listened
    from = other.from;
  }
  function ended() {
    tabs.postMessage({ isEnded: true });
    signedOut();
  }
  function hear({ from: until, news }) {
    from = until;
    if (news) htmx.trigger(live, news.event, news);
  }
  addEventListener("pagehide", () => {
    isLeaving = true;
    if (line?.reader) tabs.postMessage({ leaves: true });
  });
  addEventListener("pageshow", () => (isLeaving = false));

  document.addEventListener("htmx:sse:before:connection", ({ detail }) => {
    line = isQuiet ? null : detail.connection;
    if (line) return;
    detail.connection.cancelled = true;
    isUp = false; // what is missed from here on is asked for with the next line
  });
  document.addEventListener("htmx:sse:after:connection", found);
  document.addEventListener("htmx:sse:after:message", ({ detail: { message } }) => {
    heard = Date.now();
    if (message.id) from = `/live?after=${message.id}`;
    speak({ event: message.event, data: message.data, id: message.id });
  });
  document.addEventListener("htmx:sse:error", ({ detail }) => (detail.status === 401 ? ended() : lost()));
  /* It never began: what begins it again is ours, as what goes on with it is not there yet. */
  live.addEventListener("htmx:error", () => {
    if (line) return;
    lost();
    setTimeout(connect, Math.min(15_000, 1000 * 2 ** tries++));
  });
  /* Of ten that are opened in the background none begins a line of its own. */
  document.addEventListener("DOMContentLoaded", () => {
    if (!document.hidden) return connect();
    isAsking = true;
    tabs.postMessage({ asks: true });
    setTimeout(() => isAsking && connect(), ANSWERED);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    if (isAsking || isQuiet) connect();
    else speak();
  });
  addEventListener("offline", () => lost());
  addEventListener("online", again);
  setInterval(() => {
    speak();
    if (isQuiet && (!document.hidden || Date.now() - told > SILENT)) connect();
    // A machine that slept, a wire that was pulled: nobody says so, but nothing comes any more.
    if (isUp && line && Date.now() - heard > DEAD) {
      lost();
      again();
    }
    // A try that was under way as the line came back has failed, and the next may be far.
    if (!isUp && line && navigator.onLine && Date.now() - asked > PATIENT) again();
  }, 5_000);
})();
