import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CacheError } from "../../../src/model/errors.ts";
import { openLockFile } from "../../../src/store/file/database.ts";
import { lockSync } from "../../../src/store/file/file-lock.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

test("the second holder fails at once and learns about the first", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const lock = lockSync(path);
  expect(() => lockSync(path)).toThrow(CacheError);
  expect(() => lockSync(path)).toThrow(`process ${process.pid}`);
  // SQLite waits for no one who holds it.
  const file = openLockFile(`${path}.lock`);
  expect(file.pragma("busy_timeout", { simple: true })).toBe(0);
  file.close();
  lock.release();
  lockSync(path).release();
});

test("a killed holder leaves nothing behind", async () => {
  const path = join(createTempDirectory(), "rewind.db");
  lockSync(path).release();
  const script = `
    const Sqlite = require(${JSON.stringify(join(import.meta.dirname, "../../../node_modules/better-sqlite3"))});
    new Sqlite(${JSON.stringify(`${path}.lock`)}).exec("BEGIN IMMEDIATE");
    process.stdout.write("held");
    process.stdin.resume();`;
  const holder = spawn(process.execPath, ["-e", script]);
  await new Promise((resolve) => {
    holder.stdout.once("data", resolve);
  });
  expect(() => lockSync(path)).toThrow("another sync");
  holder.kill("SIGKILL");
  await new Promise((resolve) => {
    holder.once("close", resolve);
  });
  lockSync(path).release();
});
