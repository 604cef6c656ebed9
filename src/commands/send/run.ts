import {
  planSendingHistory,
  requireListed,
  sendMissingPlays,
  unsendableRules,
  type HistorySending,
  type HistoryTarget,
  type SendingPlan,
} from "../../actions/sources/send-history.ts";
import type { Context } from "../../context.ts";
import {
  AccountError,
  InterruptedError,
  ServiceError,
  UnknownValue,
  UsageError,
} from "../../model/errors.ts";
import { parseBaseUrl } from "../../model/base-url.ts";
import { toIsoOrNull } from "../../model/times.ts";
import { formatLongDay, formatDayAndTime } from "../../output/format-dates.ts";
import { formatNumber, pluralize } from "../../output/format-numbers.ts";
import { writeJson } from "../../output/json.ts";
import { wrapSentence } from "../../output/paragraph.ts";
import { joinLines } from "../../output/safe-text.ts";
import type { SendPlaysDocument } from "../../queries/documents/sync-documents.ts";
import { requireHistory } from "../../queries/statistics/readiness.ts";
import { readSendingSettings, type ListenServer } from "../../settings/connection.ts";
import { listenbrainzService } from "../../sources/all-services.ts";
import { targetTokenSetting } from "../../sources/service-lookup.ts";
import { readStoppedUts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import {
  declareCommand,
  declareOptions,
  type CommandDeclaration,
  type Invocation,
} from "../shared/command-declaration.ts";
import { jsonOption } from "../shared/listing/list-options.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { withProgress } from "../shared/terminal/with-progress.ts";

const sendExample = "rewind send plays --to listenbrainz";

const sendOptions = declareOptions(
  {
    flags: "--to <target>",
    help: "where to send: listenbrainz, or the address of a server that speaks its API",
    examples: "listenbrainz, https://music.example.org",
    parse: parseTarget,
  },
  { flags: "--dry-run", help: "show what would be sent, and send nothing" },
  { flags: "--yes", help: "send without asking" },
  jsonOption,
);

export const declaration: CommandDeclaration = {
  name: "send",
  examples: [[sendExample, "send what ListenBrainz lacks"]],
  commands: [
    declareCommand({
      name: "plays",
      summary: "send the plays that ListenBrainz, or your own server, lacks",
      details: `Reads what the server lists, shows what it lacks of your history, asks, sends only that, and reads it back. You can stop
it at any time and run it again. Plays known only to the day are left out. Plays that you only logged: rewind played send
For another server, rewind asks for its token; scripts set ${targetTokenSetting.environment}, or save target_token with
rewind login --stdin. Last.fm takes no play that is older than 14 days.`,
      json: async () => [
        { schema: (await import("../../queries/documents/sync-documents.ts")).sendPlaysSchema },
      ],
      options: sendOptions,
      examples: [
        [`${sendExample} --dry-run`, "show what ListenBrainz lacks"],
        [sendExample, "send it, after you say yes"],
        ["rewind send plays --to https://music.example.org", "fill a server of your own"],
      ],
      load: async () => runSendPlays,
    }),
  ],
};

/** null: ListenBrainz itself, as the settings know it. */
type Target = { readonly url: URL | null };

function parseTarget(text: string): Target {
  if (text.toLowerCase() === listenbrainzService.id) return { url: null };
  if (text.toLowerCase() === "lastfm") {
    throw new UsageError(
      "Last.fm takes no play that is older than 14 days, so a history can't be sent there",
      `To send logged plays: rewind played send        To ListenBrainz: ${sendExample}`,
    );
  }
  if (!text.includes(":")) throw new UnknownValue("--to", text, [listenbrainzService.id, "https://SERVER"]);
  const url = parseBaseUrl("--to", text);
  url.pathname = url.pathname.replace(/\/1\/$/, "/");
  return { url: url.href === listenbrainzService.baseUrl ? null : url };
}

async function runSendPlays(
  context: Context,
  { options, asJson }: Invocation<typeof sendOptions>,
): Promise<void> {
  const { to } = options;
  if (to === undefined)
    throw new UsageError("--to is missing: say where to send the plays", `Try: ${sendExample}`);
  const isDryRun = options.dryRun === true;
  const isSure = options.yes === true;
  const database = await context.openWritableCache();
  requireHistory(database, "Single plays");
  const server = await readServer(context, database, to);
  if (!isDryRun && !isSure && (asJson || !context.canAsk)) {
    throw new UsageError(
      "rewind cannot ask you here",
      "To send without asking, add --yes. To see what would be sent: --dry-run",
    );
  }
  const services = await context.connectWith(readSendingSettings(context.settings(), server));
  const signal = context.getInterruptSignal();
  const service = services.listens;
  const writer = service?.writer ?? null;
  if (service === null || writer === null) throw createNoTokenError(server);
  const target: HistoryTarget = { id: server?.url.href ?? listenbrainzService.id, service, writer };
  const access = {
    database,
    target,
    nowUts: Math.floor(context.clock.now() / 1000),
    call: { signal },
    // The next request notices the interruption.
    sleep: (ms: number) => context.clock.sleep(ms, signal).catch(() => {}),
  };
  let plan: SendingPlan | undefined;
  let isStarted = false;
  try {
    plan = await withProgress(context, `Reading what ${service.name} lists`, (show) =>
      planSendingHistory({
        ...access,
        onProgress: (...progress) => show(formatProgress(target, ...progress)),
      }),
    );
    const shown = plan;
    if (!asJson) await writeSentences(context, describePlan(shown, target));
    const isConfirmed =
      !isDryRun && shown.missing > 0 && (isSure || (await confirmSending(context, shown, target)));
    isStarted = isConfirmed;
    const sending = isConfirmed
      ? await withProgress(context, `Sending to ${service.name}`, (show) =>
          sendMissingPlays(
            { ...access, onProgress: (...progress) => show(formatProgress(target, ...progress)) },
            shown,
          ),
        )
      : nothingSent;
    if (asJson) await writeJson(context, buildDocument(shown, sending, { target, isDryRun }));
    else await writeSentences(context, describeSending(shown, sending, { target, isDryRun, isConfirmed }));
    requireListed(sending, target);
  } catch (error) {
    throw addHint(error, server, isStarted ? againHint : notStartedHint);
  } finally {
    plan?.plays.close();
    await services.close();
  }
}

const nothingSent: HistorySending = { sent: 0, refused: [], shortDays: [] };

/** null: ListenBrainz itself. */
async function readServer(
  context: Context,
  database: Database,
  { url }: Target,
): Promise<ListenServer | null> {
  if (context.isSample) {
    throw new UsageError("rewind demo has no account to send to", `To send your own plays: ${sendExample}`);
  }
  if (url === null) {
    const { id, name } = listenbrainzService;
    if (readStoppedUts(database, id) !== null) {
      throw new UsageError(
        `${name} is stopped, so nothing is sent there`,
        `Run: rewind sources resume ${id}`,
      );
    }
    if (context.settings()("listenbrainz_token") === null) throw createNoTokenError(null);
    return null;
  }
  const token = context.settings()(targetTokenSetting.name);
  if (token !== null) return { url, token };
  if (!context.canAsk) throw createNoTokenError({ url });
  const asked = await converse(
    context,
    () => "Nothing was sent.",
    (conversation) => conversation.ask({ label: `Token of ${url.host}:`, isHidden: true }),
  );
  return { url, token: asked };
}

function createNoTokenError(server: Pick<ListenServer, "url"> | null): AccountError {
  return server === null
    ? new AccountError(
        "rewind may not send to ListenBrainz yet: LISTENBRAINZ_TOKEN is missing",
        "Run: rewind login --scrobble",
      )
    : new AccountError(
        `rewind has no token of ${server.url.host}`,
        `Set ${targetTokenSetting.environment}, or save target_token: rewind login --stdin`,
      );
}

const againHint = "What was sent stays. Run the same again: it sends only what is missing.";
const notStartedHint = "Nothing was sent. You can run the same again later.";

/** Errors of the services are written for a sync. */
function addHint(error: unknown, server: ListenServer | null, hint: string): unknown {
  if (error instanceof InterruptedError) return error.withHint(hint);
  if (error instanceof ServiceError && /rewind sync/.test(error.hint)) return error.withHint(hint);
  if (server === null) return error;
  if (error instanceof AccountError) {
    return error.withHint(`Check the token: it decides which user of ${server.url.host} gets the plays.`);
  }
  return error instanceof UsageError
    ? error.withHint(
        "So rewind can't find out what it lacks. To import a file there: rewind export plays > plays.jsonl",
      )
    : error;
}

async function confirmSending(
  context: Context,
  { missing, username }: SendingPlan,
  { service }: HistoryTarget,
) {
  return converse(
    context,
    () => "Nothing was sent.",
    (conversation) =>
      conversation.confirm(`Send ${pluralize(missing, "play")} to ${service.name} as ${username}?`, false),
  );
}

function formatProgress(
  { service: { name } }: HistoryTarget,
  stage: "read" | "sent" | "checked",
  plays: number,
  allPlays: number,
): string {
  const share = `${formatNumber(plays)} of ${pluralize(allPlays, "play")}`;
  if (stage === "read") return `Reading what ${name} lists: ${share}`;
  return stage === "sent" ? `Sending to ${name}: ${share}` : `Checking what ${name} lists: ${share}`;
}

function describePlan(plan: SendingPlan, { service: { name } }: HistoryTarget): string[] {
  const { username, listed, compared, missing, firstUts, lastUts, leftOut } = plan;
  const whole = `${name} lists ${pluralize(listed, "play")} of ${username}.`;
  const days =
    firstUts === null || lastUts === null
      ? ""
      : `, from ${formatLongDay(firstUts)} to ${formatLongDay(lastUts)}`;
  const lack =
    missing === 0
      ? `It lacks none of the ${pluralize(compared, "play")} that could be sent.`
      : `It lacks ${formatNumber(missing)} of your ${pluralize(compared, "play")}${days}.`;
  return [
    `${whole} ${lack}`,
    ...[...leftOut].map(([rule, count]) => `Left out: ${pluralize(count, "play")} ${unsendableRules[rule]}.`),
  ];
}

/** Shown at most; --json has all. */
const maxShownRefusals = 10;

function describeSending(
  { missing }: SendingPlan,
  { sent, refused, shortDays }: HistorySending,
  { target, isDryRun, isConfirmed }: { target: HistoryTarget; isDryRun: boolean; isConfirmed: boolean },
): string[] {
  if (isDryRun) return ["Dry run: nothing was sent."];
  if (missing === 0) return [];
  if (!isConfirmed) return ["Nothing was sent."];
  const { name } = target.service;
  const isWhole = shortDays.length === 0 && sent > 0;
  return [
    `Sent to ${name}: ${pluralize(sent, "play")}.${isWhole ? " All of them are listed there, day by day." : ""}`,
    ...refused
      .slice(0, maxShownRefusals)
      .map(
        ({ uts, artist, title }) =>
          `${name} refused as invalid: ${formatDayAndTime(uts, 1)}  ${artist}: ${title}`,
      ),
    ...(refused.length > maxShownRefusals
      ? [`${name} refused ${pluralize(refused.length - maxShownRefusals, "more play")} as invalid.`]
      : []),
    ...shortDays
      .slice(0, maxShownRefusals)
      .map(
        ({ dayUts, sent: sentPlays, listed }) =>
          `${toIsoOrNull(dayUts)?.slice(0, 10)}: sent ${sentPlays}, listed ${listed}`,
      ),
  ];
}

function buildDocument(
  { username, listed, compared, missing, firstUts, lastUts, leftOut }: SendingPlan,
  { sent, refused, shortDays }: HistorySending,
  { target, isDryRun }: { readonly target: HistoryTarget; readonly isDryRun: boolean },
): SendPlaysDocument {
  return {
    target: target.id,
    account: username,
    dry_run: isDryRun,
    listed,
    compared,
    missing,
    first: toIsoOrNull(firstUts),
    last: toIsoOrNull(lastUts),
    left_out: [...leftOut].map(([rule, plays]) => ({ rule, meaning: unsendableRules[rule], plays })),
    sent,
    refused: refused.map(({ uts, artist, title }) => ({
      played_at: toIsoOrNull(uts),
      artist_name: artist,
      track_name: title,
    })),
    days_short: shortDays.map(({ dayUts, ...counts }) => ({
      day: (toIsoOrNull(dayUts) ?? "").slice(0, 10),
      ...counts,
    })),
  };
}

async function writeSentences(context: Context, texts: readonly string[]): Promise<void> {
  await context.write(joinLines(texts.flatMap((text) => wrapSentence(text, context.screen))));
}
