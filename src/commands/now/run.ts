import { fetchFromServices, readReported } from "../../actions/fetch-playing-now.ts";
import type { Context } from "../../context.ts";
import { findWorstError, NegativeAnswer, NotReadyError, ServiceError } from "../../model/errors.ts";
import { getSourceTitle } from "../../model/listening-sources.ts";
import type { PlayingNow } from "../../model/playing-now.ts";
import { formatLongDay } from "../../output/format-dates.ts";
import { flowParts, joinParts, renderNameHeader, wrapText } from "../../output/paragraph.ts";
import { createDrawingView, present } from "../../output/present.ts";
import { joinLines, safe, toPrintable, type SafeText } from "../../output/safe-text.ts";
import { toTerminalText, type Terminal, type TerminalStyle } from "../../output/terminal.ts";
import { cutEnd } from "../../output/width.ts";
import { buildNowDocument, queryNow, type NowResult } from "../../queries/albums/now.ts";
import { createEmptyCache } from "../../store/open-cache.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { formatYears, listPlayFacts } from "../shared/listing/format-times.ts";
import { buildRecordUrl, formatLabel } from "../shared/listing/list-fields.ts";
import { buildAsOption, jsonOption } from "../shared/listing/list-options.ts";
import { readOutputFormat } from "../shared/listing/run-listing.ts";

const nowOptions = declareOptions(buildAsOption(["table", "line", "json"]), jsonOption);

export const declaration = declareCommand({
  name: "now",
  isQuestion: true,
  details: `The first that has something is shown: a player that reports to rewind serve, ListenBrainz, Last.fm. The record is one
of the album that is playing, or else one that has the song. Its place is its folder, and the custom field named by the setting
shelf_field. --as line prints one short line for tmux or a status bar.
The exit code is 0 if something is playing and 1 if nothing is.`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).nowSchema }],
  options: nowOptions,
  examples: [
    ["rewind now", "what is playing, and where the record is"],
    ["rewind now --as line", "one line for a status bar; empty if nothing is playing"],
  ],
  load: async () => runNow,
});

async function runNow(context: Context, call: Invocation<typeof nowOptions>): Promise<void> {
  const as = readOutputFormat(call.options, context);
  const reported = readReported(context.cachePath, Math.floor(context.clock.now() / 1000));
  const { database, hasCollection } = await openMatchedCache(context, {
    notifies: false,
    needsCollection: false,
  }).catch((error: unknown) => {
    // A client reports its first track before a play is stored.
    if (reported === null || !(error instanceof NotReadyError)) throw error;
    return { database: createEmptyCache(), hasCollection: false };
  });
  const { failures, asked, ...report } =
    reported ?? (await fetchFromServices(createActionAccess(context, database)));
  const failure = report.playing === null && failures.length === asked ? findWorstError(failures) : undefined;
  if (failure !== undefined) {
    // The service's own hint is about a sync.
    throw failure instanceof ServiceError
      ? failure.withHint("Check your network, or try again later.")
      : failure;
  }
  for (const { message } of failures) context.note(`rewind: ${message}`);
  const answer = queryNow(database, { report, shelfField: context.settings()("shelf_field") });
  if (as === "line") await context.write(joinLines(renderLine(answer, context.screen)));
  else {
    await present(
      context,
      { as },
      {
        document: () => buildNowDocument(answer),
        table: () => createDrawingView((style) => renderNow(answer, { asked, hasCollection }, style)),
      },
    );
  }
  if (answer.playing === null) throw new NegativeAnswer("no");
}

/** Longer names leave no room for the rest in a status bar. */
const maxNameWidth = 40;

/** "Radiohead · Karma Police · #733 2×LP, Rock, shelf A3 · last spin 3 Mar 2026", in the bar's own colours. */
function renderLine({ playing, record }: NowResult, screen: Terminal): SafeText[] {
  if (playing === null) return [];
  const names = [playing.artist, playing.title].map((name) =>
    cutEnd(toPrintable(name.trim()), maxNameWidth, toTerminalText("…", screen)),
  );
  const facts =
    record === null
      ? []
      : [`#${record.id} ${joinParts([record.form, ...listPlaces(record)], ", ")}`, describeLastSpin(record)];
  return [toTerminalText(joinParts([...names, ...facts]), screen)];
}

function renderNow(
  answer: NowResult,
  { asked, hasCollection }: { readonly asked: number; readonly hasCollection: boolean },
  style: TerminalStyle,
): SafeText[] {
  const { playing, record, recordIds, source } = answer;
  const { screen, colours } = style;
  if (playing === null) {
    const start = asked > 0 ? "" : " No listening service was asked. To connect one: rewind login";
    return wrapText(`Nothing is playing.${start}`, screen);
  }
  const inner = { ...screen, width: screen.width - 2 };
  const lines = [
    ...wrapText(playing.artist, inner).map(colours.bold),
    ...renderNameHeader(playing.title, describeOrigin(playing, source), { ...style, screen: inner }),
    ...(playing.album === null ? [] : wrapText(playing.album, inner)),
    safe``,
    ...(record === null
      ? wrapText(hasCollection ? "Not on your shelf." : "Your records are not known yet.", inner)
      : renderRecord(record, recordIds, { ...style, screen: inner })),
  ];
  return [safe``, ...lines.map((line) => (line === "" ? line : safe`  ${line}`))];
}

function renderRecord(
  record: NonNullable<NowResult["record"]>,
  [, ...others]: NowResult["recordIds"],
  style: TerminalStyle,
): SafeText[] {
  const { screen, colours } = style;
  const { id, foundBy, playCount, spins } = record;
  const title = `${foundBy === "album" ? "Your record" : "Also on"}: ${record.title.trim()}`;
  const facts = [record.form, formatLabel(record), formatYears(record), ...listPlaces(record)];
  const commands = [
    `Its plays: rewind explain ${id}`,
    others.length === 0 ? "" : `Your other copies: ${others.map((other) => `#${other}`).join(", ")}`,
  ];
  return [
    ...renderNameHeader(title, `#${id}`, style, buildRecordUrl(record.releaseId)),
    ...flowParts(facts, screen),
    ...flowParts([...listPlayFacts(playCount, spins, null), describeLastSpin(record)], screen),
    safe``,
    ...flowParts(commands, screen, "     ").map(colours.dim),
  ];
}

/** The player, and the service that says so. */
function describeOrigin({ client }: PlayingNow, source: string | null): string {
  return joinParts(
    [client ?? "", source === null || source === "direct" ? "" : getSourceTitle(source)],
    ", ",
  );
}

function listPlaces({ folder, shelf }: NonNullable<NowResult["record"]>): string[] {
  return [folder === null ? "" : `folder ${folder}`, shelf === null || shelf === "" ? "" : `shelf ${shelf}`];
}

function describeLastSpin({ lastSpinUts, lastEverPlayedUts }: NonNullable<NowResult["record"]>): string {
  if (lastSpinUts !== null) return `last spin ${formatLongDay(lastSpinUts)}`;
  return lastEverPlayedUts === null ? "" : `last play ${formatLongDay(lastEverPlayedUts)}`;
}
