// Copies of the user's decisions beside the cache, made before its tables are changed: what can't be fetched again.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { decisionCopyPath } from "../paths.ts";
import { replaceFile } from "../replace-file.ts";
import { decisionDocument } from "./decision-document.ts";
import type { Database } from "./database.ts";

const copiesKept = 3;

/** Writes a copy, as `rewind links export` would; nothing where nothing is decided or the newest copy says the same. */
export function copyDecisions(database: Database): void {
  if (database.memory || database.readonly || !hasDecisions(database)) return;
  const document = decisionDocument(database);
  const { version: _, ...parts } = document;
  if (Object.values(parts).every(({ length }) => length === 0)) return;
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const path = decisionCopyPath(database.name);
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  // Whole or not at all: the copies of before stay until this one stands.
  const unfinished = `${path}.${process.pid}`;
  try {
    writeFileSync(unfinished, text, { mode: 0o600, flush: true });
    for (let age = copiesKept - 1; age >= 1; age -= 1) {
      const from = decisionCopyPath(database.name, age);
      if (existsSync(from)) replaceFile(from, decisionCopyPath(database.name, age + 1));
    }
    replaceFile(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** The first format knew of none. */
function hasDecisions(database: Database): boolean {
  const tables = database
    .prepare<[], number>(
      "SELECT count(*) FROM sqlite_schema WHERE name IN ('decision', 'decision_album', 'alias')",
    )
    .pluck()
    .get();
  return tables === 3;
}
