// Offers things while the reader types, as the ARIA Authoring Practices describe an editable combobox with a list.
// Without this script every search box is a plain form.
"use strict";

const WAIT = 120;

function begin(input, number) {
  const list = document.createElement("ul");
  const told = document.createElement("div");
  let waiting = 0;
  let asked = "";
  let chosen = -1;

  list.id = `offers-${number}`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels.length ? input.labels[0].textContent : input.placeholder);
  told.className = "hidden";
  told.setAttribute("role", "status");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.autocomplete = "off";
  input.parentElement.classList.add("offering");
  input.parentElement.append(list, told);

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(at) {
    const options = list.children;
    if (chosen >= 0 && options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = at;
    if (chosen < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function show(answer) {
    const kept = chosen < 0 ? null : list.children[chosen].dataset.href;
    list.replaceChildren(...answer.suggestions.map((offer, at) => {
      const option = document.createElement("li");
      const kind = document.createElement("small");
      const label = document.createElement("span");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = offer.href;
      label.textContent = offer.label.length > 140 ? `${offer.label.slice(0, 138)}…` : offer.label;
      if (offer.language) label.lang = offer.language;
      kind.textContent = offer.kind;
      option.append(label, " ", kind);
      return option;
    }));
    chosen = -1;
    // What the reader has chosen stays chosen while it is offered.
    choose(answer.suggestions.findIndex((offer) => offer.href === kept));
    list.hidden = !answer.suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = answer.told;
  }

  async function ask() {
    const words = input.value.trim();
    asked = words;
    if (words.length < 2) {
      told.textContent = "";
      close();
      return;
    }
    try {
      const parameters = new URLSearchParams({ q: words, lang: document.documentElement.lang });
      const response = await fetch(`${input.form.getAttribute("action")}/suggest?${parameters}`);
      const answer = response.ok ? await response.json() : { suggestions: [], told: "" };
      // A slower answer to what was typed before is not shown.
      if (asked === words && document.activeElement === input) show(answer);
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", () => {
    clearTimeout(waiting);
    asked = "";
    close();
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden || last < 0) {
      return;
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      choose(chosen < last ? chosen + 1 : -1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 ? last : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.href);
    }
  });
  // Pressing must not take the focus from the box, or the list would be gone before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

document.querySelectorAll('form[role="search"][action$="/search"] input[name="q"]').forEach(begin);
