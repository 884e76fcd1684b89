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
  const seen = new WeakSet();
  document.addEventListener("htmx:after:swap", () => {
    const news = all("#timeline > .message.is-new:not(.kind-note)").filter((one) => !seen.has(one));
    news.forEach((one) => seen.add(one));
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

  /* What happened while a page was under way is not in it, and who would have heard of it left with
     the page before: it is asked for once the new one is there. */
  const live = $("#live");
  const newest = new Map(); // by conversation: its last event that was told
  const begun = new WeakMap(); // by request: how many were told before it
  let told = 0;
  let ears = [$("#conversation-news"), $("#list-news")];
  live?.addEventListener("changed", ({ detail }) => {
    if (!detail?.data) return;
    const { event, conversation, customer } = JSON.parse(detail.data);
    told += 1;
    newest.set(String(conversation), event);
    // What the customer is told of elsewhere stands beside this one, too.
    const isTheirs = customer && String(customer) === $("#customer")?.dataset.customer;
    if (isTheirs && String(conversation) !== desk.shown()) htmx.trigger(live, `conversation-${desk.shown()}`);
  });
  document.addEventListener("htmx:before:request", ({ detail }) => detail.ctx && begun.set(detail.ctx, told));
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    const [conversation, list] = ears;
    ears = [$("#conversation-news"), $("#list-news")];
    const isLate = (newest.get(desk.shown()) ?? 0) > Number($("#facts")?.dataset.lastEvent);
    if (conversation !== ears[0] && isLate) {
      newest.delete(desk.shown()); // asked for once: not all that is told of it stands in it
      htmx.trigger(live, `conversation-${desk.shown()}`);
    }
    if (list !== ears[1] && (begun.get(detail.ctx) ?? told) < told) htmx.trigger(live, "changed");
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
