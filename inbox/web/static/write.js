/* Below a field: pictures by paste and drop, files with their progress, Markdown, the preview. */
(() => {
  "use strict";
  const LARGEST = 25 * 1024 * 1024;
  const toolsOf = (form) => form?.querySelector?.(".write-tools");

  /* What works only with scripts is shown by them. */
  function settle() {
    for (const tools of document.querySelectorAll(".write-tools")) {
      tools.querySelectorAll("[data-suggest]").forEach((button) => (button.hidden = false));
      const preview = tools.querySelector(".preview-button");
      if (preview) preview.formTarget = "preview";
    }
  }

  function insertPicture(form, name) {
    const field = form.elements.text;
    const before = field.value.slice(0, field.selectionStart);
    const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
    suggest.put(field, `${gap}![](${name})\n\n`);
  }

  /* What is sent while a file is under way waits for it, in each form by itself. */
  const waiting = new WeakMap();
  function hold(form, submitter) {
    const line = form.querySelector(".uploading");
    if (waiting.has(form)) return;
    waiting.set(form, submitter);
    if (submitter) submitter.ariaDisabled = "true";
    line.setAttribute("role", "status");
    line.append(` ${toolsOf(form).dataset.waits}`);
  }
  function letGo(form, isThere) {
    if (!waiting.has(form) || (isThere && form.querySelector(".uploading"))) return;
    const submitter = waiting.get(form);
    waiting.delete(form);
    if (submitter) submitter.ariaDisabled = null;
    if (isThere && form.isConnected) form.requestSubmit(submitter);
  }

  function upload(form, file, name, isPasted) {
    const tools = toolsOf(form);
    const { progress, failed } = tools.dataset;
    if (file.size > LARGEST) return suggest.say(form, `${failed}: ${name}`);
    const line = Object.assign(document.createElement("p"), { className: "uploading", textContent: `${progress}: ${name} ` });
    const bar = line.appendChild(Object.assign(document.createElement("progress"), { max: 1, value: 0 }));
    bar.ariaLabel = name;
    tools.before(line);
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("file", file, name);
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => (bar.value = event.loaded / event.total);
    request.onloadend = () => {
      // Who is signed out is led to another page, which is no file.
      if (request.status !== 200 || !request.responseURL.endsWith("/uploads")) {
        line.remove();
        letGo(form, false); // it would go out without what belongs to it
        return suggest.say(form, `${failed}: ${name}`);
      }
      const found = document.createRange().createContextualFragment(request.responseText);
      const picture = found.querySelector("[data-picture]")?.dataset.picture;
      line.replaceWith(found);
      form.classList.add("has-words");
      form.querySelector(".names-file")?.remove(); // it is there now
      if (picture && isPasted) insertPicture(form, picture);
      form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
      letGo(form, true);
    };
    request.open("POST", "/uploads");
    request.send(data);
  }

  /* What is pasted has no name of its own; words show a picture by its name. */
  function named(form, file, number) {
    if (file.name && file.name !== "image.png") return file.name;
    const there = form.querySelectorAll('[name="kept"]').length + form.querySelectorAll(".uploading").length;
    return `picture-${there + number + 1}.${file.type.split("/")[1]?.replace("jpeg", "jpg") ?? "png"}`;
  }

  function take(event, files) {
    const form = event.target.closest?.("form");
    if (!files.length || !toolsOf(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    [...files].forEach((file, number) => {
      upload(form, file, named(form, file, number), file.type.startsWith("image/") && event.type !== "change");
    });
  }

  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    // Programs put a picture of a text beside the text: then the text is meant.
    if (!types.includes("text/plain")) take(event, files);
  });
  document.addEventListener("drop", (event) => {
    document.querySelector(".dropping")?.classList.remove("dropping");
    take(event, event.dataTransfer.files);
  });
  document.addEventListener("dragover", (event) => {
    const form = event.target.closest?.("form");
    const over = toolsOf(form) && event.dataTransfer.types.includes("Files") ? form : null;
    document.querySelectorAll(".dropping").forEach((one) => one !== over && one.classList.remove("dropping"));
    if (!over) return;
    event.preventDefault();
    over.classList.add("dropping");
  });
  document.addEventListener(
    "change",
    (event) => {
      const { target } = event;
      if (target.type === "file" && target.name === "file" && toolsOf(target.form)) {
        take(event, [...target.files]);
        target.value = "";
      }
      if (target.name === "markdown" && toolsOf(target.form)) {
        const data = new FormData();
        data.append("csrf_token", target.form.elements.csrf_token.value);
        if (target.checked) data.append("markdown", "1");
        fetch("/writing", { method: "PUT", body: data }).catch(() => null); // then it is as last time
      }
    },
    true,
  );
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-picture]");
    if (button) insertPicture(button.form, button.dataset.picture);
  });

  /* The preview goes into its own frame, past whatever else sends the form; what is to be sent goes
     on no further while a file of it is under way. */
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (submitter?.matches(".preview-button")) {
        event.stopImmediatePropagation();
        toolsOf(form).querySelector(".preview").hidden = false;
      } else if (form.querySelector(".uploading") && !submitter?.formNoValidate) {
        event.preventDefault();
        event.stopImmediatePropagation();
        hold(form, submitter);
      }
    },
    true,
  );

  /* Browsers without `field-sizing` let the field grow by its words as well, also by kept ones. */
  function grow(field) {
    if (field.tagName !== "TEXTAREA") return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }
  const growAll = () => document.querySelectorAll(".composer textarea").forEach((field) => field.value && field.checkVisibility() && grow(field));
  if (!CSS.supports("field-sizing", "content")) {
    document.addEventListener("input", ({ target }) => grow(target));
    document.addEventListener("htmx:after:swap", growAll);
    growAll();
  }

  document.addEventListener("htmx:after:swap", settle);
  settle();
})();
