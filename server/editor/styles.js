// Stands in for style-mod, CodeMirror's way of adding rules: the original writes a <style> element, which the Content
// Security Policy of the pages forbids. Style sheets that a script constructs are allowed.
import { StyleModule as Original } from "./node_modules/style-mod/src/style-mod.js";

const sheets = new WeakMap();

function sheetOf(module) {
  if (!sheets.has(module)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(module.getRules());
    sheets.set(module, sheet);
  }
  return sheets.get(module);
}

export class StyleModule extends Original {
  static mount(root, modules) {
    root.adoptedStyleSheets = [modules].flat().map(sheetOf);
  }
}
