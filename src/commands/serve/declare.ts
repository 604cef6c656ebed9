import type { CommandDeclaration } from "../shared/declaration.ts";
import { repeated, text, wholeNumber } from "../shared/listing/values.ts";

export const declaration: CommandDeclaration = {
  name: "serve",
  runsUntilStopped: true,
  details: `Programs written for the hosted service get the same answers here, from your own cache. They send a key:
Authorization: Bearer rw_live_… (rewind keys create). What there is to ask: /v1/openapi.json, without a key.
It reads what the last sync brought, while a sync runs too, which an admin key may start: POST /v1/sync.
Ctrl-C or SIGTERM ends it, and a sync of its own, once answers under way are out.`,
  options: [
    { flags: "--open", help: "show the page of the shelf in the browser, by a link that opens once" },
    {
      flags: "--port <number>",
      help: "to listen on (8787); 0 is any that is free",
      parse: wholeNumber("--port", 0, 65_535),
    },
    {
      flags: "--host <address>",
      help: "to listen on (127.0.0.1); beyond this machine only once there is a key",
    },
    { flags: "--cors <origin>", help: "let the pages of this origin ask: https://example.org, or * for any" },
    {
      flags: "--allow-host <name>",
      help: "a name that a proxy in front is called by; may be repeated",
      parse: repeated(text),
    },
    {
      flags: "--rate-limit <number>",
      help: "requests a minute and key (600); 0 is without a limit",
      parse: wholeNumber("--rate-limit", 0, 1_000_000),
    },
  ],
  examples: [
    ["rewind serve --open", "the page of rewind report, with search, at http://127.0.0.1:8787/"],
    ["rewind serve", "http://127.0.0.1:8787/v1/collecting/cross-reference"],
    ["rewind serve --cors https://dash.example.org", "for a page of one's own"],
    ["rewind serve --host 0.0.0.0 --allow-host music.home", "for the network at home"],
  ],
  load: async () => (await import("./run.ts")).runServe,
};
