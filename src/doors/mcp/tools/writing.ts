// Tools that change something, offered only with --write. Each runs a command of rewind.
import { recordParameter } from "./records.ts";
import { inTheirNames, mostLetters } from "./tool-parameters.ts";
import { tool, type Shelf, type Tool } from "./tool.ts";
import { phrase, phrases, requiredPhrase, toggle } from "../../parameters/parameter.ts";
import { inQuotes, quotedName } from "../../../model/names.ts";
import { counted } from "../../../output/number-text.ts";
import {
  noteSchema,
  type NoteDocument,
  recognisedSchema,
  type RecognisedAnswer,
} from "../../../queries/documents/decision-documents.ts";
import { explainSchema, type ExplanationDocument } from "../../../queries/documents/match-documents.ts";
import { syncStartSchema } from "../../../queries/documents/sync-documents.ts";

const albums = (meaning: string) =>
  phrases(`${meaning}: ids as explain_match gives them, like a12, or words that find one album`);

/** Runs a command about a record; parameters become the flags of the same names. */
async function runWith(
  command: string,
  record: string,
  values: Readonly<Record<string, string | boolean | readonly string[] | null>>,
  shelf: Shelf,
): Promise<unknown> {
  const choices = Object.entries(values).flatMap(([name, value]) => {
    if (value === null || value === false || value === "") return [];
    if (value === true) return [`--${name}`];
    return (typeof value === "string" ? [value] : value).map((each) => `--${name}=${each}`);
  });
  return shelf.run([command, ...choices, "--json", "--", record]).catch((error: unknown) => {
    throw inTheirNames(error);
  });
}

export const writingTools: readonly Tool[] = [
  tool({
    name: "note_played",
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
      note: phrase("a note in the user's own words", mostLetters),
      again: toggle("log it even if a logged play of the same record overlaps"),
    },
    outputSchema: noteSchema,
    // The command may fetch a missing tracklist.
    writes: { idempotentHint: false, openWorldHint: true },
    async answer({ record, ...values }, shelf) {
      const document = (await runWith("played", record, values, shelf)) as NoteDocument;
      const { artist, title, played_at: at, tracks } = document.noted;
      const trackCount = tracks.length === 0 ? "" : `, ${counted(tracks.length, "track")}`;
      return {
        document,
        lines: [`Logged: ${quotedName({ artist, title })}${at === null ? "" : `, ${at}`}${trackCount}.`],
      };
    },
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
    async answer(values, shelf) {
      const track = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
      const document = (await shelf.run(
        ["--quiet", "played", "--from", "-"],
        JSON.stringify(track),
      )) as RecognisedAnswer;
      const { state, record, position, reason } = document;
      const where = record === null ? "" : `, ${inQuotes(record)} ${position ?? ""}`;
      return { document, lines: [`${state}${where}${reason === null ? "" : `: ${reason}`}`] };
    },
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
    name: "settle_match",
    title: "Decide a match",
    description:
      "Decide which albums' plays count for a record. The decision overrides the matcher, survives every sync, and can be undone with clear. Ask the user first.",
    parameters: {
      record: recordParameter,
      add: albums("credit these as well"),
      not: albums("don't credit these"),
      only: albums("credit these and no others"),
      none: toggle("credit no album"),
      clear: toggle("delete the decision, so that the matcher decides again"),
    },
    outputSchema: explainSchema,
    writes: { idempotentHint: true, openWorldHint: false },
    async answer({ record, ...values }, shelf) {
      const document = (await runWith("link", record, values, shelf)) as ExplanationDocument;
      const { decision, record: decidedRecord } = document;
      return {
        document,
        lines: [
          `#${decidedRecord.id} ${inQuotes(decidedRecord.title)}: ${decision.match_type}, decided by ${decision.decided_by}.`,
        ],
      };
    },
  }),
];
