import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption, recordArgument, texts } from "../shared/listing/options.ts";
import { listOptions } from "./played-options.ts";

export const declaration: CommandDeclaration = {
  name: "played",
  details: `Logs a record that you played on the turntable. Without --on and --at, it ended just now; --on alone logs the
day without a time. A logged play updates "last played" for every copy of the release. It counts as a spin from half of
the record on. If a listening service has the same play, it counts once. If another logged play
overlaps, rewind asks; scripts need --again. --undo also deletes it on ListenBrainz, not on Last.fm.`,
  json: async () => {
    const { notedSchema, noteSchema, undoSchema, pendingSchema, recognisedSchema } =
      await import("../../queries/documents/decision-documents.ts");
    return [
      { schema: noteSchema },
      { when: "With --list", schema: notedSchema },
      { when: "With --undo", schema: undoSchema },
      { when: "With --from, a line for each track", schema: recognisedSchema },
      { when: "With --pending", schema: pendingSchema },
      { when: "With --pending ENTRY", schema: notedSchema },
    ];
  },
  arguments: [recordArgument],
  options: [
    {
      flags: "--on <day>",
      help: "day of the play: 2026-03-13, yesterday, friday",
      choices: { source: "span" },
    },
    { flags: "--at <time>", help: "time when it began: 20:15" },
    { flags: "--side <sides>", help: "only these sides: A or A,B", parse: texts },
    { flags: "--disc <discs>", help: "only these discs: 2", parse: texts },
    {
      flags: "--tracks <tracks>",
      help: "only these tracks, by place or printed position: 1-3, A2",
      parse: texts,
    },
    { flags: "--note <text>", help: "add a note of your own" },
    { flags: "--again", help: "log it even if it overlaps another logged play" },
    { flags: "--dry-run", help: "show what would be logged, and log nothing" },
    { flags: "--list", help: "list logged plays, newest first" },
    { flags: "--undo [entry]", help: "delete the newest logged play, or this entry of --list" },
    {
      flags: "--scrobble",
      help: "also send its tracks to ListenBrainz and Last.fm, as far as you connected them",
    },
    { flags: "--send [entry]", help: "send plays that wait to be sent, and this entry of --list" },
    { flags: "--yes", help: "send without asking" },
    {
      flags: "--from <file>",
      help: "log tracks that a recogniser heard, one JSON object a line; - is stdin",
      choices: { source: "file" },
    },
    { flags: "--pending [entry]", help: "list sides that fit several records, or log one as RECORD" },
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
  load: async () => (await import("./run.ts")).runPlayed,
};
