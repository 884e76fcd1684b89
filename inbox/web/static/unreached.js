/* What was pressed and did not get through: said where it was pressed, and done once there is a
   line: what only looks by itself, all else with one press. What is sent has its key and what
   was seen before it, so that nothing is done twice, and nothing past what came meanwhile. */
(() => {
  const { $, all } = desk;
  const said = $("#failed");
  if (!said) return;
  const live = $("#live");
  const NO_LINE = [502, 503, 504]; // there is something between, or behind it nothing
  let pressed = null; // what to press again, and why it was not done
  let submitter = null;

  const isComposer = (source) => source.id === "composer";
  /* A machine that has a line cannot know whether the server heard it. */
  function why(source, status) {
    if (!source.matches("form")) return status ? "trouble" : "look";
    if (status || navigator.onLine) return "trouble";
    return isComposer(source) ? "send" : "act";
  }
  function place(source, button) {
    const line = isComposer(source) && $(".send", source);
    said.classList.toggle("near", !line);
    if (line) return line.before(said);
    document.body.append(said);
    const box = (button ?? source).getBoundingClientRect();
    const [width, height] = [said.offsetWidth, said.offsetHeight];
    said.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    said.style.top = `${Math.max(8, Math.min(box.bottom + 4, innerHeight - height - 8))}px`;
  }
  function say(what) {
    for (const one of all("[data-why]", said)) one.hidden = one.dataset.why !== what;
    $("button", said).hidden = what === "look";
    said.hidden = false;
  }
  function fail(source, status = 0, button = submitter) {
    if (!source.matches("form, a")) return; // nobody has pressed it
    pressed = { source, button, why: why(source, status) };
    say(pressed.why);
    place(source, button?.form === source ? button : null);
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

  /* A page that would leave for one that does not come: first it is asked whether there is a line. */
  let asks = false;
  document.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!isComposer(form) || form.hasAttribute("hx-boost") || button?.formTarget || asks === form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asks) return;
    asks = true;
    fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(8_000) })
      .then(({ ok, status }) => (ok ? null : status), () => 0)
      .then((status) => {
        asks = status === null && form;
        if (asks) form.requestSubmit(button);
        else fail(form, status, button);
        asks = false;
      });
  }, true);
})();
