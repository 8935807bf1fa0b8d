// What may be written next: terms of the graph by their name or their label, keywords, and the variables of the query.
import { lines, undeclared } from "./prefixes.js";

const KEYWORDS = `SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS GRAPH VALUES BIND AS ORDER BY DESC ASC GROUP HAVING LIMIT
OFFSET COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT SEPARATOR CONSTRUCT DESCRIBE ASK PREFIX EXISTS NOT IN STR LANG LANGMATCHES
DATATYPE BOUND IF COALESCE CONTAINS STRSTARTS STRENDS STRLEN LCASE UCASE REPLACE REGEX CONCAT YEAR MONTH DAY`.split(/\s+/);
const RANKS = { class: 0, property: 0, value: -2 };

/** The source of completions for the terms of `/editor/terms.json`; `prefixes` are namespaces by name. */
export function completionSource(told, prefixes) {
  const terms = told.map((term, place) => ({ ...term, found: `${term.name} ${term.label}`.toLowerCase(), place }));
  return (context) => {
    const before = context.matchBefore(/[?$]?[\p{L}\p{N}_:-]*/u);
    if (!before || (before.from === before.to && !context.explicit) || isHidden(context, before.from)) return null;
    const typed = before.text.toLowerCase();
    const options = /^[?$]/.test(typed)
      ? variables(context, typed)
      : [...matching(terms, typed, expected(context, before.from), prefixes), ...keywords(before.text)];
    return options.length ? { from: before.from, options, filter: false } : null;
  };
}

/** Whether the place is inside a string, a comment or an IRI. */
function isHidden(context, from) {
  const line = context.state.doc.lineAt(from);
  const rest = context.state.sliceDoc(line.from, from).replace(/"[^"]*"|'[^']*'|<[^<>\s]*>/g, "");
  return /["'#]|<[^<>\s]*$/.test(rest);
}

/** The kind of term that is most likely there: after `a` a class, after a variable and a space a property. */
function expected(context, from) {
  const before = context.state.sliceDoc(Math.max(0, from - 200), from);
  if (/(^|[\s;])(a|rdf:type)\s+$/.test(before)) return "class";
  if (/[/|^;]\s*$/.test(before) || /(^|[{.])\s*[?$]\w+\s+$/.test(before)) return "property";
  return null;
}

function matching(terms, typed, kind, prefixes) {
  return terms
    .filter((term) => term.found.includes(typed))
    .map((term) => ({ term, rank: rank(term, typed) + (term.kind === kind ? 3 : 0) + RANKS[term.kind] }))
    .sort((one, other) => other.rank - one.rank || one.term.place - other.term.place)
    .slice(0, 60)
    .map(({ term }) => ({
      label: term.name,
      detail: term.label,
      info: term.about ? () => description(term) : undefined,
      type: term.kind,
      apply: (view, _, start, end) => insert(view, term.name, start, end, prefixes),
    }));
}

/** How well a term fits: its whole name, the beginning of a name or word, or a part of one. */
function rank(term, typed) {
  const local = term.name.slice(term.name.indexOf(":") + 1).toLowerCase();
  if (local === typed || term.name.toLowerCase() === typed) return 6;
  if (local.startsWith(typed) || term.name.toLowerCase().startsWith(typed)) return 4;
  return ` ${term.label.toLowerCase()}`.includes(` ${typed}`) ? 3 : 0;
}

function description(term) {
  const told = document.createElement("span");
  told.textContent = term.about;
  if (term.language) told.lang = term.language;
  return told;
}

/** Writes the name, and declares its prefix if the query does not. */
function insert(view, name, from, to, prefixes) {
  const [prefix] = name.split(":");
  const line = lines(undeclared(`${view.state.doc} ${prefix}:`, { [prefix]: prefixes[prefix] }), prefixes);
  const changes = [{ from, to, insert: name }];
  if (line) changes.unshift({ from: 0, insert: line });
  view.dispatch({ changes, selection: { anchor: from + line.length + name.length }, userEvent: "input.complete" });
}

function variables(context, typed) {
  const own = context.matchBefore(/[?$]\w*/)?.from;
  const names = new Set();
  for (const found of context.state.doc.toString().matchAll(/[?$]\w+/g)) if (found.index !== own) names.add(found[0]);
  return [...names].filter((name) => name.toLowerCase().startsWith(typed)).sort().map((label) => ({ label, type: "variable" }));
}

function keywords(typed) {
  const wanted = typed.toUpperCase();
  if (typed.length < 2 || typed.includes(":")) return [];
  return KEYWORDS.filter((word) => word.startsWith(wanted)).map((label) => ({ label, type: "keyword" }));
}
