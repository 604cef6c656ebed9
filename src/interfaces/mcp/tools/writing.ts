// Tools that change something, offered only with --write.
import { recordParameter } from "./records.ts";
import { maxTextLength } from "./tool-parameters.ts";
import { tool, type Tool } from "./tool.ts";
import { phrase, phrases, requiredPhrase, toggle } from "../../../queries/parameters/parameter.ts";
import { afterSyncNotice } from "../../../actions/apply-decision.ts";
import { linkRecords } from "../../../actions/link-records.ts";
import { describeOverlap, logPlay } from "../../../actions/logged/log-play.ts";
import { toJsonPlay } from "../../../actions/logged/logged-plays.ts";
import { parsePlayTime, parsePart } from "../../../actions/logged/parse-play-time.ts";
import { describeSending, planSending, sendPlay } from "../../../actions/logged/send-plays.ts";
import { processTracks } from "../../../actions/recognised/recognised-lines.ts";
import { UsageError } from "../../../model/errors.ts";
import { quoteText, formatQuotedName } from "../../../model/names.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import {
  logPlaySchema,
  type LogPlayDocument,
  recognisedSchema,
  type RecognisedResult,
} from "../../../queries/documents/decision-documents.ts";
import { explainSchema } from "../../../queries/documents/match-documents.ts";
import { syncStartSchema } from "../../../queries/documents/sync-documents.ts";
import { buildExplanationDocument } from "../../../queries/explain/explain-record.ts";
import { readLoggedPlay } from "../../../store/decisions/logged-plays.ts";

const albumsParameter = (meaning: string) =>
  phrases(`${meaning}: ids as explain_match gives them, like a12, or words that find one album`);

export const writingTools: readonly Tool[] = [
  tool({
    name: "log_play",
    title: "Log a record played on the turntable",
    description:
      "Log that a record was played on a turntable. Without on and at, it ended just now. With on alone, only the day is logged. Each call logs one more play.",
    parameters: {
      record: recordParameter,
      on: phrase("the day: 2026-03-13, yesterday, friday"),
      at: phrase("when it began: 20:15"),
      side: phrases("only these sides: A"),
      disc: phrases("only these discs: 2"),
      tracks: phrases("only these tracks, by place or as printed: 1-3, A2"),
      note: phrase("a note in the user's own words", maxTextLength),
      again: toggle("log it even if a logged play of the same record overlaps"),
    },
    outputSchema: logPlaySchema,
    // The command may fetch a missing tracklist.
    writes: { idempotentHint: false, openWorldHint: true },
    answer: ({ record, on, at, note, again, ...part }, shelf, signal) =>
      shelf.write(signal, async (access) => {
        const moment = parsePlayTime({ on: on ?? undefined, at: at ?? undefined }, access.nowUts);
        const isSent = planSending(access, { isAsked: false, moment: moment.kind }) !== null;
        const result = await logPlay(access, {
          record,
          playTime: moment,
          part: parsePart(part),
          comment: note ?? "",
          allowsOverlap: again,
          isDryRun: false,
          tracks: isSent ? "wanted" : "if known",
          fetchesLengths: isSent,
        });
        if (result.kind === "ambiguous") return result;
        if (result.kind === "overlaps") {
          throw new UsageError(
            describeOverlap(result),
            "If you played it again, add again. To list logged plays: rewind played list",
          );
        }
        const { session, remarks } = result;
        const { play } = session;
        const sending = isSent && play.tracks.length > 0 ? await sendPlay(access, play) : null;
        const storedPlay = readLoggedPlay(access.database, play.uuid) ?? play;
        const document: LogPlayDocument = {
          logged: toJsonPlay({ ...session, play: storedPlay }),
          dry_run: false,
        };
        const { artist, title, played_at: playedAt, tracks } = document.logged;
        const trackCount = tracks.length === 0 ? "" : `, ${pluralize(tracks.length, "track")}`;
        return {
          document,
          lines: [
            `Logged: ${formatQuotedName({ artist, title })}${playedAt === null ? "" : `, ${playedAt}`}${trackCount}.`,
            ...remarks,
            ...(sending === null ? [] : describeSending(sending)),
            ...(sending?.failure == null ? [] : [`Not sent: ${sending.failure.message}`]),
          ],
        };
      }),
  }),
  tool({
    name: "log_heard_track",
    title: "Log a track that was heard",
    description:
      "Log a track that a recogniser heard on the turntable. rewind finds the record and the side, and adds the track to the logged play. A track sent twice counts once.",
    parameters: {
      artist: requiredPhrase("the artist"),
      title: requiredPhrase("the title of the track"),
      album: phrase("the album that the recogniser names"),
      at: phrase("when it was heard: 2026-03-14T20:15:00Z; now if left out"),
      source: phrase("the name of the recogniser"),
    },
    outputSchema: recognisedSchema,
    writes: { idempotentHint: true, openWorldHint: false },
    answer: ({ artist, title, at }, shelf, signal) =>
      shelf.write(signal, ({ database, nowUts }) => {
        const [document] = processTracks(database, [{ artist, title, at }], nowUts) as [RecognisedResult];
        const { state, record, position, reason } = document;
        const where = record === null ? "" : `, ${quoteText(record)} ${position ?? ""}`;
        return { document, lines: [`${state}${where}${reason === null ? "" : `: ${reason}`}`] };
      }),
  }),
  tool({
    name: "start_sync",
    title: "Start a sync",
    description:
      "Fetch new data from the services. The call returns at once; sync_status says whether the sync is still running.",
    parameters: {},
    outputSchema: syncStartSchema,
    writes: { idempotentHint: true, openWorldHint: true },
    async answer(_, shelf) {
      const document = shelf.startSync();
      const { started, failure } = document;
      return {
        document,
        lines: [
          started ? "A sync was started." : "A sync is running already.",
          ...(failure === null ? [] : [`The last one failed: ${failure}`]),
        ],
      };
    },
  }),
  tool({
    name: "link_record",
    title: "Link a record",
    description:
      "Decide which albums' plays count for a record. The decision overrides the matcher, survives every sync, and can be undone with clear. Ask the user first.",
    parameters: {
      record: recordParameter,
      add: albumsParameter("match these as well"),
      not: albumsParameter("don't match these"),
      only: albumsParameter("match these and no others"),
      none: toggle("match no album"),
      clear: toggle("delete the decision, so that the matcher decides again"),
    },
    outputSchema: explainSchema,
    writes: { idempotentHint: true, openWorldHint: false },
    answer: ({ record, ...change }, shelf, signal) =>
      shelf.write(signal, async (access) => {
        const result = await linkRecords(access, { ...change, records: [record] });
        if (result.kind === "ambiguous") return result;
        const [explanation] = result.explanations;
        if (explanation === undefined) throw new UsageError("the record is gone", "Start a sync.");
        const document = buildExplanationDocument(explanation);
        const { decision, record: decidedRecord } = document;
        return {
          document,
          lines: [
            `#${decidedRecord.id} ${quoteText(decidedRecord.title)}: ${decision.match_type}, decided by ${decision.decided_by}.`,
            ...(result.isApplied ? [] : [afterSyncNotice]),
          ],
        };
      }),
  }),
];
