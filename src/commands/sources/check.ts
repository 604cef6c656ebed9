// rewind sources check: the periods that sources lack.
import type { Context } from "../../context.ts";
import type { Column } from "../../output/field.ts";
import { formatNumber } from "../../output/format-numbers.ts";
import { present } from "../../output/present.ts";
import {
  buildHolesDocument,
  formatDayNumber,
  querySourceHoles,
  type HolesResult,
  type SourceHole,
} from "../../queries/shelf/source-holes.ts";
import type { Invocation } from "../shared/command-declaration.ts";

export async function runSourcesCheck(context: Context, { form }: Invocation): Promise<void> {
  const answer = querySourceHoles(await context.openCache());
  await present(context, form, {
    document: () => buildHolesDocument(answer),
    table: () => ({
      columns: () => holeColumns,
      lines: answer.holes,
      footer: () => [[describeCounts(answer)], ...describeRemedies(answer).map((text) => [text])],
      empty: () => describeNoHoles(answer),
    }),
  });
}

const holeColumns: readonly Column<SourceHole>[] = [
  { header: "Kind", cell: ({ kind }) => kind },
  { header: "Source", cell: ({ source }) => source?.title ?? "all" },
  { header: "From", cell: ({ firstDay }) => formatDayNumber(firstDay) },
  { header: "To", cell: ({ lastDay, isOpen }) => (isOpen ? "now" : formatDayNumber(lastDay)) },
  { header: "Days", cell: ({ firstDay, lastDay }) => formatNumber(lastDay - firstDay + 1), numeric: true },
  {
    header: "Played elsewhere",
    cell: ({ others }) => others.map(({ title, plays }) => `${title} ${formatNumber(plays)}`).join(", "),
    flexible: { share: 1, maxWidth: 60, cut: "end" },
  },
];

function describeCounts({ holes, certain }: HolesResult): string {
  const probable = holes.length - certain;
  const counts = [
    ...(certain === 0 ? [] : [`${formatNumber(certain)} certain: another source has the plays`]),
    ...(probable === 0 ? [] : [`${formatNumber(probable)} probable: you play nearly every day`]),
  ];
  return counts.join(" · ");
}

/** "Spotify: import …": each remedy once. */
function describeRemedies({ holes }: HolesResult): string[] {
  return [...new Set(holes.map(({ source, remedy }) => `${source?.title ?? "All sources"}: ${remedy}`))];
}

function describeNoHoles({ titles, uncompared }: HolesResult): string {
  if (titles.length > 0) return `No holes found. Sources: ${titles.join(", ")}.`;
  return uncompared === null
    ? "No plays yet. To add some: rewind login, then rewind sync, or: rewind import FILE"
    : `Holes can't be found without the history of ${uncompared}.`;
}
