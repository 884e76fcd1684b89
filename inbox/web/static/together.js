/* Who else is at a conversation, and that one is there oneself. */
(() => {
  const { $, all, shown } = desk;
  const live = $("#live");
  if (!live) return;
  const AGAIN = 20_000; // the server forgets who says nothing for longer
  const WRITES = 30_000; // since the last key
  const AWAY = 300_000; // since anything was touched
  const page = crypto.getRandomValues(new Uint32Array(3)).join("-");
  const there = new Map();

  /* ---- what others do ---- */
  function words(who) {
    const first = who.name.split(/\s/)[0];
    return live.dataset[who.doing].replace("{name}", first.length > 14 ? `${first.slice(0, 13)}…` : first);
  }
  function sign(text, title) {
    const span = document.createElement("span");
    span.className = "together";
    span.textContent = text;
    span.title = title;
    return span;
  }
  function chip(who) {
    const chip = document.createElement("span");
    chip.className = "holder";
    chip.ariaHidden = "true";
    chip.textContent = desk.initials(who.name);
    return chip;
  }
  function showRows() {
    for (const old of all(".row .together")) old.remove();
    for (const row of desk.rows()) {
      const people = there.get(Number(row.dataset.conversation));
      if (!people) continue;
      const more = people.length > 1 ? ` +${people.length - 1}` : "";
      $(".bottom", row)?.append(sign(words(people[0]) + more, people.map(words).join(", ")));
    }
  }
  function showHead() {
    const head = $("#together");
    const people = there.get(Number(shown())) ?? [];
    const said = people.map((who) => who.name + who.doing).join();
    if (!head || head.dataset.said === said) return; // said once, not at every swap
    head.dataset.said = said;
    head.replaceChildren(...people.slice(0, 3).map((who) => {
      const one = sign(words(who), who.name);
      one.prepend(chip(who), " ");
      return one;
    }));
    if (people.length > 3) head.append(sign(`+${people.length - 3}`, people.slice(3).map(words).join(", ")));
  }
  function show() {
    showRows();
    showHead();
  }
  live.addEventListener("together", ({ detail }) => {
    for (const { conversation, people } of JSON.parse(detail.data)) {
      if (people.length) there.set(conversation, people);
      else there.delete(conversation);
    }
    show();
  });
  live.addEventListener("line-lost", () => {
    there.clear(); // nobody knows; who is there is told again with the new line
    said = null;
    show();
  });
  document.addEventListener("htmx:after:swap", show);

  /* ---- what one does oneself ---- */
  let touched = Date.now();
  let typed = 0;
  let said = null;
  let refused = null;
  function doing() {
    if (!shown() || document.hidden || Date.now() - touched > AWAY) return "left";
    return Date.now() - typed < WRITES && $("#text")?.value ? "writing" : "looking";
  }
  function say() {
    const now = doing();
    const at = now === "left" ? said?.conversation : shown();
    if (!at || at === refused) return;
    const isSame = said && said.conversation === at && said.doing === now;
    if (isSame && (now === "left" || Date.now() - said.when < AGAIN)) return;
    if (!said && now === "left") return;
    said = { conversation: at, doing: now, when: Date.now() };
    fetch(`/conversations/${at}/presence`, {
      method: "POST",
      body: new URLSearchParams({ page, doing: now }),
      keepalive: true, // it is also said by a page that closes
    }).then(
      ({ status }) => (refused = [401, 404].includes(status) ? at : null),
      () => (said = null), // there is no line; it is said again
    );
  }
  document.addEventListener("input", ({ target }) => {
    if (target.id !== "text") return;
    typed = touched = Date.now();
    say();
  });
  for (const name of ["keydown", "pointerdown", "wheel"]) {
    addEventListener(name, () => (touched = Date.now()), { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    touched = Date.now();
    say();
  });
  addEventListener("pagehide", () => {
    touched = 0;
    say();
  });
  addEventListener("pageshow", () => (touched = Date.now()));
  document.addEventListener("htmx:after:swap", () => {
    if (said?.conversation !== shown()) typed = 0;
    say();
  });
  setInterval(say, 5_000);
  say();
})();
