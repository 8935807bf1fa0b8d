// Answers queries over data that it has loaded, in a thread of its own, so that the page can stop it.
import init, { Store } from "oxigraph";

const GRAPH = / <([^<>\n]*)> \.$/;
const PIECE = 1 << 20;
let store = null;

/** The content of a file that is packed; some servers say so in a header, and then the browser has unpacked it. */
async function unpacked(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function load({ program, data, apart }) {
  const [wasm, quads] = await Promise.all([unpacked(program), unpacked(data)]);
  await init({ module_or_path: wasm });
  store = new Store();
  store.load(withDefaultGraph(quads, apart), { format: "application/n-quads", lenient: true, no_transaction: true });
}

/** N-Quads, and after each piece of them its triples without a graph, but for the graphs that stand apart. */
function* withDefaultGraph(bytes, apart) {
  const decoder = new TextDecoder();
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, Math.min(start + PIECE, bytes.length - 1)) + 1 || bytes.length;
    const piece = decoder.decode(bytes.subarray(start, end));
    yield piece;
    yield piece
      .split("\n")
      .map((line) => {
        const found = GRAPH.exec(line);
        return !found || apart.some((name) => found[1].endsWith(name)) ? "" : `${line.slice(0, found.index)} .\n`;
      })
      .join("");
    start = end;
  }
}

addEventListener("message", async ({ data: { id, load: files, query, type } }) => {
  try {
    const answer = files ? await load(files) : store.query(query, { results_format: type });
    postMessage({ id, answer });
  } catch (error) {
    // After an error of the engine itself, such as a lack of memory, its store is of no use.
    const isBroken = error instanceof WebAssembly.RuntimeError;
    postMessage({ id, failure: error.message ?? String(error), isBroken });
  }
});
