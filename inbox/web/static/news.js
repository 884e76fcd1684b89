/* What comes while somebody writes. */
(() => {
  const { $, all } = desk;
  const SEEN_AFTER = 1_000;
  const SHOWN = 3;

  /* Who wrote and how it begins, right above the words that are being written. */
  function tell(news) {
    const line = $("#news-line");
    line.hidden = false;
    const list = $("#new-ones") ?? document.createElement("ul");
    list.id = "new-ones";
    list.className = "new-ones";
    for (const message of news) {
      const link = document.createElement("a");
      link.href = `#${message.id}`;
      for (const [name, text] of [["who", $(".who", message)], ["what", $(".snippet", message)]]) {
        const part = document.createElement("bdi");
        part.className = name;
        part.textContent = text?.textContent ?? "";
        link.append(part);
      }
      list.append(document.createElement("li"));
      list.lastChild.append(link);
    }
    while (list.children.length > SHOWN) list.firstChild.remove();
    line.after(list);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#new-ones a");
    if (!link) return;
    event.preventDefault();
    const message = $(link.hash);
    $("details", message).open = true;
    message.scrollIntoView({ block: "nearest" });
    $("#text").focus({ preventScroll: true });
  });

  /* Somebody wrote while an answer is being typed: say so, and after a moment in which it can be
     seen say it on the button too. Until then the answer is refused: whoever pressed already did
     not mean to answer that. What came before anything was typed has been seen. */
  const told = new WeakSet();
  document.addEventListener("htmx:after:swap", () => {
    const news = all("#timeline > .message.is-new:not(.kind-note)").filter((one) => !told.has(one));
    news.forEach((one) => told.add(one));
    const form = $("#composer");
    if (!form || $(".stale")) return;
    const last = $("#facts").dataset.lastEvent;
    if (!$("#text").value) form.elements.expected.value = last;
    else if (news.length) {
      tell(news);
      setTimeout(() => {
        form.elements.expected.value = last;
        $(".send-reply span", form).textContent = $("#text", form).dataset.send;
      }, SEEN_AFTER);
    }
  });

  /* Two pieces of news may overlap: nothing stands in a conversation twice. */
  document.addEventListener("htmx:after:swap", () => {
    const seen = new Set();
    for (const entry of all("#timeline > [id]")) {
      if (seen.has(entry.id)) entry.remove();
      seen.add(entry.id);
    }
  });
})();
