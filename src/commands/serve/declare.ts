import type { CommandDeclaration } from "../shared/declaration.ts";
import { texts, wholeNumber } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "serve",
  runsUntilStopped: true,
  details: `Answers HTTP requests from your cache, compatible with the hosted Rewind API. Programs send an API key from rewind keys
create. Endpoints are described at /v1/openapi.json (no key needed).
Answers come from the last completed sync, even while another sync runs. An admin key can start a sync with POST
/v1/sync. Ctrl-C or SIGTERM finishes open requests, then stops.`,
  options: [
    { flags: "--open", help: "open a page of your shelf in the browser" },
    {
      flags: "--port <number>",
      help: "port to listen on (default: 8787); 0 picks a free one",
      parse: wholeNumber("--port", 0, 65_535),
    },
    {
      flags: "--host <address>",
      help: "address to listen on (default: 127.0.0.1); others need an API key",
    },
    { flags: "--cors <origin>", help: "allow requests from web pages of this origin, or * for any" },
    {
      flags: "--allow-host <name>",
      help: "extra host name to accept, for example a reverse proxy's; repeatable",
      parse: texts,
    },
    {
      flags: "--rate-limit <number>",
      help: "requests per minute and key (default: 600); 0 is unlimited",
      parse: wholeNumber("--rate-limit", 0, 1_000_000),
    },
  ],
  examples: [
    ["rewind serve --open", "show your shelf in the browser, with search"],
    ["rewind serve", "serve http://127.0.0.1:8787/v1/collecting/cross-reference"],
    ["rewind serve --cors https://dash.example.org", "allow requests from your own web page"],
    ["rewind serve --host 0.0.0.0 --allow-host music.home", "serve your home network"],
  ],
  load: async () => (await import("./run.ts")).runServe,
};
