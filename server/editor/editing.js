// The text field with colours, brackets, completion and marked errors.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--code-variable)" },
  { tag: [tags.string, tags.number, tags.bool, tags.literal], color: "var(--code-literal)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--quiet)", fontStyle: "italic" },
  { tag: [tags.namespace, tags.url], color: "var(--code-name)" },
]);

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--quiet)", borderRadius: "4px" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-content, .cm-gutter": { minHeight: "18rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--quiet)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--wash) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)", fontWeight: "600" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 28%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--wash)", outline: "1px solid var(--accent)" },
  ".cm-error": { textDecoration: "underline wavy var(--code-error) 2px" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--quiet)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "none", maxWidth: "min(44rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem", display: "flex", gap: "0.8rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionLabel": { fontFamily: "var(--mono)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "auto", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.7rem", maxWidth: "22rem" },
  // Beside the list there is no room for it on a phone.
  "@media (max-width: 40rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
});

const setError = StateEffect.define();

// Where the error is: a range, or none. What is told of it stands below the field.
const errorRange = StateField.define({
  create: () => Decoration.none,
  update: (ranges, transaction) =>
    transaction.effects.find((effect) => effect.is(setError))?.value ?? ranges.map(transaction.changes),
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.contentAttributes.compute([field], (state) => (state.field(field).size ? { "aria-invalid": "true" } : {})),
  ],
});

// Chrome puts a style attribute into what is typed over a selection, which the Content Security Policy forbids.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || empty) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, event.data, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/**
 * The editor in `parent` with `text` in it.
 * `run` is called for Ctrl+Enter, `changed` after every change, `source` completes; `labels` and `phrases` are texts.
 * Tab is left to the browser, so that the keyboard always finds the way out.
 */
export function openEditor({ parent, text, run, changed, source, attributes, phrases }) {
  return new EditorView({
    parent,
    doc: text,
    extensions: [
      Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
      EditorState.phrases.of(phrases),
      EditorView.contentAttributes.of(attributes),
      EditorView.updateListener.of((update) => update.docChanged && changed()),
      EditorView.lineWrapping,
      typeOver,
      errorRange,
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      autocompletion({ override: [source], icons: false, maxRenderedOptions: 8 }),
      sparql(),
      syntaxHighlighting(colours),
      theme,
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    ],
  });
}

/** Puts another text in the place of the old one; undo brings the old one back. */
export function replaceText(view, text) {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
}

/**
 * Marks an error and takes the cursor there; gives the line and column of the mark, counted from 1 like those asked for.
 * The endpoint tells how far it could read at most; where the grammar here stumbles before, that is the better place.
 */
export function markError(view, line, column) {
  const { doc } = view.state;
  const told = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const furthest = Math.min(told.from + Math.max(column, 1) - 1, told.to);
  const start = Math.min(stumble(view.state), furthest);
  const found = doc.lineAt(start);
  const rest = /^\S+/.exec(doc.sliceString(start, found.to));
  // At the end of a line there is nothing to underline but what stands before.
  const from = rest || start === found.from ? start : start - 1;
  const to = rest ? start + rest[0].length : start;
  const mark = from < to ? Decoration.set(Decoration.mark({ class: "cm-error" }).range(from, to)) : Decoration.none;
  view.dispatch({ effects: setError.of(mark), selection: { anchor: start }, scrollIntoView: true });
  return { line: found.number, column: start - found.from + 1 };
}

/** Where the grammar cannot read on; beyond the end where it reads everything. */
function stumble(state) {
  let first = Infinity;
  syntaxTree(state).iterate({ enter: (node) => void (node.type.isError && (first = Math.min(first, node.from))) });
  return first;
}

/** Takes the mark away. */
export function clearError(view) {
  view.dispatch({ effects: setError.of(Decoration.none) });
}
