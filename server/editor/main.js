// Makes the plain form of /sparql an editor. Everything here adds to a page that works without it.
import { ProblemError, read } from "./answers.js";
import { completionSource } from "./completion.js";
import { declare, undeclared } from "./prefixes.js";
import { clearError, markError, openEditor, replaceText } from "./editing.js";
import { openInBrowser } from "./in_browser.js";
import { openService } from "./service.js";
import { asCurl, asPython, asR, formOf } from "./snippets.js";
import { element, showTable } from "./table.js";

const find = (id) => document.getElementById(id);
const form = find("sparql");
const plain = find("query");
const settings = JSON.parse(form.dataset.settings);
const t = settings.texts;
const numbers = new Intl.NumberFormat(settings.language);
const LONGEST_DETAIL = 200;
const SNIPPETS = {
  link: shareable,
  curl: (text) => asCurl(settings.endpoint, text),
  python: (text) => asPython(settings.endpoint, text),
  r: (text) => asR(settings.endpoint, text),
};
const data = settings.inBrowser ? openInBrowser(settings) : openService(form.action, settings);
const phases = {
  loading: () => (find("summary").textContent = t.loading),
  asking: () => (find("summary").textContent = t.running),
};
let words = null;
let running = null;

const view = openEditor({
  parent: find("editor"),
  text: sharedText() ?? plain.value,
  run,
  changed,
  source: complete,
  attributes: { "aria-labelledby": "query-label", "aria-describedby": "keys", spellcheck: "false", autocapitalize: "off" },
  phrases: t.phrases,
});

function textNow() {
  return view.state.doc.toString();
}

/** Keeps the form's field equal to the editor, and offers the formats that the query can be answered in. */
function changed() {
  plain.value = textNow();
  const form = formOf(plain.value);
  for (const group of find("format").querySelectorAll("optgroup")) group.disabled = !group.dataset.forms.includes(form);
  const chosen = find("format").selectedOptions[0];
  if (chosen?.parentElement.disabled) find("format").value = form === "SELECT" || form === "ASK" ? "csv" : "ttl";
}

/** The terms are fetched when the first completion is asked for. */
async function complete(context) {
  words ??= data.terms().then((told) => completionSource(told, settings.prefixes));
  try {
    return (await words)(context);
  } catch {
    words = null;
    return null;
  }
}

function sharedText(hash = location.hash) {
  return new URLSearchParams(hash.slice(1)).get("query");
}

function shareable(text) {
  return `${location.origin}${location.pathname}#${new URLSearchParams({ query: text })}`;
}

async function run() {
  running?.abort();
  const mine = (running = new AbortController());
  const text = textNow();
  history.replaceState(null, "", shareable(text));
  begin();
  const began = performance.now();
  try {
    const response = await data.ask(text, { signal: mine.signal, ...phases });
    const answer = await read(response);
    await showAnswer(answer, response, performance.now() - began);
  } catch (error) {
    if (mine === running) fail(error);
  } finally {
    if (mine === running) end();
  }
}

function begin() {
  clearError(view);
  find("answer").hidden = false;
  find("failure").hidden = true;
  find("rows").replaceChildren();
  find("notes").replaceChildren();
  find("identifiers").parentElement.hidden = true;
  find("summary").textContent = t.running;
  find("run").textContent = t.stop;
}

function end() {
  running = null;
  find("run").textContent = t.run;
}

async function showAnswer(answer, response, milliseconds) {
  const time = filled(t.time, { n: numbers.format(Math.max(1, Math.round(milliseconds))) });
  if ("yes" in answer) {
    find("summary").textContent = `${answer.yes ? t.yes : t.no} – ${time}`;
    return;
  }
  const counted = filled(answer.isGraph ? t.triples : t.rows, { n: numbers.format(answer.rows.length) });
  find("summary").textContent = `${counted} – ${time}`;
  if (response.headers.has("X-Result-Truncated")) note(t.cut);
  if (!answer.rows.length) tellEmpty();
  else {
    find("identifiers").parentElement.hidden = false;
    await showTable(find("rows"), answer, { name: data.names, t });
  }
}

/** A text with its braces filled. */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function note(...parts) {
  find("notes").append(element("p", { class: "note" }, parts));
}

function tellEmpty() {
  const why = data.answerPage(textNow());
  note(t.empty, ...(why ? [" ", element("a", { href: why }, [t.why])] : []));
}

function fail(error) {
  find("summary").textContent = error.name === "AbortError" ? t.stopped : "";
  if (error.name === "AbortError") return;
  const problem = error instanceof ProblemError ? error.problem : { detail: error.message };
  const title = t.problems[problem.type?.split("/").pop()] ?? t.failed;
  const told = [element("strong", {}, [title])];
  const missing = undeclared(textNow(), settings.prefixes);
  if (problem.line) told.push(...placeOf(problem));
  if (problem.line && missing.length) told.push(...prefixOffer(missing));
  else told.push(element("span", { lang: "en" }, [(problem.detail ?? "").slice(0, LONGEST_DETAIL)]));
  find("failure").replaceChildren(...told.flatMap((each) => [each, " "]));
  find("failure").hidden = false;
}

function placeOf(problem) {
  const place = markError(view, problem.line, problem.column ?? 1);
  const button = element("button", { type: "button", class: "place" }, [filled(t.place, place)]);
  button.addEventListener("click", () => view.focus());
  return [button];
}

function prefixOffer(missing) {
  const button = element("button", { type: "button", class: "place" }, [t.declare]);
  button.addEventListener("click", () => {
    declare(view, missing, settings.prefixes);
    run();
  });
  return [filled(t.undeclared, { names: missing.map((name) => `${name}:`).join(", ") }), button];
}

/** Saves the answer as a file; the form does the same without this script, in the window. */
async function download(event) {
  event.preventDefault();
  const format = find("format").value;
  clearError(view);
  find("answer").hidden = false;
  find("failure").hidden = true;
  try {
    const response = await data.ask(textNow(), { format, ...phases });
    const address = URL.createObjectURL(await response.blob());
    const suffix = find("format").selectedOptions[0].dataset.suffix;
    element("a", { href: address, download: `hytegraph.${suffix}` }).click();
    URL.revokeObjectURL(address);
  } catch (error) {
    fail(error);
  }
}

async function copy(kind) {
  const text = SNIPPETS[kind](textNow());
  if (kind === "link") history.replaceState(null, "", text);
  find("snippet").textContent = text;
  find("snippet-place").hidden = false;
  try {
    await navigator.clipboard.writeText(text);
    find("copied").textContent = t.copied;
  } catch {
    // Without leave to write to the clipboard, as on a page without TLS, the text is selected to be copied by hand.
    getSelection().selectAllChildren(find("snippet"));
    find("copied").textContent = t.copy_by_hand;
  }
}

/** An example is taken from the link, or from the page that it would lead to. */
async function insertExample(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  replaceText(view, sharedText(new URL(link.href).hash) ?? (await textOfPage(link.href)));
  clearError(view);
  view.focus();
  view.dom.scrollIntoView({ block: "nearest" });
}

async function textOfPage(address) {
  const told = await fetch(address, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await told.text(), "text/html");
  return page.getElementById("query").value;
}

function keepTextInLanguageLinks() {
  for (const link of document.querySelectorAll(".languages a")) {
    link.addEventListener("click", () => (link.hash = new URL(shareable(textNow())).hash));
  }
}

changed();
for (const each of document.querySelectorAll("[data-enhanced]")) each.hidden = false;
plain.hidden = true;
find("submit").textContent = t.download;
find("query-label").addEventListener("click", () => view.focus());
find("run").addEventListener("click", () => (running ? running.abort() : run()));
form.addEventListener("submit", download);
find("examples").addEventListener("click", insertExample);
find("identifiers").addEventListener("change", (event) => find("rows").classList.toggle("identified", event.target.checked));
for (const each of document.querySelectorAll("[data-copy]")) each.addEventListener("click", () => copy(each.dataset.copy));
addEventListener("hashchange", () => sharedText() !== null && replaceText(view, sharedText()));
keepTextInLanguageLinks();
