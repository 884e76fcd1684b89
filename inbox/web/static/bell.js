/* That a customer wrote: heard, seen in the tab, shown on the desktop, each for who wants it. */
(() => {
  const { $ } = desk;
  const live = $("#live");
  const TOGETHER = 3_000; // what comes together sounds once, in however many tabs
  const ANSWERED = 500; // within that other tabs have said whether they are looked at
  let context = null;

  function isFirst() {
    const since = Date.now() - Number(localStorage.getItem("rang"));
    if (Math.abs(since) < TOGETHER) return false;
    localStorage.setItem("rang", Date.now());
    return true;
  }
  /* Browsers let it be heard once something was pressed; before that it is not tried. Tabs are
     processes: they ask one after the other where there are locks (over HTTPS). */
  async function ring() {
    if (!navigator.userActivation?.hasBeenActive) return;
    if (!(await (navigator.locks?.request("ring", isFirst) ?? isFirst()))) return;
    context ??= new AudioContext();
    context.resume();
    [660, 880].forEach((pitch, number) => {
      const tone = new OscillatorNode(context, { frequency: pitch });
      const volume = new GainNode(context, { gain: 0 });
      const at = context.currentTime + number * 0.14;
      volume.gain.setTargetAtTime(0.08, at, 0.01);
      volume.gain.setTargetAtTime(0, at + 0.08, 0.06);
      tone.connect(volume).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.5);
    });
  }

  /* A dot in the tab until somebody looks. */
  const icon = $('link[rel="icon"]');
  const quiet = icon?.href;
  function mark(isNew) {
    desk.isUnseen = isNew;
    if (icon?.dataset.new) icon.href = isNew ? icon.dataset.new : quiet;
    desk.markCurrent();
  }
  document.addEventListener("visibilitychange", () => document.hidden || mark(false));

  /* Who looks at any of their tabs sees it there: those say so when they are asked. */
  const eyes = live && new BroadcastChannel(`bell-${live.dataset.person}`);
  let seen = 0; // when another tab last said that it is looked at
  eyes?.addEventListener("message", ({ data }) => {
    if (data === "seen") seen = Date.now();
    else if (!document.hidden) eyes.postMessage("seen");
  });
  async function isLookedAt() {
    const since = Date.now();
    eyes.postMessage("who looks");
    await new Promise((resolve) => setTimeout(resolve, ANSWERED));
    return !document.hidden || seen >= since;
  }

  /* Who wrote and the subject, and nothing else of it; one for a conversation, in however many tabs.
     Who has switched it off since this page was drawn gets no answer, and asks no more. */
  async function notify(conversation) {
    if (!("desktop" in live.dataset) || !("Notification" in window) || Notification.permission !== "granted") return;
    if (await isLookedAt()) return;
    const answer = await fetch(`/conversations/${conversation}/brief`).catch(() => null);
    if (answer?.status === 204) delete live.dataset.desktop;
    if (answer?.status !== 200) return;
    const { who, subject, url } = await answer.json();
    let shown;
    try {
      shown = new Notification(who, { body: subject, tag: `conversation-${conversation}`, icon: quiet });
    } catch {
      return; // phones show those of workers alone
    }
    shown.onclick = () => {
      window.focus();
      shown.close();
      const row = $(`.conversation-row[data-conversation="${conversation}"]`);
      if (row) row.click();
      else desk.go(url);
    };
  }

  const heard = new Set();
  live?.addEventListener("changed", ({ detail }) => {
    if (!detail?.data) return;
    const news = JSON.parse(detail.data);
    if (heard.has(news.event)) return;
    heard.add(news.event); // what happens just as a page begins to listen is told twice
    if (!["conversation.opened", "message.received"].includes(news.name) || news.by !== null) return;
    if (document.hidden) mark(true);
    if (!news.fresh) return; // missed while the machine slept: it is seen, not heard
    if (live.dataset.sound === "on") ring();
    if (live.dataset.sound === "ask") $("#ask-sound").hidden = false;
    if (document.hidden) notify(news.conversation);
  });

  $("#ask-sound")?.addEventListener("submit", (event) => {
    event.preventDefault();
    live.dataset.sound = event.submitter.value;
    event.target.hidden = true;
    if (live.dataset.sound === "on") ring(); // so that they know what they said yes to
    $("#conversation").focus({ preventScroll: true });
    fetch(event.target.action, { method: "POST", body: new URLSearchParams(new FormData(event.target, event.submitter)) }).catch(() => null); // asked again then
  });
})();
