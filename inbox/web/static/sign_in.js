/* Signing in leads on to the message whose address was followed: servers never hear of its number.
   Nothing else behind a number sign is carried along. */
(() => {
  "use strict";
  const message = location.hash;
  if (!/^#message-[0-9]{1,18}$/.test(message)) return;
  const isConversation = (path) => /^\/conversations\/[0-9]+(\?[^#]*)?$/.test(path);
  for (const field of document.querySelectorAll("input[name=next]")) {
    if (isConversation(field.value)) field.value += message;
  }
  for (const link of document.querySelectorAll("a[href^='/sign-in/provider?next=']")) {
    const way = new URL(link.href);
    const next = way.searchParams.get("next");
    if (isConversation(next)) way.searchParams.set("next", next + message);
    link.href = way.pathname + way.search;
  }
})();
