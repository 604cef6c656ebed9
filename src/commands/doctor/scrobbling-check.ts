// Whether rewind may still scrobble: the key for it doesn't run out, but its user can take it back.
import type { ConnectionSettings } from "../../settings/connection.ts";
import type { SettingsReader } from "../../settings/reader.ts";
import type { CallOptions } from "../../sources/services/asked-service.ts";
import type { ListeningService } from "../../sources/services/listening-service.ts";
import type { Finding } from "./finding.ts";

export const scrobblingCheck = { check: "scrobbling", label: "scrobbling" } as const;

interface Asked {
  readonly read: SettingsReader;
  readonly settings: ConnectionSettings;
  readonly listening: ListeningService;
  readonly call: CallOptions;
}

/** null: nothing is set for it. Throws what asking for it throws. */
export function scrobblingFinding({
  read,
  settings,
  listening,
  call,
}: Asked): (() => Promise<Finding>) | null {
  const { signing, username } = settings.listening;
  const wish = read("scrobble");
  const remedy = "rewind login --scrobble";
  if (signing === null || signing.session === "") {
    if (wish !== "always") return null;
    const text = "the setting scrobble is always, and rewind may not scrobble for you yet";
    return () => Promise.resolve({ ...scrobblingCheck, mark: "doubtful", text, remedy });
  }
  const { scrobbling } = listening;
  if (wish === "never" || scrobbling === null) return null;
  return async () => {
    const owner = await scrobbling.owner(call);
    const isOwn = username === null || owner.toLowerCase() === username.toLowerCase();
    return isOwn
      ? { ...scrobblingCheck, mark: "right", text: `allowed, as ${owner}` }
      : {
          ...scrobblingCheck,
          mark: "wrong",
          text: `allowed as ${owner}, but the plays are those of ${username}`,
          remedy,
          exitCode: 4,
        };
  };
}
