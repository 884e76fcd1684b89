/* What comes while somebody writes. */
(() => {
  const { $, all } = desk;

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
      $("#news-line").hidden = false;
      setTimeout(() => {
        form.elements.expected.value = last;
        $(".send-reply span", form).textContent = $("#text", form).dataset.send;
      }, 1000);
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
