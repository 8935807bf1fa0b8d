// Asks the endpoint, and reads its answers: SPARQL JSON results, N-Triples, and problems (RFC 9457).
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (.*) \.$/;
const ESCAPES = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" };

/** What the endpoint did not answer; `problem` is what it said instead. */
export class ProblemError extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The response to a query in a format of the endpoint; without one, in a form that `read` reads. */
export async function ask(endpoint, text, { format, signal } = {}) {
  const body = new URLSearchParams({ query: text, ...(format && { format }) });
  const headers = format ? {} : { Accept: ACCEPT };
  const response = await fetch(endpoint, { method: "POST", body, headers, signal });
  if (!response.ok) throw new ProblemError(await problemOf(response));
  return response;
}

/** The answer as `columns` and `rows` of terms; for a yes or no as `yes`. */
export async function read(response) {
  if (response.headers.get("Content-Type").startsWith("application/n-triples")) {
    const lines = (await response.text()).split("\n");
    return { columns: ["subject", "predicate", "object"], rows: lines.filter(Boolean).map(triple), isGraph: true };
  }
  const answer = await response.json();
  if ("boolean" in answer) return { yes: answer.boolean };
  const columns = answer.head.vars;
  return { columns, rows: answer.results.bindings.map((row) => columns.map((name) => row[name])) };
}

async function problemOf(response) {
  const told = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
  return { status: response.status, detail: response.statusText, ...told };
}

function triple(line) {
  const [, subject, predicate, object] = TRIPLE.exec(line);
  return [term(subject), { type: "uri", value: predicate }, term(object)];
}

function term(written) {
  if (written.startsWith("<")) return { type: "uri", value: unescaped(written.slice(1, -1)) };
  if (written.startsWith("_:")) return { type: "bnode", value: written.slice(2) };
  const end = written.lastIndexOf('"');
  const literal = { type: "literal", value: unescaped(written.slice(1, end)) };
  const rest = written.slice(end + 1);
  if (rest.startsWith("@")) literal["xml:lang"] = rest.slice(1);
  if (rest.startsWith("^^")) literal.datatype = rest.slice(3, -1);
  return literal;
}

function unescaped(text) {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    letter ? ESCAPES[letter] : String.fromCodePoint(parseInt(short ?? long, 16)),
  );
}
