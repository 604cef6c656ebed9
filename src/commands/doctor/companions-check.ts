// What lies beside the settings and the cache: SQLite's log, the lock, copies of decisions, damaged caches, keys. It says
// as much as they do, and is for its owner alone as they are.
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import type { Context } from "../../context.ts";
import { keysPath } from "../../host/paths.ts";
import { exposureOf } from "../../host/privacy.ts";
import { savedPath } from "../shared/opening/saved-questions.ts";
import type { Finding } from "./finding.ts";

const own = { check: "files", label: "files" } as const;

/** Nothing where nothing lies there, or where modes say nothing. */
export function checkCompanions(context: Context): Finding[] {
  const { platform, cachePath, settingsPath } = context;
  if (platform === "win32") return [];
  const paths = [keysPath(settingsPath), savedPath(context)]
    .filter(existsSync)
    .concat(besideCache(cachePath));
  const exposureAt = (path: string): ReturnType<typeof exposureOf> =>
    exposureOf({ path, isNamed: true }, { platform });
  const closable = paths.filter((path) => exposureAt(path) === "closable");
  const foreign = paths.filter((path) => exposureAt(path) === "another user's");
  const found: Finding[] = [];
  if (closable.length > 0) {
    found.push({
      ...own,
      mark: "wrong",
      text: `${namesOf(closable)} can be read or changed by others`,
      remedy: "close them: rewind doctor --fix",
      mend: async () => {
        // What SQLite keeps there may be gone by now.
        for (const path of closable.filter(existsSync)) chmodSync(path, 0o600);
        return Promise.resolve("closed to others");
      },
    });
  }
  if (foreign.length > 0) {
    found.push({
      ...own,
      mark: "wrong",
      text: `${namesOf(foreign)}: another user's, and open to others`,
      remedy: "Make them yours and close them (chown, chmod 600), or move them away",
    });
  }
  if (found.length > 0 || paths.length === 0) return found;
  return [{ ...own, mark: "right", text: `${namesOf(paths)}: readable by you alone` }];
}

/** What the program itself writes there, by its name; whatever else lies there is not ours to close. */
function besideCache(cachePath: string): string[] {
  const directory = dirname(cachePath);
  if (!existsSync(directory)) return [];
  const { name, base } = parse(cachePath);
  const isOurs = (file: string): boolean =>
    ["-wal", "-shm", "-journal", ".lock"].some((ending) => file === base + ending) ||
    file.startsWith(`${name}.decisions.`) ||
    file.startsWith(`${name}.damaged-`);
  return readdirSync(directory)
    .filter(isOurs)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((file) => join(directory, file));
}

function namesOf(paths: readonly string[]): string {
  return paths.map((path) => basename(path)).join(", ");
}
