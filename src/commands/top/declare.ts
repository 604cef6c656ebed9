import { topSorts, topSubjects } from "../../queries/top/top.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, listOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "top",
  isQuestion: true,
  details: `Ranks the albums, artists or tracks that you played most; albums unless you say otherwise. Editions of an album
are counted together, and so are remasters of a track. Own shows the formats in which you own it. If you do not own it,
Own shows the album's id for rewind gaps and rewind open, and ★ if it is on your wantlist. Plays are scrobbles; a logged
play counts only as a spin.`,
  json: async () => {
    const { topAlbumsSchema, topArtistsSchema, topTracksSchema } =
      await import("../../queries/documents/play-documents.ts");
    return [
      { schema: topAlbumsSchema },
      { when: "For artists", schema: topArtistsSchema },
      { when: "For tracks", schema: topTracksSchema },
    ];
  },
  arguments: [
    {
      name: "[what...]",
      help: "albums, artists or tracks, then words to search for or a time such as 2025",
      choices: { words: topSubjects },
    },
  ],
  options: [
    {
      flags: "-s, --sort <order>",
      help: "spins only for albums",
      choices: { words: topSorts },
      usual: "plays",
    },
    ...filterOptions("albums"),
    { flags: "--owned", help: "only what you own" },
    { flags: "--not-owned", help: "only what you do not own" },
    duringOption,
    ...listOptions(),
  ],
  examples: [
    ["rewind top 2025", "the albums of a year, owned or not"],
    ["rewind top artists --during last-month", "the artists of last month"],
    ["rewind top tracks --not-owned --during 1y", "songs that are on none of your records"],
    ["rewind top --sort spins --during 1y", "the albums that you heard whole"],
  ],
  load: async () => (await import("./run.ts")).runTop,
};
