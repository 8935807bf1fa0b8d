// Searches in the browser: the words of the address are looked up in the files of words that begin as they do, and
// what holds all of them, or else any, is shown by kind, the best first, as the service does it.
"use strict";

(() => {
  const OF_EACH_KIND = 5;
  const AT_ONCE = 50;
  const MOST_TERMS = 60;
  const MOST_ENDING = 4;
  const AS_SUCH = 2;
  const OWN = 1;
  const WORD = /\d+(?:[-–.:/]\d+)+|[\p{L}\p{N}]+(?:[-–'’:][\p{L}\p{N}]+)*/gu;
  const page = document.documentElement;
  const data = `${page.dataset.root}search-data/`;
  const language = page.lang;
  const prefix = language === "fi" ? "" : `${language}/`;
  const loaded = new Map();

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, fetch(data + name).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${name}`);
        return response.json();
      }));
    }
    return loaded.get(name);
  }

  const formOf = (word) => word.toLowerCase().replaceAll("–", "-").replace(/(?<=\p{L})[:'’]\p{L}+$/u, "");

  function say(texts, key, values = {}) {
    const forms = texts[key];
    const form = "n" in values ? new Intl.PluralRules(language).select(values.n) : "other";
    return (forms[form] ?? forms.other).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  // The files with words that begin so: those of longer beginnings, or the one whose beginning the word has.
  async function shardsOf(index, beginning) {
    const places = index.words.flatMap((name, at) =>
      name.startsWith(beginning) || beginning.startsWith(name) ? [at] : []);
    return Promise.all(places.map((at) => load(`words/${at}.json`)));
  }

  function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    let before = [];
    for (let at = 1; at <= one.length; at += 1) {
      const last = row;
      row = [at];
      for (let to = 1; to <= other.length; to += 1) {
        let cost = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (one[at - 1] !== other[to - 1]));
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) {
          cost = Math.min(cost, before[to - 2] + 1);
        }
        row.push(cost);
      }
      before = last;
    }
    return row[other.length];
  }

  // The words of the index that mean the same as a word, and those of narrower concepts, but the word's own terms.
  function akinTo(index, word, terms) {
    const meant = index.akin.filter(([, begins]) => begins.some((beginning) => word.startsWith(beginning)));
    const names = meant.map(([name]) => name);
    const within = index.akin.filter(([, , , wider]) => wider.some((name) => names.includes(name)));
    const wordsOf = (concepts) => concepts.flatMap(([, , words]) => words);
    const narrower = wordsOf(within).filter((each) => !wordsOf(meant).includes(each));
    const others = (words) => [...new Set(words)].filter((each) => !terms.includes(each));
    return { same: others(wordsOf(meant)), narrower: others(narrower) };
  }

  // What a word is taken for: terms of its form, of a Swedish or English word with another ending, of the forms that
  // begin so, or of the nearest form.
  async function meaningOf(index, word) {
    const shards = await shardsOf(index, word);
    const forms = shards.flatMap(([terms]) => Object.entries(terms)
      .flatMap(([term, list]) => list.map((form) => [form, term])));
    const termsOf = (holds) => [...new Set(forms.filter(([form]) => holds(form)).map(([, term]) => term))];
    const whole = termsOf((form) => form === word);
    const akin = akinTo(index, word, whole);
    if (whole.length || akin.same.length || akin.narrower.length) return { word, terms: whole, how: "word", ...akin };
    const stems = shards.flatMap(([, written]) => Object.keys(written)).filter((term) => {
      const stem = term.split(":")[1] ?? "";
      return stem.length > 2 && word.startsWith(stem) && word.length - stem.length <= MOST_ENDING;
    });
    if (stems.length) return { word, terms: stems, how: "word" };
    const begun = word.length > 1 ? termsOf((form) => form.startsWith(word)) : [];
    if (begun.length) {
      return { word, terms: begun.sort((a, b) => a.length - b.length).slice(0, MOST_TERMS), how: "beginning" };
    }
    const allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const near = allowed ? await nearest(index, word, allowed) : null;
    return near ? { word, terms: near.terms, how: "spelling", instead: near.form } : { word, terms: [], how: "unknown" };
  }

  async function nearest(index, word, allowed) {
    const shards = await shardsOf(index, word.slice(0, 2));
    let best = null;
    for (const [terms] of shards) {
      for (const [term, forms] of Object.entries(terms)) {
        for (const form of forms) {
          if (Math.abs(form.length - word.length) > allowed) continue;
          const far = distance(word, form);
          if (far > allowed || (best && (far > best.far || (far === best.far && form > best.form)))) continue;
          const same = best && best.form === form ? best.terms : [];
          best = { far, form, terms: [...same, term] };
        }
      }
    }
    return best;
  }

  // The things that hold a word: what it counts there, and in which fields it stands.
  async function holding(index, meaning, others = []) {
    const found = new Map();
    for (const term of [...meaning.terms, ...others]) {
      const name = term.slice(term.indexOf(":") + 1);
      const shards = await shardsOf(index, name);
      for (const [, written, postings] of shards) {
        if (!(term in postings)) continue;
        meaning.forms.push(...written[term]);
        for (let at = 0; at < postings[term].length; at += 2) {
          const number = postings[term][at];
          // What holds a word that is akin does not hold the word as such.
          const counted = postings[term][at + 1] & (others.includes(term) ? ~AS_SUCH : ~0);
          const known = found.get(number) ?? [0, 0];
          found.set(number, [known[0] + (counted >> 2), known[1] | (counted & 3)]);
        }
      }
    }
    return found;
  }

  // `told` are the maps of words that the index has themselves: what holds all of these as such comes first.
  function ranked(numbers, maps, told) {
    const rows = [];
    for (const number of numbers) {
      const rest = maps.map((map) => map.get(number)).filter(Boolean);
      if (!rest.some(([, fields]) => fields & OWN)) continue;
      const asSuch = told.every((map) => map.get(number)?.[1] & AS_SUCH);
      rows.push([asSuch ? 0 : 1, -rest.reduce((sum, [score]) => sum + score, 0), number]);
    }
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return rows.map((row) => row[2]);
  }

  async function find(index, text) {
    const words = [...new Set([...text.matchAll(WORD)].map(([word]) => formOf(word)))];
    const telling = words.filter((word) => !index.fillers.includes(word));
    const meanings = await Promise.all((telling.length ? telling : words).map((word) => meaningOf(index, word)));
    for (const meaning of meanings) meaning.forms = [];
    const maps = await Promise.all(meanings.map((meaning) =>
      holding(index, meaning, [...(meaning.same ?? []), ...(meaning.narrower ?? [])])));
    if (!maps.length) return { numbers: [], meanings, isLoose: false };
    const all = [...maps[0].keys()].filter((number) => maps.every((map) => map.has(number)));
    const strict = ranked(all, maps, maps.filter((map, at) => meanings[at].terms.length));
    if (strict.length || maps.length < 2) return { numbers: strict, meanings, isLoose: false };
    // What holds any of the words is looked for without those that are akin.
    const own = await Promise.all(meanings.map((meaning) => holding(index, meaning)));
    const any = new Set(own.flatMap((map) => [...map.keys()]));
    return { numbers: ranked(any, own, own), meanings, isLoose: true };
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function best(texts) {
    const chosen = [language, "fi", "", ...Object.keys(texts)].find((each) => each in texts);
    return [chosen, texts[chosen] ?? ""];
  }

  const spoken = (chosen) => (chosen && chosen !== language ? chosen : null);

  function marked(text, forms) {
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(WORD)) {
      if (!forms.has(formOf(match[0]))) continue;
      pieces.push(text.slice(end, match.index), element("mark", {}, match[0]));
      end = match.index + match[0].length;
    }
    return [...pieces, text.slice(end)];
  }

  function shortened(text, forms) {
    if (text.length <= 280) return text;
    const first = [...text.matchAll(WORD)].find((match) => forms.has(formOf(match[0])))?.index ?? 0;
    const start = text.lastIndexOf(" ", Math.max(0, first - 90)) + 1;
    return `${start ? "… " : ""}${text.slice(start, start + 280)}${start + 280 < text.length ? " …" : ""}`;
  }

  const holdsOne = (text, forms) => [...text.matchAll(WORD)].some((match) => forms.has(formOf(match[0])));

  function linked(names, href, forms = new Set()) {
    const [chosen, text] = best(names);
    const words = marked(shortened(text, forms), forms);
    if (!href) return element("span", { lang: spoken(chosen) }, ...words);
    const isOutside = /^https?:/.test(href);
    const there = isOutside ? href : page.dataset.root + prefix + href;
    return element("a", { href: there, lang: spoken(chosen), rel: isOutside ? "external" : null }, ...words);
  }

  function hitOf(thing, forms, texts) {
    const item = element("li");
    const name = linked(thing.names, thing.href, forms);
    name.classList.add("words");
    item.append(name);
    const other = holdsOne(best(thing.names)[1], forms) ? null
      : [...Object.entries(thing.names), ...(thing.texts ?? [])].find(([, text]) => holdsOne(text, forms));
    if (other) {
      item.append(element("p", { class: "words", lang: spoken(other[0]) }, ...marked(shortened(other[1], forms), forms)));
    }
    if (thing.way) {
      const way = element("p", { class: "way" }, element("span", { class: "hidden" }, `${say(texts, "search.way")}: `));
      thing.way.forEach(([names, href], at) => way.append(at ? " ‹ " : "", linked(names, href)));
      item.append(way);
    }
    const about = element("p", { class: "about" });
    for (const town of thing.towns ?? []) about.append(element("span", { class: "town" }, best(town)[1]), " ");
    for (const period of thing.periods ?? []) about.append(element("span", {}, best(period)[1]), " ");
    if (thing.document) {
      const [start, end, href] = thing.lines;
      const lines = say(texts, start === end ? "line" : "lines", { start, end });
      about.append(element("span", {}, linked(...thing.document), ", ", linked({ [language]: lines }, href)));
    }
    item.append(about);
    return item;
  }

  async function thingAt(index, number) {
    const things = await load(`things/${Math.floor(number / index.things)}.json`);
    return things[number % index.things];
  }

  // Shows the next hits at the end of a list, and the button for more while there are more.
  async function extend(list, index, texts, numbers, forms) {
    const begun = list.children.length;
    const things = await Promise.all(numbers.slice(begun, begun + AT_ONCE).map((number) => thingAt(index, number)));
    list.append(...things.map((thing) => hitOf(thing, forms, texts)));
    if (list.children.length >= numbers.length) return;
    const more = element("button", { type: "button" }, say(texts, "site.search.more"));
    more.addEventListener("click", async () => {
      more.remove();
      await extend(list, index, texts, numbers, forms);
      list.children[begun + AT_ONCE]?.querySelector("a")?.focus();
    });
    list.after(more);
  }

  async function groupOf(index, texts, kind, numbers, isAlone, asked, forms) {
    const title = say(texts, `search.kind.${kind}`);
    const list = element("ol", { class: "hits" });
    const section = element("section", { "aria-labelledby": `kind-${kind}` },
      element("h2", { id: `kind-${kind}` }, `${title} `, element("span", { class: "n" }, String(numbers.length))), list);
    await extend(list, index, texts, isAlone ? numbers : numbers.slice(0, OF_EACH_KIND), forms);
    if (!isAlone && numbers.length > OF_EACH_KIND) {
      const query = new URLSearchParams(asked);
      query.set("kind", kind);
      section.append(element("p", {}, element("a", { class: "action", href: `?${query}` },
        say(texts, "search.all", { n: numbers.length }), element("span", { class: "hidden" }, `: ${title}`))));
    }
    return section;
  }

  function notesOf(meanings, isLoose, texts) {
    const note = (key, word, words) => element("p", { class: "took" }, say(texts, `search.${key}`, { word }),
      ...(words ? [" ", element("strong", { lang: "fi" }, words), "."] : []));
    const notes = meanings.flatMap(({ word, how, instead, same = [], narrower = [] }) => [
      ...(how === "word" ? [] : [note(how, word, instead)]),
      ...(same.length ? [note("same", word, same.join(", "))] : []),
      ...(narrower.length ? [note("narrower", word, narrower.join(", "))] : []),
    ]);
    if (isLoose) notes.push(element("p", { class: "took" }, say(texts, "search.loose")));
    return notes;
  }

  // The town of the page: that of `/kemi/search/`, where the data have it.
  function townOf(index) {
    const path = location.pathname.replace(/\/$/, "").split("/");
    const slug = path[path.length - 2];
    return index.kinds.some(([, town]) => town === slug) ? slug : null;
  }

  async function answer(asked) {
    const words = (asked.get("q") ?? "").trim().slice(0, 200);
    const kinds = asked.getAll("kind");
    const [index, texts] = await Promise.all([load("index.json"), load(`texts-${language}.json`)]);
    const town = townOf(index);
    const rows = index.kinds.filter(([kind, of]) => (!kinds.length || kinds.includes(kind)) && (!town || of === town));
    const found = await find(index, words);
    const groups = new Map();
    for (const number of found.numbers) {
      const row = rows.find(([, , first, last]) => first <= number && number <= last);
      if (row) groups.set(row[0], [...(groups.get(row[0]) ?? []), number]);
    }
    const order = [...new Set(index.kinds.map(([kind]) => kind))].filter((kind) => groups.has(kind));
    const total = order.reduce((sum, kind) => sum + groups.get(kind).length, 0);
    const forms = new Set(found.meanings.flatMap((meaning) => meaning.forms));
    const sections = await Promise.all(order.map((kind) =>
      groupOf(index, texts, kind, groups.get(kind), order.length === 1, asked, forms)));
    const told = say(texts, total ? "search.count" : "search.none", { q: words, n: total });
    const notes = notesOf(found.meanings, found.isLoose && total, texts);
    if (!total) notes.push(element("p", {}, say(texts, "search.none.means")));
    return { told, notes, sections };
  }

  async function start() {
    const asked = new URLSearchParams(location.search);
    const told = document.querySelector("main .told");
    if (!told || !(asked.get("q") ?? "").trim()) return;
    const box = document.querySelector('main input[name="q"]');
    if (box) box.value = asked.get("q") ?? "";
    try {
      const { told: words, notes, sections } = await answer(asked);
      const found = document.querySelector("main .found");
      found.classList.remove("browse");
      found.replaceChildren(element("div", { class: "results" }, ...sections));
      told.after(...notes);
      told.textContent = words;
    } catch {
      const texts = await load(`texts-${language}.json`).catch(() => null);
      if (texts) told.textContent = say(texts, "site.search.failed");
    }
  }

  document.addEventListener("DOMContentLoaded", start);
})();
