// Compresses the script as far as it goes, once, because every reader of the page fetches it.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const script = readFileSync("built/editor.js");
writeFileSync("built/editor.js.br", brotliCompressSync(script));
writeFileSync("built/editor.js.gz", gzipSync(script, { level: 9 }));
// A web server of files need know neither the type of this one nor how to compress it: its reader unpacks it.
writeFileSync("built/oxigraph.wasm.gz", gzipSync(readFileSync("node_modules/oxigraph/web_bg.wasm"), { level: 9 }));
