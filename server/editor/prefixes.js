// The prefixes that a query uses and those that it declares.

/** The known prefixes that the text uses without saying what they stand for. */
export function undeclared(text, known) {
  const bare = text.replace(/<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|#.*/g, " ");
  const used = new Set([...bare.matchAll(/(?<![\w:?$-])([A-Za-z][\w-]*):/g)].map((found) => found[1]));
  const declared = new Set([...bare.matchAll(/\bPREFIX\s+([\w-]*):/gi)].map((found) => found[1]));
  return [...used].filter((name) => name in known && !declared.has(name)).sort();
}

/** Writes declarations of the names at the beginning of the text. */
export function declare(view, names, known) {
  view.dispatch({ changes: { from: 0, insert: lines(names, known) } });
}

/** The declarations of the names, a line each. */
export function lines(names, known) {
  return names.map((name) => `PREFIX ${name}: <${known[name]}>\n`).join("");
}
