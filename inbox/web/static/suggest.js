/* Suggestions while one writes: texts by `/` or a button, people by `@`, customers in a field.
   A listbox beside the field, which keeps the focus. */
"use strict";

const suggest = (() => {
  const MARKS = [
    { kind: "template", sign: /(?:^|\n)(\/([^\n/]{0,60}))$/ },
    { kind: "person", sign: /(?:^|[\s(])(@([^\s@][^\n@]{0,40})?)$/, only: (form) => form.elements.kind?.value === "note" },
  ];
  const box = Object.assign(document.createElement("div"), { id: "suggest", className: "suggest", popover: "manual" });
  const search = Object.assign(document.createElement("input"), { type: "search", hidden: true, autocomplete: "off" });
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", role: "listbox" });
  box.append(search, list);
  search.setAttribute("role", "combobox");

  let now = null; // what is suggested for: field, kind, where its sign begins and ends
  let timer, asking;

  const tools = (field) => field.form?.querySelector(".write-tools");
  const texts = (form, kind) => {
    const mailbox = form.elements.mailbox;
    return `${form.querySelector(".write-tools").dataset.url}/texts?kind=${kind}${mailbox ? `&mailbox=${mailbox.value}` : ""}`;
  };
  const typedIn = () => (search.hidden ? now.field : search);
  const options = () => [...list.children];
  const active = () => options().find((one) => one.ariaSelected === "true");

  function mark(option) {
    options().forEach((one) => (one.ariaSelected = one === option));
    if (option) typedIn().setAttribute("aria-activedescendant", option.id);
    else typedIn().removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  /* Where the caret is on the page: the same words in the same shape, out of sight. */
  function place(field) {
    const edge = field.getBoundingClientRect();
    if (field.tagName === "INPUT") return { left: edge.left, top: edge.top, bottom: edge.bottom };
    const style = getComputedStyle(field);
    const mirror = document.createElement("div");
    for (const name of ["font", "padding", "border", "lineHeight", "letterSpacing", "direction"]) mirror.style[name] = style[name];
    Object.assign(mirror.style, { position: "fixed", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", boxSizing: "border-box", width: `${edge.width}px`, top: 0, left: 0 });
    mirror.textContent = field.value.slice(0, now.from);
    const caret = mirror.appendChild(document.createElement("span"));
    caret.textContent = "\u200b";
    document.body.append(mirror);
    const at = caret.getBoundingClientRect();
    mirror.remove();
    const top = Math.min(Math.max(edge.top + at.top - field.scrollTop, edge.top), edge.bottom - at.height);
    return { left: edge.left + at.left, top, bottom: top + at.height };
  }

  function show(html, none) {
    list.innerHTML = html;
    if (!list.children.length) {
      // A sign alone asks for all there are; with letters after it, it may be a word as well.
      const isAll = search.hidden && now.kind === "template" && now.to === now.from + 1;
      if (search.hidden && !isAll) return close();
      if (isAll) none = tools(now.field).dataset.empty;
      list.append(Object.assign(document.createElement("li"), { className: "none", textContent: none }));
    }
    const home = now.field.closest("main") ?? document.body;
    if (box.parentElement !== home) home.append(box);
    if (!box.matches(":popover-open")) box.showPopover();
    const at = place(now.field);
    const below = at.bottom + box.offsetHeight + 8 < innerHeight;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - box.offsetHeight - 4)}px`;
    typedIn().setAttribute("aria-controls", list.id);
    typedIn().setAttribute("aria-autocomplete", "list");
    if (typedIn().role === "combobox") typedIn().ariaExpanded = "true";
    mark(options().find((one) => one.role === "option"));
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    if (!now) return;
    typedIn().removeAttribute("aria-activedescendant");
    if (typedIn().role === "combobox") typedIn().ariaExpanded = "false";
    if (box.matches(":popover-open")) box.hidePopover();
    now = null;
  }

  function ask(said, wait = 120) {
    clearTimeout(timer);
    asking?.abort();
    timer = setTimeout(async () => {
      asking = new AbortController();
      const { url, field } = now;
      const about = url.includes("?") ? "&" : "?";
      try {
        const answer = await fetch(`${url}${about}q=${encodeURIComponent(said)}`, { signal: asking.signal });
        if (answer.redirected) close(); // signed out: that page is no list
        else if (answer.ok && now) show(await answer.text(), tools(field)?.dataset.none ?? "");
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }, wait);
  }

  /* Words put in as if they were typed: the browser's own undo takes them out again. */
  function put(field, text, from = field.selectionStart, to = field.selectionEnd) {
    field.focus();
    field.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  async function choose(option) {
    const { field, from, to, url } = now;
    const { id, insert } = option.dataset;
    close();
    if (insert) return put(field, insert, from, to);
    const { markdown, mailbox, to: whom, subject } = field.form.elements;
    const about = new URLSearchParams({ markdown: markdown?.checked ? "1" : "0" });
    if (mailbox) Object.entries({ mailbox, to: whom, subject }).forEach(([name, one]) => about.set(name, one.value));
    const answer = await fetch(`${url.split("?")[0]}/${id}?${about}`).catch(() => null);
    if (!answer) {
      document.querySelector("#failed")?.removeAttribute("hidden");
      return field.focus();
    }
    const found = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
    say(field.form, found.text === undefined ? (found.fault ?? `${answer.status}`) : "");
    if (found.text === undefined) return field.focus();
    put(field, found.text, from, to);
    if (found.files) tools(field).before(document.createRange().createContextualFragment(found.files));
    tools(field).append(Object.assign(document.createElement("input"), { type: "hidden", name: "used", value: id }));
  }

  function say(form, text) {
    const status = form.querySelector(".write-status");
    status.textContent = text;
    status.hidden = !text;
  }

  function begin(field, kind, url, from, to, said) {
    if (now && now.kind !== kind) close();
    search.hidden = true;
    const button = field.form.querySelector(`[data-suggest=${kind}] .label`);
    list.ariaLabel = button?.textContent ?? (kind === "person" ? tools(field).dataset.people : field.labels[0].textContent);
    now = { field, kind, url, from, to };
    ask(said);
  }

  document.addEventListener("input", ({ target, inputType }) => {
    if (target === search) return ask(search.value);
    const help = target.form && tools(target);
    if (target.dataset?.customers !== undefined) {
      const until = target.value.slice(0, target.selectionStart);
      const from = Math.max(until.lastIndexOf(","), until.lastIndexOf(";")) + 1;
      const said = until.slice(from).trim();
      if (said.length < 2 || inputType === "insertReplacementText") return close();
      return begin(target, "customer", target.dataset.customers, from + (from ? 1 : 0), target.selectionStart, said);
    }
    if (target.tagName !== "TEXTAREA" || !help) return;
    const until = target.value.slice(0, target.selectionStart);
    for (const { kind, sign, only } of MARKS) {
      const found = sign.exec(until);
      if (!found || (only && !only(target.form)) || (kind === "person" && help.dataset.people === undefined)) continue;
      const url = kind === "person" ? `${help.dataset.url}/people` : texts(target.form, kind);
      return begin(target, kind, url, until.length - found[1].length, until.length, found[2] ?? "");
    }
    close();
  });

  /* A button opens the same list, with a field to search in. */
  document.addEventListener("click", ({ target }) => {
    const option = target.closest?.("#suggestions [role=option]");
    if (option) return choose(option);
    const button = target.closest?.("[data-suggest]");
    if (!button) return box.contains(target) || close();
    close();
    const field = button.form.elements.text;
    const kind = button.dataset.suggest;
    now = { field, kind, url: texts(field.form, kind), from: field.selectionStart, to: field.selectionEnd };
    search.hidden = false;
    search.value = "";
    search.ariaLabel = list.ariaLabel = search.placeholder = button.querySelector(".label").textContent;
    show("", "");
    search.focus();
    ask("", 0);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());

  document.addEventListener(
    "keydown",
    (event) => {
      if (!now || !box.matches(":popover-open") || event.target !== typedIn()) return;
      const all = options().filter((one) => one.role === "option");
      const at = all.indexOf(active());
      const { field } = now;
      const acts = {
        ArrowDown: () => mark(all[(at + 1) % all.length]),
        ArrowUp: () => mark(all[(at + all.length - 1) % all.length]),
        Enter: () => choose(all[at]),
        Tab: () => choose(all[at]),
        Escape: () => (close(), field.focus()),
      };
      const act = acts[event.key];
      if (!act || desk.isComposing(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== "Escape" && at < 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    true,
  );
  document.addEventListener("focusout", ({ relatedTarget }) => {
    if (now && relatedTarget && !box.contains(relatedTarget) && relatedTarget !== now.field) close();
  });

  return { put, say };
})();
