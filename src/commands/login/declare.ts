import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "login",
  details: `Asks for a Discogs token, a Last.fm API key and your name there, asks both services whose they are, and writes them
into the settings file, which only you can read. What is there already stays unless you say otherwise; Ctrl-C leaves
everything as it was. With --stdin nothing is asked: JSON with the keys of the settings file is read, and only these
change.
With --scrobble you let rewind send what you note with rewind played to Last.fm: it takes the shared secret of your API key,
and a click on a page of Last.fm.`,
  options: [
    { flags: "--scrobble", help: "let rewind scrobble what you note of the turntable" },
    { flags: "--no-browser", help: "print the addresses of the pages instead of opening them" },
    { flags: "--stdin", help: "read JSON from stdin: discogs_token, lastfm_api_key, lastfm_username, …" },
  ],
  examples: [
    ["rewind login", "from nothing to the first sync"],
    ["rewind login --stdin < secrets.json", "in a script"],
    ["pass show rewind | rewind login --stdin", "from a password manager"],
  ],
  load: async () => (await import("./run.ts")).runLogin,
};
