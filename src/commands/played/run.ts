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
import { declareCommand, type ArgumentDeclaration, type Invocation } from "../shared/command-declaration.ts";
import {
  buildFilterOptions,
  buildFormatOptions,
  duringOption,
  jsonOption,
  pagingOptions,
  recordArgument,
  wordsArgument,
} from "../shared/listing/list-options.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { converse } from "../shared/terminal/conversation.ts";
import { logFromFile, resolvePending } from "./heard-tracks.ts";
import { parseTrackChoice, playedOptions, type PlayedOptions } from "./played-options.ts";
import { listLogged, describeLogged, renderTracks, describeUndone } from "./view.ts";
import { offerToSend, sendLogged } from "./print-sending.ts";

const entryArgument: ArgumentDeclaration = {
  name: "[entry]",
  help: "start of an entry of rewind played list",
};

const importDocuments = () => import("../../queries/documents/decision-documents.ts");

export const declaration = declareCommand({
  name: "played",
  details: `Without --on and --at, the record ended just now; --on alone logs the day without a time. A logged play updates
"last played" for every copy of the release. It counts as a spin from half of the record on. If a listening service has
the same play, it counts once. If another logged play of the record overlaps, rewind asks; scripts need --again. If a title
begins with the name of a command below, put its artist first.`,
  json: async () => [{ schema: (await importDocuments()).logPlaySchema }],
  arguments: [recordArgument],
  options: playedOptions,
  examples: [
    ["rewind played hejira", "the record that just ended"],
    ["rewind played 733 --on yesterday --side A,B", "yesterday, only the first record of a double album"],
    ["rewind played 733 --on 2026-03-13 --at 20:15", "a play with its time"],
    ["rewind played 733 --scrobble", "log it and, if you say yes, scrobble it"],
    ["rewind played undo", "delete the play that you logged last"],
  ],
  load: async () => runPlayed,
  commands: [
    {
      name: "list",
      summary: "list logged plays, newest first",
      isQuestion: true,
      json: async () => [{ schema: (await importDocuments()).loggedPlaysSchema }],
      arguments: [wordsArgument],
      options: [
        duringOption,
        ...buildFilterOptions("records"),
        ...pagingOptions,
        jsonOption,
        ...buildFormatOptions(),
      ],
      examples: [["rewind played list --during 30d", "plays that you logged in the last 30 days"]],
      load: async () => listLogged,
    },
    {
      name: "undo",
      summary: "delete a logged play",
      details: `Deletes the play that you logged last, or the one that you name. It is also deleted on ListenBrainz; Last.fm does
not allow that.`,
      json: async () => [{ schema: (await importDocuments()).undoSchema }],
      arguments: [entryArgument],
      options: [jsonOption],
      examples: [
        ["rewind played undo", "delete the play that you logged last"],
        ["rewind played undo 6f0b1e0c", "delete this play of rewind played list"],
      ],
      load: async () => undo,
    },
    declareCommand({
      name: "send",
      summary: "send logged plays that wait",
      details: "Sends all plays that wait for ListenBrainz or Last.fm, and the one that you name.",
      arguments: [entryArgument],
      options: [{ flags: "--yes", help: "send without asking" }],
      examples: [
        ["rewind played send", "send what could not be sent before"],
        ["rewind played send 6f0b1e0c", "send this play of rewind played list"],
      ],
      load: async () => (context, call) => sendLogged(context, call.words[0], call.options.yes === true),
    }),
    {
      name: "import",
      summary: "log tracks that a recogniser heard",
      details: "Reads one JSON object a line, and answers each with a line. The guide has the fields.",
      json: async () => [{ schema: (await importDocuments()).recognisedSchema }],
      arguments: [
        { name: "<file>", help: "file with one JSON object a line; - is stdin", choices: { source: "file" } },
      ],
      options: [{ ...jsonOption, help: "print JSON, as always" }],
      examples: [
        ["recogniser | rewind played import -", "log what a program hears, with the side and the times"],
      ],
      load: async () => (context, call) => logFromFile(context, call.words[0] ?? ""),
    },
    {
      name: "pending",
      summary: "list sides that fit several records, or log one",
      details: "Lists the sides that a recogniser heard and that fit several records of yours.",
      json: async () => {
        const { pendingSchema, loggedPlaysSchema } = await importDocuments();
        return [{ schema: pendingSchema }, { when: "With an entry", schema: loggedPlaysSchema }];
      },
      arguments: [
        { name: "[entry]", help: "start of an entry of this list" },
        { ...recordArgument, help: "number of the record that you played, or none if you did not play it" },
      ],
      options: [jsonOption],
      examples: [
        ["rewind played pending", "list what waits for you"],
        ["rewind played pending 6f0b1e0c 733", "log a side as this record"],
        ["rewind played pending 6f0b1e0c none", "forget a side"],
      ],
      load: async () => resolvePending,
    },
  ],
});

async function runPlayed(
  context: Context,
  { words, asJson, options }: Invocation<typeof playedOptions>,
): Promise<void> {
  if (words.length === 0) {
    throw new UsageError(
      "no record given",
      "Give its number, a release like r6872464, or words: rewind played hejira",
    );
  }
  if (options.yes === true && options.scrobble !== true) {
    throw new UsageError("--yes needs --scrobble", "To send a logged play: rewind played send ENTRY --yes");
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
  const { session, copies, before, remarks } = result;
  const { play } = session;
  context.note(...remarks);
  if (!asJson) {
    const { screen } = context;
    const entry = isOneOfSeveral ? ` ${play.uuid.slice(0, 8)}` : "";
    const text = describeLogged(session, {
      hit: copies,
      isWhole: isWholeRelease(part),
      before,
      nowUts,
      isDryRun,
      undo: describeUndo(context, `rewind played undo${entry}`),
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
  const answers = new Map<string, string>();
  for (;;) {
    const result = await runWithPrompts(context, { asJson, answers }, (read) => run(read, allowsOverlap));
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
    "If you played it again, add --again. To list logged plays: rewind played list",
  );
}

async function undo(context: Context, { words: [entry], asJson }: Invocation): Promise<void> {
  const { database } = await openMatchedCache(context, { notifies: false });
  const access = createActionAccess(context, database);
  const { session, remarks } = await undoPlay(access, entry ?? null);
  context.note(...remarks);
  if (asJson) return writeJson(context, { undone: toJsonPlay(session) } satisfies UndoDocument);
  await context.write(joinLines(wrapSentence(describeUndone(session), context.screen)));
}
