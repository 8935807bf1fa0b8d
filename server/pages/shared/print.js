// Before a page is printed: what is folded is opened, and the address and the day are written under it.
"use strict";

const opened = [];

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open], .aside)")) {
    details.open = true;
    opened.push(details);
  }
  document.querySelector("[data-printed=address]").textContent = location.href;
  document.querySelector("[data-printed=date]").textContent = new Date().toLocaleDateString(document.documentElement.lang);
});
addEventListener("afterprint", () => {
  for (const details of opened.splice(0)) details.open = false;
});
