import { safe } from "../../output/escape.ts";
import type { SettingChanges } from "../../settings/file.ts";
import { heading, type Talk } from "./talk.ts";

/** Asked once, and only where nothing was said before: it tells a third party what is on the shelf. */
export async function interviewMusicBrainz({ context, conversation }: Talk): Promise<SettingChanges> {
  if (context.settings()("musicbrainz") !== null) return {};
  await heading(
    { context, conversation },
    "MusicBrainz",
    "knows when your albums first came out. Asking it tells it which releases are on your shelf, and nothing else.",
  );
  const isWanted = await conversation.confirm("Ask MusicBrainz with each sync?", false);
  await conversation.say(safe``);
  return { musicbrainz: isWanted ? "on" : "off" };
}
