// The text field with colours, brackets, completion and marked errors.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
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
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--code-error) 2px" },
  ".cm-tooltip": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--quiet)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16rem", maxWidth: "min(44rem, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.6rem", display: "flex", gap: "0.8rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionLabel": { fontFamily: "var(--mono)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "auto", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.7rem", maxWidth: "22rem" },
  // Beside the list there is no room for it on a phone.
  "@media (max-width: 40rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  ".cm-diagnostic-error": { borderLeftColor: "var(--code-error)" },
});

// Chrome puts a style attribute into what is typed over several lines, which the Content Security Policy forbids.
const typeOverLines = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || view.state.doc.lineAt(from).to >= to) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
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
      typeOverLines,
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      autocompletion({ override: [source], icons: false, maxRenderedOptions: 60 }),
      sparql(),
      syntaxHighlighting(colours),
      theme,
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
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
export function markError(view, line, column, message) {
  const { doc } = view.state;
  const told = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const furthest = Math.min(told.from + Math.max(column, 1) - 1, told.to);
  const start = Math.min(stumble(view.state), furthest);
  const found = doc.lineAt(start);
  const rest = /^\S+/.exec(doc.sliceString(start, found.to));
  // At the end of a line there is nothing to underline but what stands before.
  const from = rest || start === found.from ? start : start - 1;
  const to = rest ? start + rest[0].length : start;
  view.dispatch(setDiagnostics(view.state, [{ from, to, severity: "error", message }]));
  view.dispatch({ selection: { anchor: start }, scrollIntoView: true });
  return { line: found.number, column: start - found.from + 1 };
}

/** Where the grammar cannot read on; beyond the end where it reads everything. */
function stumble(state) {
  let first = Infinity;
  syntaxTree(state).iterate({ enter: (node) => void (node.type.isError && (first = Math.min(first, node.from))) });
  return first;
}

/** Takes the marks away. */
export function clearErrors(view) {
  view.dispatch(setDiagnostics(view.state, []));
}
