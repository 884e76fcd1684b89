/* The palette: type what you want to do or where to go. Everything in it has a control elsewhere. */
(() => {
  const { $, all } = desk;
  const dialog = $("#palette");
  if (!dialog) return;
  const input = $("#palette-input");
  const list = $("#palette-list");
  const state = $("#palette-state");
  const SHOWN = 40;
  let commands = [];
  let scope = "";
  let waits = false; // for what there is: whoever types fast has pressed Enter before it came

  /* ---- what was open lately: numbers alone are kept, and only in this browser ---- */
  const kept = () => (localStorage.getItem("recent") ?? "").split(",").filter(Boolean);
  function remember() {
    const id = desk.shown();
    if (id) localStorage.setItem("recent", [id, ...kept().filter((one) => one !== id)].slice(0, 12).join());
  }

  /* ---- what there is ---- */
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  function entry(option) {
    const words = plain(`${$(".label", option).textContent} ${option.dataset.words ?? ""}`);
    return { option, words, group: option.dataset.group };
  }
  function made(label, group, name, words = "") {
    const option = document.createElement("div");
    option.role = "option";
    option.dataset.group = group;
    option.dataset.words = words;
    const span = document.createElement("bdi");
    span.className = "label";
    span.textContent = label;
    option.append($(`[data-icon="${name}"]`, $("#palette-icons").content).firstElementChild.cloneNode(true), " ", span);
    return option;
  }
  function people() {
    return all('#facts form[action*="/assignee"].menu-list button[name="agent"]').map((button) => {
      const name = button.textContent.trim();
      const option = made(button.value ? dialog.dataset.assign.replace("{name}", () => name) : name, dialog.dataset.people, "mine", "assign to");
      option.dataset.press = `#facts form[action*="/assignee"].menu-list button[value="${button.value}"]`;
      return entry(option);
    });
  }
  /* What else the page leads to: workspaces, further folders, whatever stands beside the list. */
  function links() {
    const known = new Set(commands.map(({ option }) => option.dataset.url));
    return all(".rail a[href]:not([data-key]), .list-head > a[href], .pager:not([hidden]) a").filter((one) => !known.has(one.getAttribute("href"))).map((link) => {
      const label = ($(".label", link) ?? link).textContent.trim();
      const group = link.closest("ul")?.previousElementSibling?.textContent.trim() || dialog.dataset.pages;
      const option = made(label, group, "page");
      option.dataset.url = link.getAttribute("href");
      return entry(option);
    });
  }
  /* What is done to all that are marked: its buttons stand above the list, and these below may be many. */
  function acts() {
    if (!$("#marked .mark:checked")) return [];
    const group = $("#marked-count").textContent;
    return all(".marked-actions button").map((button, number) => {
      const option = made(`${group} · ${button.textContent.trim()}`, group, "page");
      option.dataset.press = `.marked-actions button:nth-of-type(${number + 1})`;
      return entry(option);
    });
  }
  let texts = [];
  /* Of a first mail, in whose name and to whom it goes. */
  const about = (...names) => names.map((name) => $(`#composer [name="${name}"]`)).filter(Boolean).map((one) => `&${one.name}=${encodeURIComponent(one.value)}`).join("");
  async function loadTexts() {
    const url = $("#composer .write-tools")?.dataset.url;
    const answer = url && (await fetch(`${url}/texts?kind=template${about("mailbox")}`));
    if (!answer?.ok) return (texts = []);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    texts = all("[data-id]", holder.content).map((one) => {
      const option = made($(".name", one).textContent, dialog.dataset.texts, "page", `template ${$(".about", one)?.textContent ?? ""}`);
      option.dataset.text = `${url}/texts/${one.dataset.id}`;
      option.dataset.used = one.dataset.id;
      return entry(option);
    });
  }
  async function insert({ text: url, used }) {
    const field = $("#text");
    const markdown = $('#composer [name="markdown"]')?.checked ? 1 : 0;
    const answer = await fetch(`${url}?markdown=${markdown}${about("mailbox", "to", "subject")}`).catch(() => null);
    if (!answer?.ok) return ($("#failed").hidden = false);
    const { text } = await answer.json();
    const gap = field.value.trim() ? "\n\n" : "";
    field.setRangeText(gap + text, field.value.trimEnd().length, field.value.length, "end");
    const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "used", value: used });
    field.form.append(mark);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const isThere = ({ option: { dataset } }) => {
    if (dataset.text) return $("#text");
    if (dataset.does) return dataset.does === "keys" || $('#composer [name="kind"]');
    return !dataset.press && !dataset.reach || $(dataset.press ?? dataset.reach);
  };
  async function load() {
    const isThereNothing = dialog.dataset.loaded === undefined;
    list.ariaBusy = isThereNothing;
    state.textContent = isThereNothing ? state.dataset.loading : "";
    try {
      const answer = await fetch(`/palette?recent=${kept().filter((one) => one !== desk.shown()).join()}`);
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status)); // to sign in
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      commands = [...holder.content.children].map(entry);
      dialog.dataset.loaded = "";
      state.textContent = "";
      show();
      go();
      await loadTexts();
    } catch {
      state.textContent = state.dataset.failed;
    }
    list.ariaBusy = "false";
    show();
    go();
  }
  function go() {
    if (waits && dialog.open) run($('[aria-selected="true"]', list));
    waits = false;
  }

  /* ---- what of it is meant: each word begins one, is within one, or has its letters in order ---- */
  function letters(word, text) {
    let at = -1;
    for (const letter of word) if ((at = text.indexOf(letter, at + 1)) < 0) return 0;
    return 1;
  }
  function worth(words, text) {
    let sum = 0;
    for (const word of words) {
      const at = text.indexOf(word);
      const found = at === 0 ? 5 : at > 0 ? (/[\s·@.]/.test(text[at - 1]) ? 4 : 2) : word.length > 1 ? letters(word, text) : 0;
      if (!found) return 0;
      sum += found;
    }
    return sum - text.length / 1000;
  }
  function show() {
    const asked = input.value.trim();
    const words = plain(asked).split(/\s+/).filter(Boolean);
    let found = (scope === "assign" ? people() : [...acts(), ...commands, ...people(), ...texts, ...links()]).filter(isThere);
    if (words.length) {
      for (const one of found) one.worth = worth(words, one.words);
      found = found.filter((one) => one.worth > 0).sort((a, b) => b.worth - a.worth).slice(0, SHOWN);
      if (scope !== "assign") found.push(search(asked));
    } else if (!scope) found = found.filter((one) => ![dialog.dataset.people, dialog.dataset.texts].includes(one.group));
    list.replaceChildren(...(words.length ? found.map((one) => one.option) : grouped(found)));
    if (dialog.dataset.loaded !== undefined) state.textContent = words.length && found.length === 1 && !scope ? state.dataset.none : "";
    all('[role="option"]', list).forEach((option, number) => (option.id = `palette-${number}`));
    choose($('[role="option"]', list));
  }
  function search(asked) {
    const option = made(dialog.dataset.search.replace("{words}", () => asked), "", "search");
    option.dataset.url = `/search?q=${encodeURIComponent(asked)}`;
    return { option };
  }
  function grouped(found) {
    const groups = new Map();
    for (const one of found) {
      if (!groups.has(one.group)) {
        const group = document.createElement("div");
        group.role = "group";
        group.ariaLabel = one.group;
        const head = document.createElement("span");
        head.className = "palette-group";
        head.ariaHidden = "true";
        head.textContent = one.group;
        group.append(head);
        groups.set(one.group, group);
      }
      groups.get(one.group).append(one.option);
    }
    return groups.values();
  }

  /* ---- which one ---- */
  function choose(option) {
    for (const old of all('[aria-selected="true"]', list)) old.ariaSelected = "false";
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const options = all('[role="option"]', list);
    const at = options.findIndex((one) => one.ariaSelected === "true");
    choose(options[(at + by + options.length) % options.length]);
  }
  function run(option) {
    if (!option) return;
    const { url, press, reach, does, text } = option.dataset;
    dialog.close();
    // Not within this click, which closes menus.
    setTimeout(() => {
      if (url) desk.go(url);
      else if (press) desk.press(press);
      else if (reach) desk.reach(reach);
      else if (text) insert(option.dataset);
      else desk.does[does]?.();
    });
  }

  desk.openPalette = (wanted = "") => {
    if (dialog.open) return;
    scope = wanted;
    waits = false;
    input.value = "";
    input.dataset.usual ??= input.placeholder;
    input.placeholder = wanted ? input.dataset.whom : input.dataset.usual;
    dialog.showModal();
    input.focus();
    show();
    load();
  };
  input.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    if (desk.isComposing(event)) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (steps[event.key]) step(steps[event.key]);
    else if (event.key === "Enter" && event.target === input) {
      waits = true;
      if (list.ariaBusy === "false") go();
    } else return;
    event.preventDefault();
  });
  list.addEventListener("click", ({ target }) => run(target.closest('[role="option"]')));
  list.addEventListener("pointermove", ({ target }) => {
    const option = target.closest('[role="option"]');
    if (option && option.ariaSelected !== "true") choose(option);
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
  });
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-palette]")) return;
    $("#rail").hidePopover?.();
    desk.openPalette();
  });
  document.addEventListener("htmx:after:swap", remember);
  document.addEventListener("submit", ({ target }) => {
    if (target.action.includes("/session?")) localStorage.removeItem("recent");
  });
  remember();
})();
