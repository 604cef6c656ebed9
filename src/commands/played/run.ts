import { listOpenTargets, planSending, type SendPreference } from "../../actions/logged/send-plays.ts";
import { describeOverlap, logPlay, type LogResult } from "../../actions/logged/log-play.ts";
import { toJsonPlay } from "../../actions/logged/logged-plays.ts";
import { parsePlayTime } from "../../actions/logged/parse-play-time.ts";
import { isWholeRelease, type PlayTime } from "../../actions/logged/build-logged-play.ts";
import { undoPlay } from "../../actions/logged/undo-play.ts";
import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { joinLines } from "../../output/safe-text.ts";
import { renderJson, writeJson } from "../../output/json.ts";
import { wrapSentence } from "../../output/paragraph.ts";
import type { LogPlayDocument, UndoDocument } from "../../queries/documents/decision-documents.ts";
import { readLoggedPlay } from "../../store/decisions/logged-plays.ts";
import type { Database } from "../../store/file/database.ts";
import { runWithPrompts } from "../shared/prompting/prompt-choice.ts";
import { splitRecordList } from "../shared/prompting/record-choice.ts";
import type { Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { jsonOption, recordArgument, collectTexts } from "../shared/listing/list-options.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { logFromFile, resolvePending } from "./heard-tracks.ts";
import { listOptions, parseTrackChoice, refuseConflicts, type PlayedOptions } from "./played-options.ts";
import { listLogged, describeLogged, renderTracks, describeUndone } from "./view.ts";
import { offerToSend, sendLogged } from "./print-sending.ts";

export const declaration: CommandDeclaration = {
  name: "played",
  details: `Logs a record that you played on the turntable. Without --on and --at, it ended just now; --on alone logs the
day without a time. A logged play updates "last played" for every copy of the release. It counts as a spin from half of
the record on. If a listening service has the same play, it counts once. If another logged play
overlaps, rewind asks; scripts need --again. --undo also deletes it on ListenBrainz;
Last.fm does not allow that.`,
  json: async () => {
    const { loggedPlaysSchema, logPlaySchema, undoSchema, pendingSchema, recognisedSchema } =
      await import("../../queries/documents/decision-documents.ts");
    return [
      { schema: logPlaySchema },
      { when: "With --list", schema: loggedPlaysSchema },
      { when: "With --undo", schema: undoSchema },
      { when: "With --from, a line for each track", schema: recognisedSchema },
      { when: "With --pending", schema: pendingSchema },
      { when: "With --pending ENTRY", schema: loggedPlaysSchema },
    ];
  },
  arguments: [recordArgument],
  options: [
    {
      flags: "--on <day>",
      help: "day of the play",
      examples: "2026-03-13, yesterday, friday",
      choices: { source: "span" },
    },
    { flags: "--at <time>", help: "time when you started it", examples: "20:15" },
    { flags: "--side <sides>", help: "only these sides", examples: "A or A,B", parse: collectTexts },
    { flags: "--disc <discs>", help: "only these discs", examples: "2", parse: collectTexts },
    {
      flags: "--tracks <tracks>",
      help: "only these tracks, by place or printed position",
      examples: "1-3, A2",
      parse: collectTexts,
    },
    { flags: "--note <text>", help: "add a note of your own" },
    { flags: "--again", help: "log it even if it overlaps another logged play" },
    { flags: "--dry-run", help: "show what would be logged, and log nothing" },
    { flags: "--list", help: "list logged plays, newest first" },
    { flags: "--undo [entry]", help: "delete the newest logged play, or this entry of --list" },
    {
      flags: "--scrobble",
      help: "also send its tracks to ListenBrainz and Last.fm, if they are connected",
    },
    { flags: "--send [entry]", help: "send all waiting plays, and this entry of --list" },
    { flags: "--yes", help: "send without asking" },
    {
      flags: "--from <file>",
      help: "log tracks that a recogniser heard, one JSON object a line; - is stdin",
      choices: { source: "file" },
    },
    {
      flags: "--pending [entry]",
      help: "list recognised sides that fit several records, or log one as RECORD",
    },
    jsonOption,
    ...listOptions,
  ],
  examples: [
    ["rewind played hejira", "the record that just ended"],
    ["rewind played 733 --on yesterday --side A,B", "yesterday, only the first record of a double album"],
    ["rewind played 733 --on 2026-03-13 --at 20:15", "a play with its time"],
    ["rewind played --list --during 30d", "plays that you logged in the last 30 days"],
    ["rewind played 733 --scrobble", "log it and, if you say yes, scrobble it"],
    ["recogniser | rewind played --from -", "log what a program hears, with the side and the times"],
    ["rewind played 733 --pending 6f0b1e0c", "log a heard side as this record"],
    ["rewind played --undo", "delete the play that you logged last"],
  ],
  load: async () => runPlayed,
};

async function runPlayed(context: Context, call: Invocation): Promise<void> {
  const options = call.options as PlayedOptions;
  refuseConflicts(call);
  if (options.list === true) return listLogged(context, call);
  if (options.undo !== undefined) return undo(context, options.undo, call.asJson);
  if (options.send !== undefined) return sendLogged(context, options.send, options.yes === true);
  if (options.from !== undefined) return logFromFile(context, options.from);
  if (options.pending !== undefined) return resolvePending(context, options.pending, call);
  return log(context, call, options);
}

async function log(context: Context, { words, asJson }: Invocation, options: PlayedOptions): Promise<void> {
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, a release like r6872464, or words: rewind played hejira",
    );
  }
  const moment = parsePlayTime(options, Math.floor(context.clock.now() / 1000));
  const part = parseTrackChoice(options);
  const { database } = await openMatchedCache(context, { notifies: false });
  const records = splitRecordList(words);
  if (records.length > 1 && moment.kind !== "day") {
    throw new UsageError(
      moment.kind === "end"
        ? "without --on, a play ends now, and only one record can"
        : "several records can't have one time",
      `To log them for a day: rewind played ${words.join(" ")} --on today`,
    );
  }
  for (const record of records) {
    const logged = await logOne(context, database, record.join(" "), {
      playTime: moment,
      part,
      asJson,
      options,
      isOneOfSeveral: records.length > 1,
    });
    if (!asJson || logged === null) continue;
    // Several are one JSON object a line, as those of rewind explain.
    if (records.length === 1) await writeJson(context, logged);
    else await context.write(renderJson(logged, { indent: false }));
  }
}

interface LogOptions {
  readonly playTime: PlayTime;
  readonly part: ReturnType<typeof parseTrackChoice>;
  readonly asJson: boolean;
  readonly options: PlayedOptions;
  readonly isOneOfSeveral: boolean;
}

/** Returns null if an overlapping play is the same. */
async function logOne(
  context: Context,
  database: Database,
  record: string,
  { playTime, part, asJson, options, isOneOfSeveral }: LogOptions,
): Promise<LogPlayDocument | null> {
  const access = createActionAccess(context, database);
  const { nowUts } = access;
  const wish = planSending(access, { isAsked: options.scrobble === true, moment: playTime.kind });
  const isDryRun = options.dryRun === true;
  const isSure = wish === "always" || options.yes === true;
  const canAsk = !asJson && context.canAsk;
  const result = await logWithPrompts(context, { asJson, canAsk }, (read, allowsOverlap) =>
    logPlay(access, {
      record: read(record),
      playTime,
      part,
      comment: options.note ?? "",
      allowsOverlap: allowsOverlap || options.again === true,
      isDryRun,
      tracks: getTrackNeed(wish, isDryRun),
      fetchesLengths: wish !== null && !isDryRun && (isSure || canAsk),
    }),
  );
  if (result === null) {
    context.note(nothingLoggedText);
    return null;
  }
  const { session, copies, beforeUts, remarks } = result;
  const { play } = session;
  context.note(...remarks);
  if (!asJson) {
    const { screen } = context;
    const entry = isOneOfSeveral ? ` ${play.uuid.slice(0, 8)}` : "";
    const text = describeLogged(session, {
      hit: copies,
      isWhole: isWholeRelease(part),
      beforeUts,
      nowUts,
      isDryRun,
      undo: describeUndo(context, `rewind played --undo${entry}`),
    });
    const tracks = isDryRun ? renderTracks(play, screen, listOpenTargets(access)) : [];
    await context.write(joinLines([...tracks, ...wrapSentence(text, screen)]));
  }
  if (wish !== null && !isDryRun) {
    if (play.tracks.length > 0) await offerToSend(context, access, play, { isSure, canAsk });
    else context.note("Not sent: the tracks of this record are not known.");
  }
  // Sending changes what is stored about the tracks.
  const storedPlay = readLoggedPlay(database, play.uuid) ?? play;
  return { logged: toJsonPlay({ ...session, play: storedPlay }), dry_run: isDryRun };
}

function getTrackNeed(wish: SendPreference, isDryRun: boolean): "required" | "wanted" | "if known" {
  if (wish === "asked") return "required";
  return wish === "always" && !isDryRun ? "wanted" : "if known";
}

const nothingLoggedText = "Nothing was logged.";

/** Asks which record is meant, and whether an overlapping play is another one. Returns null if it is not. */
async function logWithPrompts(
  context: Context,
  { asJson, canAsk }: Readonly<Record<"asJson" | "canAsk", boolean>>,
  run: (read: (text: string) => string, allowsOverlap: boolean) => Promise<LogResult>,
): Promise<Extract<LogResult, { kind: "logged" }> | null> {
  let allowsOverlap = false;
  for (;;) {
    const result = await runWithPrompts(context, { asJson }, (read) => run(read, allowsOverlap));
    if (result.kind === "logged") return result;
    const problem = describeOverlap(result);
    if (!(await confirmRepeat(context, problem, canAsk))) return null;
    allowsOverlap = true;
  }
}

async function confirmRepeat(context: Context, problem: string, canAsk: boolean): Promise<boolean> {
  if (canAsk) {
    const question = `${problem}. Log it again?`;
    return converse(
      context,
      () => nothingLoggedText,
      (conversation) => conversation.confirm(question, false),
    );
  }
  throw new UsageError(
    problem,
    "If you played it again, add --again. To list logged plays: rewind played --list",
  );
}

async function undo(context: Context, entry: string | true, asJson: boolean): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  const access = createActionAccess(context, database);
  const { session, remarks } = await undoPlay(access, entry === true ? null : entry);
  context.note(...remarks);
  if (asJson) return writeJson(context, { undone: toJsonPlay(session) } satisfies UndoDocument);
  await context.write(joinLines(wrapSentence(describeUndone(session), context.screen)));
}
