/* What all scripts of the desk stand on; each of the others is one concern, in one bundle. */
"use strict";

const desk = {
  $: (selector, root = document) => root.querySelector(selector),
  all: (selector, root = document) => [...root.querySelectorAll(selector)],
  rows: () => desk.all(".conversation-row"),
  isUnseen: false, // that a customer wrote
  /* Enter ends a word of an input method first; Safari says so by the code alone. */
  isComposing: (event) => event.isComposing || (event.keyCode === 229 && event.key === "Enter"),
  shown: () => desk.$("#conversation")?.dataset.conversation,
  /* As on the server: of a Japanese name the first character says as much as two letters. */
  initials: (name) => {
    const words = name.trim().split(/[\s.@_-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
    if (!words.length) return "?";
    const letters = [words[0], ...words.slice(1).slice(-1)].map((word) => [...word][0]);
    return words[0].codePointAt(0) > 0x2e7f ? letters[0] : letters.join("").toUpperCase();
  },
  /* As a link goes: where there is no line it says so here, and opens once there is one. */
  go: (url) => {
    desk.way.href = url;
    document.body.append(desk.way);
    desk.way.click();
  },
  way: Object.assign(document.createElement("a"), { hidden: true }),
};
