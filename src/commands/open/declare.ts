import type { CommandDeclaration } from "../shared/declaration.ts";
import { recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "open",
  details: `A record's page is at Discogs, that of an album (a12, as gaps and explain print it) at Last.fm. In a pipe, and where
there is no browser, the address is printed.`,
  arguments: [
    { ...recordArgument, name: "<record...>", help: `${recordArgument.help}; or a12 an album of Last.fm` },
  ],
  examples: [
    ["rewind open 17", "the release at Discogs"],
    ["rewind open nevermind", "by words that find one album"],
    ["rewind open a12", "the album at Last.fm"],
    ["rewind open 17 | cat", "its address"],
  ],
  load: async () => (await import("./run.ts")).runOpen,
};
