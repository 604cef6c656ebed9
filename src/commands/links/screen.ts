// The user's decisions as a table (rewind links).
import type { Colours } from "../../output/colour.ts";
import { localDay } from "../../output/dates.ts";
import type { Column } from "../../output/table.ts";

export interface DecisionLine {
  readonly recordId: number | null;
  readonly releaseId: number;
  readonly isOneCopy: boolean;
  readonly artist: string | null;
  readonly title: string | null;
  readonly mode: "adjust" | "only" | "none";
  readonly add: readonly DecisionAlbum[];
  readonly not: readonly DecisionAlbum[];
  readonly decidedUts: number;
}

interface DecisionAlbum {
  readonly title: string;
  /** null: not in the chart now. */
  readonly id: number | null;
}

export function decisionColumns(colours: Colours): Column<DecisionLine>[] {
  return [
    {
      header: "#",
      cell: ({ recordId, releaseId }) => (recordId === null ? `r${releaseId}` : String(recordId)),
      numeric: true,
      paint: (cell) => colours.dim(cell),
    },
    {
      header: "Artist",
      cell: ({ artist }) => artist ?? "",
      flexible: { share: 2, maxWidth: 24, cut: "end" },
    },
    {
      header: "Title",
      cell: ({ title, recordId }) => title ?? (recordId === null ? "not in the collection now" : ""),
      flexible: { share: 3, maxWidth: 40, cut: "middle" },
    },
    {
      header: "Decision",
      cell: (line) => decisionText(line),
      flexible: { share: 4, maxWidth: 80, cut: "end" },
    },
    { header: "Since", cell: ({ decidedUts }) => localDay(decidedUts), dropOrder: 1 },
  ];
}

/** "with a12 Nevermind; without a340 In Utero", "only a12 Nevermind", "none" */
function decisionText({ mode, add, not, isOneCopy }: DecisionLine): string {
  const scope = isOneCopy ? "this copy: " : "";
  if (mode === "none") return `${scope}none`;
  const added = add.map(albumText).join(", ");
  if (mode === "only") return `${scope}only ${added}`;
  return (
    scope +
    [added === "" ? "" : `with ${added}`, not.length === 0 ? "" : `without ${not.map(albumText).join(", ")}`]
      .filter((part) => part !== "")
      .join("; ")
  );
}

function albumText({ id, title }: DecisionAlbum): string {
  return id === null ? `${title} (not in the chart now)` : `a${id} ${title}`;
}
