import type { CommandDeclaration } from "../shared/declaration.ts";
import { recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "open",
  details: `Opens records at Discogs and albums at Last.fm. Album ids such as a12 are printed by rewind gaps and rewind explain.
In a pipe, or without a browser, it prints the address instead.`,
  arguments: [
    { ...recordArgument, name: "<record...>", help: `${recordArgument.help}; or an album id such as a12` },
  ],
  examples: [
    ["rewind open 17", "open record 17 at Discogs"],
    ["rewind open nevermind", "open a record by its title"],
    ["rewind open a12", "open an album at Last.fm"],
    ["rewind open 17 | cat", "print the address"],
  ],
  load: async () => (await import("./run.ts")).runOpen,
};
