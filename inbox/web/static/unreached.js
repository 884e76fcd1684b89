/* What was pressed and did not get through: said where it was pressed, and done once there is a
   line: what only looks by itself, all else with one press. What is sent has its key and what
   was seen before it, so that nothing is done twice, and nothing past what came meanwhile. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const said = $("#failed");
  if (!said) return;
  const live = $("#live");
  const NO_LINE = [502, 503, 504]; // there is something between, or behind it nothing
  const FRESH = 2_000; // between a button that goes down and the form that goes
  const PATIENCE = 8_000;
  const AGAIN = 3_000;
  let pressed = null; // what to press again, and why it was not done
  let submitter = null;

  const isComposer = (source) => source.id === "composer";
  const isFilled = (form) => [...form.elements].some((one) => !["hidden", "submit", "button", "fieldset"].includes(one.type));
  /* A machine that has a line cannot know whether the server heard it; of what never went it is known. */
  function why({ source, button, status, isHeld }) {
    if (!source.matches("form")) return status ? "trouble" : "look";
    if (!isHeld && (status || navigator.onLine)) return "trouble";
    if (isComposer(source) && !button?.formTarget) return "send";
    return isHeld && isFilled(source) ? "kept" : "act";
  }
  function place(source, button) {
    const line = isComposer(source) && $(".send", source);
    said.classList.toggle("near", !line);
    if (line) return line.before(said);
    (source.closest("dialog, [popover]") ?? document.body).append(said); // what is on top covers all else
    const box = (button ?? source).getBoundingClientRect();
    const [width, height] = [said.offsetWidth, said.offsetHeight];
    said.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    said.style.top = `${Math.max(8, Math.min(box.bottom + 4, innerHeight - height - 8))}px`;
  }
  function say(what) {
    for (const one of said.querySelectorAll("[data-why]")) one.hidden = one.dataset.why !== what;
    $("button", said).hidden = what === "look";
    said.hidden = false;
  }
  function fail(source, status = 0, button = submitter, isHeld = false) {
    if (!source.matches("form, a")) return; // nobody has pressed it
    pressed = { source, button };
    pressed.why = why({ source, button, status, isHeld });
    say(pressed.why);
    place(source, button?.form === source ? button : null);
    if (!live) setTimeout(look, AGAIN, pressed);
  }
  function hide() {
    said.hidden = true;
    pressed = null;
  }
  function again() {
    const { source, button } = pressed ?? {};
    hide();
    if (!source?.isConnected) return;
    if (source.matches("form")) source.requestSubmit(button?.form === source ? button : null);
    else source.click();
  }
  function found() {
    if (!pressed) return;
    if (pressed.why === "look") again();
    else say("back");
  }
  /* Where nothing else says that there is a line again. */
  async function look(of) {
    if (pressed !== of) return;
    if ((await ask()) === null) found();
    else setTimeout(look, AGAIN, of);
  }

  $("button", said).addEventListener("click", again);
  document.addEventListener("submit", (event) => (submitter = event.submitter), true);
  document.addEventListener("htmx:error", ({ detail, target }) => fail(detail.ctx?.sourceElement ?? target));
  document.addEventListener("htmx:before:swap", (event) => {
    const { sourceElement, response } = event.detail.ctx;
    if (NO_LINE.includes(response?.status)) {
      event.preventDefault(); // what is there stays, with all that was written
      fail(sourceElement, response.status);
    } else if (sourceElement === pressed?.source) hide();
  });
  live?.addEventListener("line-found", found);
  if (!live) addEventListener("online", found);

  /* ---- a page that would leave for one that does not come ----
     It is asked whether there is a line as the button goes down, and known as it comes up. */
  let asked = null;
  let wasDown = false;
  function ask() {
    if (asked && Date.now() - asked.at < FRESH) return asked.answer;
    const settle = (status) => {
      wasDown = status === 0 || NO_LINE.includes(status);
      if (wasDown) asked = null; // it may be there the next moment
      return wasDown ? status : null;
    };
    const answer = fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    asked = { at: Date.now(), answer: answer.then(({ status }) => settle(status), () => settle(0)) };
    return asked.answer;
  }
  /* Those that a script sends by itself hear from it what came of it. */
  const BY_SCRIPT = "[data-in-place], #ask-sound, [method=dialog]";
  const isSwapped = (form) => window.htmx && form.matches("[hx-boost], [hx-post]");
  const isOurs = (form, button) => !form.matches(BY_SCRIPT) && (button?.formTarget || !isSwapped(form));
  let waits = null;
  let passes = null;
  let left = null; // the form with which the page is leaving
  function go(source, button) {
    if (!source.isConnected) return;
    if (pressed?.source === source) hide();
    passes = source;
    if (button === undefined) source.click();
    else source.requestSubmit(button);
    passes = null;
  }
  /* Asked once, however often it is pressed: it goes once. */
  async function goIfThere(source, button) {
    if (waits) return;
    waits = source;
    document.body.ariaBusy = "true";
    const down = await ask();
    await new Promise((resolve) => setTimeout(resolve)); // within its own event a form does not go
    waits = document.body.ariaBusy = null;
    if (down === null) go(source, button);
    else fail(source, source.matches("form") ? down : 0, button ?? null, true);
  }
  function hold(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!isOurs(form, button)) return;
    if (passes === form) {
      left = form.target || button?.formTarget ? null : { form, at: Date.now() };
      return;
    }
    hold(event);
    if (left?.form === form && Date.now() - left.at < FRESH) return; // the page that comes is its answer
    goIfThere(form, button);
  }, true);

  /* A link waits for nothing, unless it looks as if there were no line. */
  const isOne = (link) => link && link.origin === location.origin && !link.target && !link.hash && !("htmxPowered" in link.dataset);
  const looksDown = () => wasDown || pressed || !navigator.onLine || $("#offline")?.hidden === false;
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!isOne(link) || passes === link || !looksDown()) return;
    hold(event);
    goIfThere(link);
  });
  document.addEventListener("pointerdown", ({ target, button }) => {
    const link = target.closest?.("a[href]");
    const pressing = target.closest?.("button");
    if (!button && (isOne(link) || (pressing?.form && isOurs(pressing.form, pressing)))) ask();
  }, { passive: true });
})();
