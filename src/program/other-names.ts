// Names that people try before they know the real one. The program doesn't run them; its error names the real
// command.
import { nearestOf } from "../model/errors.ts";

/** From what is typed to the whole command that does it. */
export const otherNames: ReadonlyMap<string, string> = new Map([
  ...namesFor("have", "search", "find", "lookup", "own", "owned", "check", "grep", "query"),
  ...namesFor("explain", "show", "info", "why", "view", "details", "record", "album", "describe", "inspect"),
  ...namesFor(
    "pick",
    "random",
    "shuffle",
    "suggest",
    "recommend",
    "tonight",
    "choose",
    "roulette",
    "surprise",
  ),
  ...namesFor("cull", "sell", "purge", "prune", "declutter", "trade"),
  ...namesFor("links import", "restore"),
  ...namesFor("links export", "export", "backup", "dump"),
  ...namesFor(
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
  ...namesFor("xref --never", "never", "unplayed", "unlistened", "unheard", "neglected"),
  ...namesFor("gaps", "missing", "buy", "shop", "shopping", "unowned"),
  ...namesFor("wants", "want", "wantlist", "wishlist"),
  ...namesFor("played", "play", "spin", "log", "listen", "listened", "note", "scrobble", "turntable"),
  ...namesFor("played --list", "spins", "notes"),
  ...namesFor("recent", "plays", "history", "last", "latest", "lately", "scrobbles"),
  ...namesFor("played --undo", "undo"),
  ...namesFor("dupes", "duplicates", "duplicate", "doubles", "copies"),
  ...namesFor("dusty", "forgotten", "asleep", "stale", "rediscover", "sleepers"),
  ...namesFor(
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
  ...namesFor("recap", "week", "weekly", "month", "monthly", "year", "wrapped", "digest"),
  ...namesFor("stats", "statistics", "summary", "overview", "stat", "genres", "dashboard"),
  ...namesFor("report", "html", "page", "wall", "poster", "web"),
  ...namesFor("open", "browse", "browser", "url", "discogs", "lastfm", "goto"),
  ...namesFor("sync", "update", "fetch", "refresh", "pull", "download", "reload"),
  ...namesFor("status", "state", "age"),
  ...namesFor("doctor", "diagnose", "debug", "fix", "repair", "verify"),
  ...namesFor("login", "auth", "setup", "init", "connect", "signin", "authenticate", "start", "account"),
  ...namesFor("logout", "signout", "disconnect"),
  ...namesFor("config", "settings", "setting", "set", "configure", "preferences", "options"),
  ...namesFor("alias", "rename", "merge", "same"),
  ...namesFor("link", "credit", "assign"),
  ...namesFor("links", "decisions", "overrides"),
  ...namesFor("review", "doubts", "questions", "settle", "resolve"),
  ...namesFor("gaps hide", "hide", "ignore", "block"),
  ...namesFor("pick --snooze", "snooze", "skip"),
  ...namesFor("save", "bookmark", "saved"),
  ...namesFor("serve", "server", "api", "http"),
  ...namesFor("keys", "key", "token", "tokens"),
  ...namesFor("demo", "sample", "example", "try", "tour"),
  ...namesFor("help", "man", "usage", "commands"),
  ...namesFor("--version", "version"),
]);

function namesFor(command: string, ...names: readonly string[]): (readonly [string, string])[] {
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
  const command = commands.find((each) => innerNames.get(each)?.includes(name) === true);
  if (command !== undefined) return command;
  if (name === "list" || innerNames.get("list")?.includes(name) === true) return "";
  return nearestOf(name, commands);
}
