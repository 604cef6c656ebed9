import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption, recordArgument } from "../shared/listing/options.ts";
import { repeated, text } from "../shared/listing/values.ts";
import { listOptions } from "./played-options.ts";

export const declaration: CommandDeclaration = {
  name: "played",
  details: `Without --on and --at, the record ended just now; with --on alone, the day is noted and no time. A noted play counts
as the last play of all copies of its release, as a spin if half of it was on, and never as a scrobble. One that the
history has as well is one spin. Sides and tracks are those of the release's tracklist, which is fetched once where it is needed.
If a note of the same record overlaps, you are asked; a script needs --again.
Lengths that Discogs lacks are looked for before a play is sent: at MusicBrainz with the setting musicbrainz on, then at
Last.fm. What neither knows is guessed, and marked so.
--scrobble shows what would be sent to Last.fm and asks; each play gets there once, however often it is cut off, and each
sync sends what waits. What Last.fm has can only be deleted there.
With --list, filters choose among the records, and the words as well.`,
  json: async () => {
    const { notedSchema, noteSchema, undoSchema } = await import("../../queries/documents/decisions.ts");
    return [
      { schema: noteSchema },
      { when: "With --list", schema: notedSchema },
      { when: "With --undo", schema: undoSchema },
    ];
  },
  arguments: [recordArgument],
  options: [
    { flags: "--on <day>", help: "the day: 2026-03-13, yesterday, friday", choices: { source: "span" } },
    { flags: "--at <time>", help: "when it began: 20:15" },
    { flags: "--side <sides>", help: "only these sides: A or A,B", parse: repeated(text) },
    { flags: "--disc <discs>", help: "only these discs: 2", parse: repeated(text) },
    {
      flags: "--tracks <tracks>",
      help: "only these tracks, by place or as printed: 1-3, A2",
      parse: repeated(text),
    },
    { flags: "--note <text>", help: "a note of your own" },
    { flags: "--again", help: "note it even if a note of the same record overlaps" },
    { flags: "--dry-run", help: "show what would be noted, and note nothing" },
    { flags: "--list", help: "what was noted, the newest first" },
    { flags: "--undo [entry]", help: "take back the newest note, or the entry that --list shows" },
    { flags: "--scrobble", help: "send its tracks to Last.fm as well (first: rewind login --scrobble)" },
    { flags: "--send [entry]", help: "send to Last.fm what waits for it, and the entry that --list shows" },
    { flags: "--yes", help: "send without asking, for scripts" },
    jsonOption,
    ...listOptions,
  ],
  examples: [
    ["rewind played hejira", "it was on the turntable, until just now"],
    ["rewind played 733 --on yesterday --side A,B", "yesterday, one record of a double album"],
    ["rewind played 733 --on 2026-03-13 --at 20:15", "with its time"],
    ["rewind played --list --during 30d", "what was noted lately"],
    ["rewind played 733 --scrobble", "noted, and sent to Last.fm once you say yes"],
    ["rewind played --undo", "the newest note was wrong"],
  ],
  load: async () => (await import("./run.ts")).runPlayed,
};
