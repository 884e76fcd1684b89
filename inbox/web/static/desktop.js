/* In my settings: the browser is asked for notifications when they are switched on, never before. */
(() => {
  "use strict";
  const box = document.querySelector("#desktop");
  const refused = document.querySelector("#desktop-refused");
  const isAllowed = () => "Notification" in window && Notification.permission === "granted";
  if (!box) return;
  refused.hidden = !box.checked || isAllowed(); // wanted elsewhere, and not allowed in this browser
  box.addEventListener("change", async () => {
    if (box.checked && "Notification" in window) await Notification.requestPermission();
    refused.hidden = !box.checked || isAllowed();
  });
})();
