// The data of a static site, as the editor asks them: by Oxigraph in a worker of the reader's own browser.
import { ProblemError } from "./answers.js";
import { formOf } from "./snippets.js";

const JSON_ROWS = "application/sparql-results+json";
const TRIPLES = "application/n-triples";
const PLACE = /^error at (\d+):(\d+): /;
const NAMING = ["default", "anywhere"];

/** The data beside the page, which are loaded with the first question; `inBrowser` says where everything lies. */
export function openInBrowser({ inBrowser, language, prefixes, mediaTypes }) {
  const root = new URL(document.documentElement.dataset.root, location.href);
  const at = (path) => new URL(path, root).href;
  let running = null;

  /** A worker with the data; after `close` the next question opens another. */
  function open() {
    const worker = new Worker(at(inBrowser.worker), { type: "module" });
    const waiting = new Map();
    let last = 0;
    const close = (error) => {
      worker.terminate();
      if (running === own) running = null;
      for (const { reject } of waiting.values()) reject(error);
    };
    const post = (message) =>
      new Promise((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject });
        worker.postMessage({ id: last, ...message });
      });
    worker.addEventListener("message", ({ data: { id, answer, failure, isBroken } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (failure === undefined) resolve(answer);
      else reject(problemOf(failure));
      if (isBroken) close(problemOf(failure));
    });
    worker.addEventListener("error", (event) => close(problemOf(event.message ?? "the worker was not loaded")));
    const own = { post, close };
    const { program, data, apart } = inBrowser;
    own.loaded = post({ load: { program: at(program), data: at(data), apart } });
    own.loaded.catch(close);
    return own;
  }

  async function ask(text, { format, signal, loading = () => {}, asking = () => {} } = {}) {
    const own = (running ??= open());
    const stop = () => own.close(new DOMException("stopped", "AbortError"));
    signal?.addEventListener("abort", stop);
    let timer;
    try {
      loading();
      await own.loaded;
      asking();
      timer = setTimeout(() => own.close(new ProblemError({ type: "query-limit-time" })), inBrowser.seconds * 1000);
      const isGraph = ["CONSTRUCT", "DESCRIBE"].includes(formOf(text));
      const type = format ? mediaTypes[format] : isGraph ? TRIPLES : JSON_ROWS;
      return new Response(await own.post({ query: text, type }), { headers: { "Content-Type": type } });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  /** How things are named in the language of the page, and where their pages are. */
  async function names(iris) {
    const own = running;
    if (!own) return {};
    const labels = new Map(iris.map((iri) => [iri, []]));
    for (const where of NAMING) {
      const nameless = iris.filter((iri) => !labels.get(iri).length && (where === "default" || iri.startsWith(inBrowser.base)));
      if (!nameless.length) continue;
      const values = nameless.map((iri) => `<${iri}>`).join(" ");
      const query = inBrowser.naming[where].replace(/VALUES \?node \{ *\}/, () => `VALUES ?node { ${values} }`);
      const answer = JSON.parse(await own.post({ query, type: JSON_ROWS }));
      for (const { node, label } of answer.results.bindings) labels.get(node.value).push(label);
    }
    return Object.fromEntries(iris.map((iri) => [iri, named(iri, best(labels.get(iri)))]));
  }

  function named(iri, label) {
    const short = curie(iri);
    const text = label?.value ?? (short === iri ? iri.replace(inBrowser.base, "") : short);
    return { text, language: label?.["xml:lang"], href: pageOf(iri), curie: short };
  }

  /** The label in the language of the page, else in Finnish, without a language, in English, or any. */
  function best(labels) {
    const ordered = labels.toSorted((one, other) => (one.value < other.value ? -1 : 1));
    const found = [language, "fi", undefined, "en"].map((wanted) => ordered.find((label) => label["xml:lang"] === wanted));
    return found.find(Boolean) ?? ordered[0];
  }

  function curie(iri) {
    const [prefix, space] = Object.entries(prefixes).find(([, each]) => iri.startsWith(each) && iri !== each) ?? [];
    return prefix ? `${prefix}:${iri.slice(space.length)}` : iri;
  }

  /** The page of a thing on this site: that for people where its kind has one, else that with its data. */
  function pageOf(iri) {
    if (iri.startsWith(prefixes.hyte)) return at(`${inBrowser.home}ns/#${iri.slice(prefixes.hyte.length)}`);
    const [path, part] = iri.slice(inBrowser.base.length).split("#");
    if (!iri.startsWith(inBrowser.base) || !/^(id|graph)\//.test(path)) return iri;
    const kind = inBrowser.pages[/^id\/[^/]+\/([a-z]+)\/./.exec(path)?.[1]];
    const page = kind && !part ? `${inBrowser.home}${kind}` : "page";
    return at(`${page}/${encodeURI(path).replaceAll("?", "%3F")}/${part ? `#${part}` : ""}`);
  }

  return { ask, names, terms: async () => (await fetch(at(`${inBrowser.home}editor/terms.json`))).json(), answerPage: () => null };
}

/** What went wrong, as the service would say it; an error of syntax has its place in the query. */
function problemOf(failure) {
  if (failure instanceof Error) return failure;
  const place = PLACE.exec(failure);
  if (!place) return new ProblemError({ type: "query-failed", detail: failure });
  const [, line, column] = place.map(Number);
  return new ProblemError({ type: "query-syntax", detail: failure.slice(place[0].length), line, column });
}
