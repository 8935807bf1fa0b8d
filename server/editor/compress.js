// Compresses the script as far as it goes, once, because every reader of the page fetches it.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const script = readFileSync("editor.js");
writeFileSync("editor.js.br", brotliCompressSync(script));
writeFileSync("editor.js.gz", gzipSync(script, { level: 9 }));
