// What the last change of the rules changed, record by record (rewind review --changed).
import type { Context } from "../../context.ts";
import type { Column } from "../../output/field.ts";
import type { Colours } from "../../output/look.ts";
import { confidenceText, counted } from "../../output/numbers.ts";
import { present, type TableView } from "../../output/present.ts";
import { ask, document, type ChangedMatch, type MatchVerdict } from "../../queries/doubts/former-matches.ts";
import type { Database } from "../../store/file/database.ts";

export async function showChanged(
  context: Context,
  database: Database,
  { asJson }: { readonly asJson: boolean },
): Promise<void> {
  const changes = ask(database);
  await present(
    context,
    { as: asJson ? "json" : "table" },
    { document: () => document(changes), table: () => changeTable(changes) },
  );
}

function changeTable(changes: readonly ChangedMatch[]): TableView<ChangedMatch> {
  return {
    columns: ({ colours }) => columnsOf(colours),
    lines: changes,
    footer: () => [[`${counted(changes.length, "record")} changed`, "why: rewind explain #"]],
    empty: () => "The rules of matching have changed no record.",
  };
}

function columnsOf(colours: Colours): Column<ChangedMatch>[] {
  return [
    {
      header: "#",
      cell: ({ recordId }) => String(recordId),
      numeric: true,
      paint: (cell) => colours.dim(cell),
    },
    {
      header: "Artist",
      cell: ({ artist }) => artist,
      flexible: { share: 2, maxWidth: 24, cut: "end" },
    },
    {
      header: "Title",
      cell: ({ title }) => title,
      flexible: { share: 3, maxWidth: 36, cut: "middle" },
    },
    {
      header: "Before",
      cell: ({ before }) => verdictText(before),
      flexible: { share: 3, maxWidth: 50, cut: "end" },
    },
    {
      header: "Now",
      cell: ({ now }) => verdictText(now),
      flexible: { share: 3, maxWidth: 50, cut: "end" },
    },
  ];
}

/** "333 Nevermind +3", "~.85 258 Lift Yr. Skinny Fists", "artist", "none" */
function verdictText({ type, confidence, albums, playCount }: MatchVerdict): string {
  if (type === "artist_only") return "artist";
  const [album, ...others] = albums;
  if (album === undefined) return "none";
  const doubt = type === "fuzzy" ? `~${confidenceText(confidence)} ` : "";
  return `${doubt}${playCount} ${album.title}${others.length === 0 ? "" : ` +${others.length}`}`;
}
