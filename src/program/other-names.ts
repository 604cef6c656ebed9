// Names that people try before they know the real one. The program doesn't run them; its error names the real
// command.
import { nearestOf } from "../model/errors.ts";

/** From what is typed to the whole command that does it. */
export const otherNames: ReadonlyMap<string, string> = new Map([
  ...named("have", "search", "find", "lookup", "own", "owned", "check", "grep", "query"),
  ...named("explain", "show", "info", "why", "view", "details", "record", "album", "describe", "inspect"),
  ...named("pick", "random", "shuffle", "suggest", "recommend", "tonight", "choose", "roulette", "surprise"),
  ...named("cull", "sell", "purge", "prune", "declutter", "trade"),
  ...named("links import", "restore"),
  ...named("links export", "export", "backup", "dump"),
  ...named(
    "xref",
    "list",
    "ls",
    "records",
    "collection",
    "shelf",
    "all",
    "match",
    "matches",
    "crossref",
    "cross-reference",
  ),
  ...named("xref --never", "never", "unplayed", "unlistened", "unheard", "neglected"),
  ...named("gaps", "missing", "buy", "shop", "shopping", "unowned"),
  ...named("wants", "want", "wantlist", "wishlist"),
  ...named("played", "play", "spin", "log", "listen", "listened", "note", "scrobble", "turntable"),
  ...named("played --list", "spins", "notes"),
  ...named("recent", "plays", "history", "last", "latest", "lately", "scrobbles"),
  ...named("played --undo", "undo"),
  ...named("dupes", "duplicates", "duplicate", "doubles", "copies"),
  ...named("dusty", "forgotten", "asleep", "stale", "rediscover", "sleepers"),
  ...named(
    "top",
    "charts",
    "chart",
    "best",
    "most",
    "favourites",
    "favorites",
    "artists",
    "albums",
    "tracks",
    "songs",
  ),
  ...named("recap", "week", "weekly", "month", "monthly", "year", "wrapped", "digest"),
  ...named("stats", "statistics", "summary", "overview", "stat", "genres", "dashboard"),
  ...named("report", "html", "page", "wall", "poster", "web"),
  ...named("open", "browse", "browser", "url", "discogs", "lastfm", "goto"),
  ...named("sync", "update", "fetch", "refresh", "pull", "download", "reload"),
  ...named("status", "state", "age"),
  ...named("doctor", "diagnose", "debug", "fix", "repair", "verify"),
  ...named("login", "auth", "setup", "init", "connect", "signin", "authenticate", "start", "account"),
  ...named("logout", "signout", "disconnect"),
  ...named("config", "settings", "setting", "set", "configure", "preferences", "options"),
  ...named("alias", "rename", "merge", "same"),
  ...named("link", "credit", "assign"),
  ...named("links", "decisions", "overrides"),
  ...named("review", "doubts", "questions", "settle", "resolve"),
  ...named("gaps hide", "hide", "ignore", "block"),
  ...named("pick --snooze", "snooze", "skip"),
  ...named("save", "bookmark", "saved"),
  ...named("serve", "server", "api", "http"),
  ...named("keys", "key", "token", "tokens"),
  ...named("demo", "sample", "example", "try", "tour"),
  ...named("help", "man", "usage", "commands"),
  ...named("--version", "version"),
]);

function named(command: string, ...names: readonly string[]): (readonly [string, string])[] {
  return names.map((name) => [name, command]);
}

/** The command that a word means, or else the one with the nearest name. Undefined if no name is near. */
export function meantCommand(word: string, commands: readonly string[]): string | undefined {
  const name = word.toLowerCase();
  return otherNames.get(name) ?? nearestOf(name, commands);
}

/** The same for commands within a command: "keys add" means keys create. */
const innerNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["list", ["ls", "show", "all", "print"]],
  ["create", ["add", "new", "make", "generate"]],
  ["add", ["create", "new", "set"]],
  ["revoke", ["remove", "delete", "rm", "del"]],
  ["remove", ["delete", "rm", "del", "unset", "undo"]],
  ["unset", ["remove", "delete", "rm", "clear"]],
  ["set", ["change", "edit", "write", "add"]],
  ["get", ["print", "read"]],
  ["path", ["where", "file", "location"]],
  ["import", ["restore", "load", "read"]],
  ["export", ["backup", "dump", "save", "write"]],
  ["hide", ["ignore", "remove", "block", "skip"]],
  ["unhide", ["show", "unignore", "restore"]],
]);

/** Like meantCommand, for commands within one. Returns "" for "list" if the command itself lists. */
export function meantInnerCommand(word: string, commands: readonly string[]): string | undefined {
  const name = word.toLowerCase();
  const found = commands.find((each) => innerNames.get(each)?.includes(name) === true);
  if (found !== undefined) return found;
  if (name === "list" || innerNames.get("list")?.includes(name) === true) return "";
  return nearestOf(name, commands);
}
