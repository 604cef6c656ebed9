import type { TerminalStyle } from "../../output/screen.ts";
import type { Column } from "../../output/field.ts";
import type { Context } from "../../context.ts";
import { age, localDayInWords } from "../../output/dates.ts";
import { safe, type SafeText } from "../../output/escape.ts";
import { footerLines } from "../../output/paragraph.ts";
import { heldText } from "../../output/source-text.ts";
import { bytesText, counted, thousands } from "../../output/number-text.ts";
import { drawing, present } from "../../output/present.ts";
import { fittedTable, plainLines } from "../../output/table.ts";
import {
  ask,
  document,
  type ListingState,
  type ListingStatus,
  type StatusAnswer,
} from "../../queries/shelf/status.ts";
import { stepOf } from "../../model/steps.ts";
import { openCacheIfAny } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "status",
  isQuestion: true,
  details: "Shows the accounts, the rows of each list and their age. It asks no service.",
  json: async () => [
    { schema: (await import("../../queries/documents/statistics-documents.ts")).statusSchema },
  ],
  options: [jsonOption],
  examples: [
    ["rewind status", "show the state of the cache"],
    [
      "rewind status --json | jq -r '.listings[] | [.name, .rows] | @tsv'",
      "print the row counts for a script",
    ],
  ],
  load: async () => runStatus,
};

async function runStatus(context: Context, { form }: Call): Promise<void> {
  const answer = ask(await openCacheIfAny(context), { path: context.cachePath });
  await present(context, form, {
    document: () => document(answer),
    table: () => drawing((style) => screenLines(context, answer, style)),
  });
}

function screenLines(context: Context, status: StatusAnswer, { screen, colours }: TerminalStyle): SafeText[] {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const columns = columnsOf(nowUts, status);
  const { accounts, services, sources, heldPlays, listings, matches, nextWalkUts } = status;
  const playsAccounts = [services.listens, services.listening].flatMap(({ id, name }) =>
    accounts[id] === null ? [] : [`${name} ${accounts[id]}`],
  );
  const fittingScreen = screen.isTerminal ? screen : { ...screen, width: Number.MAX_SAFE_INTEGER };
  if (listings.every(({ state, walk }) => state === "missing" && walk === null)) {
    const start = ["Run: rewind login, then rewind sync", "Without accounts: rewind demo"];
    return footerLines(
      [[`Nothing is synced yet (looked in ${context.shownCachePath})`], start],
      fittingScreen,
    );
  }
  const head = footerLines(
    [
      [
        `${services.collection.name} ${accounts[services.collection.id] ?? "not known yet"}`,
        ...playsAccounts,
      ],
      [
        context.services === undefined ? context.shownCachePath : "",
        bytesText(status.bytes),
        status.isSyncing ? "a sync is running" : "",
      ],
    ],
    fittingScreen,
  );
  const footer = footerLines(
    [
      sources.map((source, at) => `${at === 0 ? "Plays: " : ""}${sourceText(source)}`),
      ...heldPlays.map((held) => [heldText(held)]),
      matches === null
        ? []
        : [
            `Matches: ${thousands(matches.scrobbled)} by album`,
            `${thousands(matches.artistOnly)} artist only`,
            `${thousands(matches.none)} none`,
            matches.doubtful > 0 ? `${thousands(matches.doubtful)} doubtful: rewind review` : "",
          ],
      [nextWalkText(nextWalkUts, nowUts)],
      [listings.some(({ state }) => state === "missing") ? "Not everything is synced yet: rewind sync" : ""],
    ],
    fittingScreen,
  );
  const table = screen.isTerminal
    ? fittedTable(columns, listings, screen)
    : plainLines(columns, listings, screen);
  return [...head, safe``, ...table, safe``, ...footer.map(colours.dim)];
}

function columnsOf(nowUts: number, { listings, services }: StatusAnswer): Column<ListingStatus>[] {
  const ago = (uts: number | null): string => (uts === null ? "" : `${age(nowUts - uts)} ago`);
  const underWay: Column<ListingStatus> = {
    header: "Under way",
    cell: ({ walk }) =>
      walk === null ? "" : `${counted(walk.rows, "row")}, started ${ago(walk.startedUts)}`,
    dropOrder: 1,
  };
  return [
    { header: "Listing", cell: ({ name }) => name },
    { header: "Rows", cell: ({ rows }) => thousands(rows), numeric: true },
    {
      header: "State",
      cell: (listing) => stateText(listing, services),
      flexible: { share: 1, maxWidth: 48, cut: "end" },
    },
    { header: "Synced", cell: ({ syncedUts }) => ago(syncedUts) },
    { header: "Full read", cell: ({ walkedUts }) => ago(walkedUts), dropOrder: 2 },
    ...(listings.some(({ walk }) => walk !== null) ? [underWay] : []),
  ];
}

function stateText(listing: ListingStatus, services: StatusAnswer["services"]): string {
  const { name, state, rows } = listing;
  const reportedRows = listing.reported ?? rows;
  const { asks } = stepOf(name);
  const service = services[asks === "listening" || asks === "listens" ? asks : "collection"].name;
  const texts: Readonly<Record<ListingState, string>> = {
    missing: "not synced yet",
    complete: "complete",
    short:
      listing.listed === null
        ? `${thousands(reportedRows - rows)} more by ${service}'s count`
        : `${service} lists ${thousands(listing.listed)} of ${thousands(reportedRows)}`,
    held: `${thousands(listing.held ?? 0)} no longer listed, kept for now`,
    hidden: `hidden on ${service}`,
    private: `private on ${service}`,
  };
  return listing.isStopped ? "stopped" : texts[state];
}

/** "Last.fm 90,018 until 30 Nov 2026 (stopped)" */
function sourceText({ title, plays, lastUts, stoppedUts, refusal }: StatusAnswer["sources"][number]): string {
  const until = lastUts === null ? "" : ` until ${localDayInWords(lastUts)}`;
  const state = stoppedUts !== null ? " (stopped)" : refusal !== null ? " (refused)" : "";
  return `${title} ${thousands(plays)}${until}${state}`;
}

function nextWalkText(uts: number | null, nowUts: number): string {
  if (uts === null) return "";
  return uts <= nowUts
    ? "The next sync reads the whole collection"
    : `The whole collection is read again by the first sync after ${localDayInWords(uts)}, or with rewind sync --full`;
}
