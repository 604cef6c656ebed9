import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "login",
  details: `Asks for a Discogs token and where your listening history is: on ListenBrainz, in files that you import later, on Last.fm,
or in several of these. It checks what you give, and saves it where only you can read it. Ctrl-C keeps what was checked.
--stdin asks nothing: it reads settings as JSON and changes only those.
--scrobble connects the services that rewind may send your logged plays to: ListenBrainz, Last.fm or both.`,
  options: [
    { flags: "--scrobble", help: "let rewind send the plays you log" },
    { flags: "--no-browser", help: "print web addresses instead of opening them" },
    { flags: "--stdin", help: "read JSON from stdin: discogs_token, listenbrainz_username, …" },
  ],
  examples: [
    ["rewind login", "connect your accounts, then sync"],
    ["rewind login --stdin < secrets.json", "save settings in a script"],
    ["pass show rewind | rewind login --stdin", "read the settings from a password manager"],
  ],
  load: async () => (await import("./run.ts")).runLogin,
};
