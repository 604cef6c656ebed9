// Doubtful matches one a line, for a pipe (rewind review).
import { confidenceText } from "../../output/numbers.ts";
import type { DoubtView } from "./screen.ts";
import type { Column } from "../../output/table.ts";

export type DoubtLine = DoubtView & { readonly command: string };

export const doubtColumns: readonly Column<DoubtLine>[] = [
  { header: "#", cell: ({ recordIds }) => recordIds.join(","), numeric: true },
  {
    header: "Kind",
    cell: ({ kind, confidence }) => (kind === "fuzzy" ? `~${confidenceText(confidence)}` : kind),
  },
  { header: "Plays", cell: ({ playsAtStake }) => String(playsAtStake), numeric: true },
  { header: "Artist", cell: ({ artist }) => artist },
  { header: "Title", cell: ({ title }) => title },
  { header: "Album", cell: ({ candidates }) => candidates[0]?.title ?? "" },
  { header: "Command", cell: ({ command }) => command },
];
