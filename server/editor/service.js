// A running service, as the editor asks it.
import { ask } from "./answers.js";

/** The service whose endpoint stands at an address; the editor asks it for answers, names and terms. */
export function openService(endpoint, { language }) {
  return {
    ask: (text, options) => ask(endpoint, text, options),
    async names(iris) {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify(iris);
      const told = await fetch(`/editor/labels?lang=${language}`, { method: "POST", headers, body });
      return told.ok ? told.json() : {};
    },
    terms: async () => (await fetch(`/editor/terms.json?lang=${language}`)).json(),
    /** The address of the answer as a page, which also says why it may be empty. */
    answerPage: (text) => `/sparql?${new URLSearchParams({ query: text })}`,
  };
}
