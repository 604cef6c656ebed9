import type { TerminalStyle } from "../../output/terminal.ts";
import type { Column } from "../../output/field.ts";
import type { Context } from "../../context.ts";
import { formatAge, formatLongDay } from "../../output/format-dates.ts";
import { safe, type SafeText } from "../../output/safe-text.ts";
import { renderFooter } from "../../output/paragraph.ts";
import { describeHeldPlays } from "../../output/describe-sources.ts";
import { formatBytes, pluralize, formatNumber } from "../../output/format-numbers.ts";
import { createDrawingView, present } from "../../output/present.ts";
import { renderTable, renderPlainRows } from "../../output/table.ts";
import {
  queryStatus,
  buildStatusDocument,
  type ListingState,
  type ListingStatus,
  type StatusResult,
} from "../../queries/shelf/status.ts";
import { describeFirstSync, isServiceSet, listMissingCollectionSettings } from "../../settings/connection.ts";
import { getStep } from "../../model/sync-steps.ts";
import { openCacheIfAny } from "../shared/access/matched-cache.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

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

async function runStatus(context: Context, { form }: Invocation): Promise<void> {
  const answer = queryStatus(await openCacheIfAny(context), { path: context.cachePath });
  await present(context, form, {
    document: () => buildStatusDocument(answer),
    table: () => createDrawingView((style) => renderStatus(context, answer, style)),
  });
}

function renderStatus(
  context: Context,
  status: StatusResult,
  { screen, colours }: TerminalStyle,
): SafeText[] {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const columns = buildColumns(nowUts, status);
  const { accounts, services, sources, heldPlays, listings, matches, nextFullReadUts } = status;
  const playsAccounts = [services.listens, services.listening].flatMap(({ id, name }) =>
    accounts[id] === null ? [] : [`${name} ${accounts[id]}`],
  );
  const fittingScreen = screen.isTerminal ? screen : { ...screen, width: Number.MAX_SAFE_INTEGER };
  const hasListing = listings.some(({ state, checkpoint }) => state !== "missing" || checkpoint !== null);
  if (!hasListing && sources.every(({ plays }) => plays === 0)) {
    const start = [`Run: ${describeFirstSync(context.settings())}`, "Without accounts: rewind demo"];
    return renderFooter(
      [[`Nothing is synced yet (looked in ${context.shownCachePath})`], start],
      fittingScreen,
    );
  }
  const head = renderFooter(
    [
      [
        `${services.collection.name} ${accounts[services.collection.id] ?? "not known yet"}`,
        ...playsAccounts,
      ],
      [
        context.isSample ? "" : context.shownCachePath,
        formatBytes(status.bytes),
        status.isSyncing ? "a sync is running" : "",
      ],
    ],
    fittingScreen,
  );
  const footer = renderFooter(
    [
      sources.map((source, at) => `${at === 0 ? "Plays: " : ""}${formatSource(source)}`),
      ...heldPlays.map((held) => [describeHeldPlays(held)]),
      matches === null
        ? []
        : [
            `Matches: ${formatNumber(matches.scrobbled)} by album`,
            `${formatNumber(matches.artistOnly)} artist only`,
            `${formatNumber(matches.none)} none`,
            matches.needsReview > 0 ? `${formatNumber(matches.needsReview)} to review: rewind review` : "",
          ],
      [context.isSample ? "" : formatNextRead(nextFullReadUts, nowUts)],
      [describeMissing(context, status)],
      ...listUnreadServices(context, status).map((name) => [
        `${name} is connected, and no play of it is read yet: rewind sync`,
      ]),
    ],
    fittingScreen,
  );
  const table = screen.isTerminal
    ? renderTable(columns, listings, screen)
    : renderPlainRows(columns, listings, screen);
  return [...head, safe``, ...table, safe``, ...footer.map(colours.dim)];
}

function buildColumns(nowUts: number, { listings, services }: StatusResult): Column<ListingStatus>[] {
  const formatAgo = (uts: number | null): string => (uts === null ? "" : `${formatAge(uts, nowUts)} ago`);
  const inProgress: Column<ListingStatus> = {
    header: "In progress",
    cell: ({ checkpoint }) =>
      checkpoint === null
        ? ""
        : `${pluralize(checkpoint.rows, "row")}, started ${formatAgo(checkpoint.startedUts)}`,
    dropOrder: 1,
  };
  return [
    { header: "Listing", cell: ({ name }) => name },
    {
      header: "Rows",
      cell: (listing) => formatNumber(isBegun(listing) ? listing.checkpoint.rows : listing.rows),
      numeric: true,
    },
    {
      header: "State",
      cell: (listing) => formatState(listing, services),
      flexible: { share: 1, maxWidth: 48, cut: "end" },
    },
    { header: "Synced", cell: ({ syncedUts }) => formatAgo(syncedUts) },
    { header: "Full read", cell: ({ fullReadUts }) => formatAgo(fullReadUts), dropOrder: 2 },
    ...(listings.some(({ checkpoint }) => checkpoint !== null) ? [inProgress] : []),
  ];
}

/** A first sync was interrupted while it read the listing. */
function isBegun(
  listing: ListingStatus,
): listing is ListingStatus & { readonly checkpoint: NonNullable<ListingStatus["checkpoint"]> } {
  return listing.state === "missing" && listing.checkpoint !== null;
}

function formatState(listing: ListingStatus, services: StatusResult["services"]): string {
  const { name, state, rows } = listing;
  const reportedRows = listing.reported ?? rows;
  const { asks } = getStep(name);
  const service = services[asks === "listening" || asks === "listens" ? asks : "collection"].name;
  const texts: Readonly<Record<ListingState, string>> = {
    missing: isBegun(listing) ? "so far" : "not synced yet",
    complete: "complete",
    short:
      listing.listed === null
        ? `${formatNumber(reportedRows - rows)} more by ${service}'s count`
        : `${service} lists ${formatNumber(listing.listed)} of ${formatNumber(reportedRows)}`,
    held: `${formatNumber(listing.held ?? 0)} no longer listed, kept for now`,
    hidden: `hidden on ${service}`,
    private: `private on ${service}`,
  };
  return listing.isStopped ? "stopped" : texts[state];
}

/** "" if every listing was read. */
function describeMissing(context: Context, { listings, services }: StatusResult): string {
  const missing = listings.filter(({ state }) => state === "missing").map(({ name }) => name);
  if (missing.length === 0) return "";
  return missing.includes("collection") && listMissingCollectionSettings(context.settings()).length > 0
    ? `${services.collection.name} is not connected, so your records are not known: rewind login`
    : "Not everything is synced yet: rewind sync";
}

/** The names of listening services with settings, whose account no sync has seen. */
function listUnreadServices(context: Context, { accounts, services }: StatusResult): string[] {
  if (context.isSample) return [];
  return [services.listens, services.listening].flatMap((service) =>
    accounts[service.id] === null && isServiceSet(context.settings(), service) ? [service.name] : [],
  );
}

/** "Last.fm 90,018 until 30 Nov 2026 (stopped)" */
function formatSource({
  title,
  plays,
  lastUts,
  stoppedUts,
  refusal,
}: StatusResult["sources"][number]): string {
  const until = lastUts === null ? "" : ` until ${formatLongDay(lastUts)}`;
  const state = stoppedUts !== null ? " (stopped)" : refusal !== null ? " (refused)" : "";
  return `${title} ${formatNumber(plays)}${until}${state}`;
}

function formatNextRead(uts: number | null, nowUts: number): string {
  if (uts === null) return "";
  return uts <= nowUts
    ? "The next sync reads the whole collection"
    : `The whole collection is read again by the first sync after ${formatLongDay(uts)}, or with rewind sync --full`;
}
