// Keys for what the page offers anyway; they may be switched off, since speech input types letters too.
const box = document.getElementById("keys");
const KEPT = "review-keys";

box.closest("label").hidden = false;
box.checked = localStorage.getItem(KEPT) !== "off";
box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));

document.addEventListener("keydown", event => {
  if (event.key === "Escape") document.activeElement.blur();
  const typing = event.target.matches("select, textarea, input:not([type=checkbox])");
  if (!box.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  if (target.matches("button, a")) target.click();
  else target.focus();
});
