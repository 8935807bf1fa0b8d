// The query as a program that asks it: for a shell, Python and R.

/** SELECT, ASK, CONSTRUCT or DESCRIBE: the first of these words outside strings, IRIs and comments. */
export function formOf(text) {
  const bare = text.replace(/<[^<>\s]*>|"[^"\n]*"|'[^'\n]*'|#.*|\bPREFIX\s+\S+/gi, " ");
  return (/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i.exec(bare)?.[1] ?? "SELECT").toUpperCase();
}

/** A command for a POSIX shell; rows come as CSV, triples as Turtle. */
export function asCurl(endpoint, text) {
  const quoted = text.replaceAll("'", `'\\''`);
  return `curl -H 'Accept: ${mediaType(text)}' --data-urlencode 'query=${quoted}' '${endpoint}'\n`;
}

/** A Python program with SPARQLWrapper. */
export function asPython(endpoint, text) {
  // A JSON string is a Python string too, whatever is in it.
  const query = text.includes('"""') ? JSON.stringify(text) : `r"""\n${text}\n"""`;
  const [format, use] = {
    SELECT: ["JSON", 'for row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})'],
    ASK: ["JSON", 'print(answer["boolean"])'],
  }[formOf(text)] ?? ["TURTLE", 'print(answer.decode("utf-8"))'];
  return `# pip install SPARQLWrapper
from SPARQLWrapper import ${format}, POST, SPARQLWrapper

sparql = SPARQLWrapper(${JSON.stringify(endpoint)})
sparql.setMethod(POST)
sparql.setReturnFormat(${format})
sparql.setQuery(${query})
answer = sparql.query().convert()
${use}
`;
}

/** An R program with httr2 and readr; needs R 4.1. */
export function asR(endpoint, text) {
  // A raw string ends at its own number of dashes.
  const dashes = "-".repeat(Math.max(0, ...(text.match(/\)-*"/g) ?? []).map((end) => end.length - 1)));
  const read = formOf(text) === "SELECT" ? "readr::read_csv(resp_body_string(answer))" : "cat(resp_body_string(answer))";
  return `# install.packages(c("httr2", "readr"))
library(httr2)

query <- r"${dashes}(
${text}
)${dashes}"
answer <- request(${JSON.stringify(endpoint)}) |>
  req_headers(Accept = "${mediaType(text)}") |>
  req_body_form(query = query) |>
  req_perform()
${read}
`;
}

function mediaType(text) {
  return ["SELECT", "ASK"].includes(formOf(text)) ? "text/csv" : "text/turtle";
}
