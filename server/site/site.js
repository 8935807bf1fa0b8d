// What a page of the site does in the browser: it marks the lines that its address cites, and on the page for what is
// not found it leads an address of a thing on to the thing's page. Without it the pages are read as they are.
"use strict";

const root = document.documentElement.dataset.root;

// The first and the last line of `lines=12-14`, without the characters in them.
function citedLines() {
  const found = /^\s*L?(\d+)(?:\.\d+)?(?:\s*[-–]\s*L?(\d+)(?:\.\d+)?)?\s*$/.exec(
    new URLSearchParams(location.search).get("lines") ?? "");
  return found ? [Number(found[1]), Number(found[2] ?? found[1])] : null;
}

function markLines([first, last]) {
  const lines = [...document.querySelectorAll(".lines > li[id]")];
  const numberOf = (line) => Number(line.id.slice(1));
  const marked = lines.filter((line, at) => numberOf(line) <= last
    && (at + 1 < lines.length ? numberOf(lines[at + 1]) : Infinity) > first);
  if (!lines.length) return;
  if (first < numberOf(lines[0]) || !marked.length) {
    // Lines of another part of the document.
    const part = Math.ceil(first / Number(document.documentElement.dataset.part));
    const here = location.pathname.replace(/page=\d+\/$/, "");
    const there = part > 1 ? `${here}page=${part}/` : here;
    if (there !== location.pathname) location.replace(`${there}${location.search}#L${first}`);
    return;
  }
  for (const line of marked) line.classList.add("marked");
  if (!location.hash) marked[0].scrollIntoView();
}

// A web server without rules has no page at the IRI of a thing itself.
function leadOn() {
  const base = new URL(root, location.href).pathname;
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : "";
  if (/^(id|graph)\//.test(path)) location.replace(`${base}page/${path.replace(/\/$/, "")}/`);
}

const cited = citedLines();
window.addEventListener("DOMContentLoaded", () => {
  for (const note of document.querySelectorAll("[data-without-script]")) note.remove();
  if (cited) markLines(cited);
  if (root.startsWith("/")) leadOn();
});
