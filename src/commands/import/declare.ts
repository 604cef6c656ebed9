import { UsageError } from "../../model/errors.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

/** UTF-8 and UTF-16 are recognised without it. */
const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

export const declaration: CommandDeclaration = {
  name: "import",
  details: `Reads exports of Spotify (zip or JSON), Apple Music (zip, folder or CSV), ListenBrainz (zip), Maloja, Koito, Pano Scrobbler,
Libre.fm and .scrobbler.log, and dumps of Last.fm. A play that several services recorded counts once; a newer export adds
only what is new.
Spotify: a play is 30 seconds, or all of a shorter track. Apple Music: half of the track, or four minutes. Podcasts,
audiobooks and videos never count. If a file is damaged, nothing is imported.`,
  json: async () => [
    { schema: (await import("../../queries/documents/sync-documents.ts")).fileImportSchema },
  ],
  arguments: [
    { name: "<files...>", help: "files, zips as downloaded, or folders", choices: { source: "file" } },
  ],
  options: [
    { flags: "--dry-run", help: "show what would be imported, and change nothing" },
    {
      flags: "--zone <zone>",
      help: "time zone of files that name none (.scrobbler.log, days of Apple Music), such as Europe/Paris",
      usual: "this machine's",
      parse: checkedZone,
    },
    {
      flags: "--encoding <name>",
      help: "encoding of text files from old programs",
      choices: { words: encodings },
    },
    jsonOption,
  ],
  examples: [
    ["rewind import my_spotify_data.zip --dry-run", "show what would be added, and what would be left out"],
    ["rewind import my_spotify_data.zip", "add these plays"],
    ["rewind import 'Apple Music Activity'", "read a whole folder"],
    ["rewind import .scrobbler.log --zone Europe/Paris", "from a player without a time zone"],
  ],
  load: async () => (await import("./run.ts")).runImport,
};

function checkedZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `unknown time zone "${zone.slice(0, 40)}"`,
      "Give a name of the tz database: Europe/Paris, America/New_York, UTC",
    );
  }
}
