// The user's decisions as a table (rewind links).
import type { Colours } from "../../output/look.ts";
import type { Column } from "../../output/field.ts";
import { localDay } from "../../output/dates.ts";
import { counted } from "../../output/numbers.ts";
import type { TableView } from "../../output/present.ts";
import type { DecidedAlbum, ListedDecision } from "../../decisions/decision-list.ts";
import { artistColumn, numberColumn, titleColumn } from "../shared/listing/name-columns.ts";

export function decisionTable(decisions: readonly ListedDecision[]): TableView<ListedDecision> {
  return {
    columns: ({ colours }) => columnsOf(colours),
    lines: decisions,
    footer: () => [
      [
        counted(decisions.length, "decision"),
        "undo: rewind link # --clear",
        "keep them: rewind links export > FILE",
      ],
    ],
    empty: () => "No decisions yet.",
  };
}

function columnsOf(colours: Colours): Column<ListedDecision>[] {
  return [
    numberColumn(colours, ({ recordId, releaseId }) =>
      recordId === null ? `r${releaseId}` : String(recordId),
    ),
    artistColumn(({ artist }) => artist ?? ""),
    titleColumn(({ title, recordId }) => title ?? (recordId === null ? "not in the collection now" : "")),
    {
      header: "Decision",
      cell: (line) => decisionText(line),
      flexible: { share: 4, maxWidth: 80, cut: "wrap" },
    },
    { header: "Since", cell: ({ decidedUts }) => localDay(decidedUts), dropOrder: 1 },
  ];
}

/** "with a12 Nevermind; without a340 In Utero", "only a12 Nevermind", "none" */
function decisionText({ mode, add, not, instanceId }: ListedDecision): string {
  const scope = instanceId !== 0 ? "this copy: " : "";
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

function albumText({ id, title }: DecidedAlbum): string {
  return id === null ? `${title} (not in your plays now)` : `a${id} ${title}`;
}
