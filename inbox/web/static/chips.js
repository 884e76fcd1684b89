/* Addresses in a field as chips, each with a button that takes it out; the field keeps the list. */
(() => {
  const { all } = desk;
  const split = (list) => list.match(/(?:"(?:[^"\\]|\\.)*"|[^,;"])+/g)?.map((one) => one.trim()).filter(Boolean) ?? [];
  const named = (one) => one.replace(/\s*<.*>$/, "").replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1") || one;

  function dress(field) {
    const list = document.createElement("span");
    const entry = document.createElement("input");
    list.className = "chips";
    entry.type = "text";
    entry.autocomplete = "off";
    entry.id = `${field.id}-more`;
    entry.dataset.of = field.id;
    field.labels.forEach((label) => (label.htmlFor = entry.id));
    field.hidden = true;
    field.dataset.dressed = "";
    field.after(list);
    list.append(entry);

    const tell = () => field.dispatchEvent(new Event("input", { bubbles: true }));
    function chip(one) {
      const made = document.createElement("span");
      const name = document.createElement("bdi");
      const out = document.createElement("button");
      made.className = "chip";
      made.title = one;
      name.textContent = named(one);
      out.type = "button";
      out.textContent = "×";
      out.ariaLabel = field.dataset.remove.replace("{name}", () => named(one));
      out.addEventListener("click", () => {
        made.remove();
        field.value = all(".chip", list).map((other) => other.title).join(", ");
        tell();
        entry.focus();
      });
      made.append(name, out);
      entry.before(made);
    }
    function take() {
      const found = split(entry.value);
      entry.value = "";
      found.forEach(chip);
      if (found.length) field.value = all(".chip", list).map((one) => one.title).join(", ");
      return found.length > 0;
    }
    split(field.value).forEach(chip);
    entry.addEventListener("keydown", (event) => {
      const isDone = ["Enter", ",", ";"].includes(event.key) && !desk.isComposing(event);
      if (isDone && (entry.value.match(/"/g)?.length ?? 0) % 2 === 0) {
        event.preventDefault();
        if (take()) tell();
      } else if (event.key === "Backspace" && !entry.value) all(".chip button", list).at(-1)?.click();
    });
    entry.addEventListener("input", (event) => {
      event.stopPropagation(); // it is saved once it is whole
      if (/[,;\n]\s*$/.test(entry.value) && take()) tell();
    });
    entry.addEventListener("change", () => take() && tell());
    field.form?.addEventListener("submit", take, true);
  }

  desk.dress = () => all("[data-chips]:not([data-dressed])").forEach(dress);
  document.addEventListener("htmx:after:swap", desk.dress);
  desk.dress();
})();
