// An answer as a table whose IRIs have the names that the pages give them.
const AT_ONCE = 200;
const NAMED_AT_ONCE = 500;
const NUMERIC = /#(?:integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger)$/;

/** Fills `place` with the rows of an answer, so many at a time; `name` gives links for IRIs, `t` texts. */
export function showTable(place, answer, { name, t }) {
  const body = element("tbody");
  const head = element("tr", {}, answer.columns.map((column) => element("th", { scope: "col", translate: "no" }, [column])));
  const table = element("table", { class: "wide" }, [element("thead", {}, [head]), body]);
  const more = element("button", { type: "button", class: "more-rows" });
  let shown = 0;
  const add = async () => {
    const rows = answer.rows.slice(shown, shown + AT_ONCE);
    const first = shown;
    shown += rows.length;
    const lines = rows.map((row) => element("tr", {}, row.map(cell)));
    body.append(...lines);
    more.hidden = shown === answer.rows.length;
    more.textContent = t.more.replace("{n}", Math.min(AT_ONCE, answer.rows.length - shown));
    if (first) focusOn(lines[0]);
    await nameAll(body, name);
  };
  more.addEventListener("click", add);
  const scroll = element("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": "answer-title" }, [table]);
  place.replaceChildren(scroll, more);
  return add();
}

/** An element with attributes and children. */
export function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function focusOn(row) {
  row.tabIndex = -1;
  row.focus();
}

function cell(term) {
  if (!term) return element("td", {}, [element("span", { class: "muted", "aria-hidden": "true" }, ["–"])]);
  if (term.type === "uri") return element("td", {}, [link(term.value)]);
  if (term.type === "triple") return element("td", {}, [quoted(term.value)]);
  if (term.type === "bnode") return element("td", { class: "muted" }, [`_:${term.value}`]);
  const isNumber = NUMERIC.test(term.datatype ?? "");
  return element("td", { class: isNumber ? "number" : undefined, lang: term["xml:lang"] }, [term.value]);
}

function quoted({ subject, predicate, object }) {
  return element("span", {}, ["<< ", ...[subject, predicate, object].flatMap((each) => [each.value, " "]), ">>"]);
}

function link(iri) {
  const isWeb = /^https?:/.test(iri);
  return element(isWeb ? "a" : "span", { "data-iri": iri, href: isWeb ? iri : undefined, rel: "external" }, [
    element("span", { class: "label" }, [iri]),
    element("code", { class: "iri" }, [iri]),
  ]);
}

async function nameAll(body, name) {
  const waiting = new Map();
  for (const each of body.querySelectorAll("[data-iri]")) {
    const known = waiting.get(each.dataset.iri) ?? [];
    waiting.set(each.dataset.iri, [...known, each]);
    each.removeAttribute("data-iri");
  }
  const iris = [...waiting.keys()];
  for (let start = 0; start < iris.length; start += NAMED_AT_ONCE) {
    const named = await name(iris.slice(start, start + NAMED_AT_ONCE));
    for (const [iri, told] of Object.entries(named)) for (const each of waiting.get(iri)) rename(each, iri, told);
  }
}

function rename(place, iri, { text, language, href, curie }) {
  const [label, code] = place.children;
  label.textContent = text;
  if (language) label.lang = language;
  code.textContent = curie;
  place.title = iri;
  if (!href) return;
  place.href = href;
  if (new URL(href, location.href).origin === location.origin) place.removeAttribute("rel");
}
