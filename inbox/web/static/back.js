/* The way back: the list is found as it was left, and the line to the server with it. */
(() => {
  const { $ } = desk;
  if (!$("#nothing-open")) return;

  const addressOf = (path) => new URL(path, location.href);
  const isList = ({ pathname }) => pathname === "/conversations";
  const isDesk = (one) => isList(one) || /^\/conversations\/\d+$/.test(one.pathname);
  const nameOf = ({ searchParams: of }) =>
    [of.get("workspace") ?? of.get("in") ?? "open", of.get("workspace") !== null, of.get("mailbox")].join();
  const loaded = addressOf("");
  /* A conversation's address does not say on which page of the list it is. */
  const isHere = (one) =>
    isDesk(one) && nameOf(one) === nameOf(loaded) && (!isList(one) || one.searchParams.get("page") === loaded.searchParams.get("page"));

  const INTO = { target: "#conversation", swap: "outerHTML show:none" };
  async function leave() {
    await htmx.swap({ ...INTO, text: $("#nothing-open").innerHTML, sourceElement: document.body });
    desk.focusPlace();
    document.activeElement.closest(".row")?.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("htmx:before:history:restore", (event) => {
    event.preventDefault();
    const wanted = addressOf("");
    if (!isHere(wanted)) location.reload();
    else if (isList(wanted)) leave();
    else htmx.ajax("GET", wanted.pathname + wanted.search, { ...INTO, headers: { "HX-Target": INTO.target } });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#conversation .back");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || nameOf(addressOf(link.href)) !== nameOf(loaded)) return;
    event.preventDefault();
    history.pushState({ htmx: true }, "", isList(loaded) ? loaded.href : link.href);
    leave();
  });

  /* What was done to a conversation is no step of the way. */
  document.addEventListener("htmx:before:history:update", (event) => {
    if (event.detail.history.path === location.pathname + location.search) event.preventDefault();
  });

  /* From another page back to this one, or loaded anew: where one was. */
  const place = `rows-${loaded.search}`;
  addEventListener("pagehide", () => sessionStorage.setItem(place, $("#rows").scrollTop));
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") $("#rows").scrollTop = sessionStorage.getItem(place);
})();
