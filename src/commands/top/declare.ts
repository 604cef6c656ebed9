import { topSorts, topSubjects } from "../../queries/top/top.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  duringOption,
  filterOptions,
  formOptions,
  jsonOption,
  pagingOptions,
} from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "top",
  isQuestion: true,
  details: `What: ${topSubjects.join(", ")} (${topSubjects[0]}); further words narrow the list. Editions of an album are added
up, and so are the remasters of a track. Own: the forms in which you own it, else the id by which rewind gaps and
rewind open call it, and ★ where it is on your wantlist.
Plays are scrobbles; a play that you noted counts among the spins.`,
  json: async () => {
    const { topAlbumsSchema, topArtistsSchema, topTracksSchema } =
      await import("../../queries/documents/plays.ts");
    return [
      { schema: topAlbumsSchema },
      { when: "Of artists", schema: topArtistsSchema },
      { when: "Of tracks", schema: topTracksSchema },
    ];
  },
  arguments: [
    {
      name: "[what...]",
      help: "albums, artists or tracks, then words, or a span of time: 2025",
      choices: { words: topSubjects },
    },
  ],
  options: [
    { flags: "-s, --sort <order>", help: "spins: of albums", choices: { words: topSorts }, usual: "plays" },
    ...filterOptions("albums"),
    { flags: "--owned", help: "only what you own" },
    { flags: "--not-owned", help: "only what you do not own" },
    duringOption,
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind top 2025", "the albums of a year, owned and not owned in one list"],
    ["rewind top artists --during last-month", "whom you played most last month"],
    ["rewind top tracks --not-owned --during 1y", "songs on records that you do not have"],
    ["rewind top --sort spins --during 1y", "what you really put on"],
  ],
  load: async () => (await import("./run.ts")).runTop,
};
