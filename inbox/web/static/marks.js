/* Marking in the list: ranges with shift, all of a page, how many, and kept when rows come anew. */
(() => {
  "use strict";
  const boxes = () => [...document.querySelectorAll("#rows .mark")];
  const marked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  let last = null; // from where shift marks

  function show() {
    for (const box of boxes()) if (box.checked !== marked.has(box.value)) box.checked = marked.has(box.value);
    const count = document.querySelector("#marked-count");
    if (!count) return;
    const all = boxes();
    const number = all.filter((box) => box.checked).length;
    const whole = document.querySelector("#whole");
    if (whole) whole.hidden = !number || number < all.length;
    count.hidden = !number;
    const [before, after] = count.dataset.said.split("#").map((words) => Object.assign(document.createElement("span"), { textContent: words }));
    count.replaceChildren(before, number, after);
  }

  function mark(box, on) {
    if (on) marked.add(box.value);
    else marked.delete(box.value);
  }

  desk.markAll = () => {
    const all = boxes();
    const on = !all.every((box) => box.checked);
    all.forEach((box) => mark(box, on));
    show();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".mark-all")) {
      event.preventDefault();
      desk.markAll();
      return;
    }
    const box = event.target.closest("#rows .mark");
    if (!box) return;
    const all = boxes();
    const from = event.shiftKey && last ? all.findIndex((one) => one.value === last) : -1;
    const to = all.indexOf(box);
    const range = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
    range.forEach((one) => mark(one, box.checked));
    last = box.value;
    show();
  });

  document.addEventListener("htmx:after:swap", show);
  show();
})();
