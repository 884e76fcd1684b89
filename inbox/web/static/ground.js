/* What all scripts of the desk stand on; each of the others is one concern, in one bundle. */
"use strict";

const desk = {
  $: (selector, root = document) => root.querySelector(selector),
  all: (selector, root = document) => [...root.querySelectorAll(selector)],
  rows: () => desk.all(".conversation-row"),
  shown: () => desk.$("#conversation")?.dataset.conversation,
};
