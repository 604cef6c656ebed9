// Stdout and stderr of the process: written to directly where they are no terminal, by Node's streams where they may be.
import { execFileSync, spawn } from "node:child_process";
import { closeSync, constants, createReadStream, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { program } from "../support/run-process.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

test("writes the whole answer to a file", async () => {
  const file = join(createTempDirectory("rewind-streams"), "help.txt");
  const descriptor = openSync(file, "w");
  const child = spawn(process.execPath, [program, "--help"], { stdio: ["ignore", descriptor, "pipe"] });
  closeSync(descriptor);
  const code = await new Promise((done) => child.on("close", done));
  expect(code).toBe(0);
  expect(readFileSync(file, "utf8")).toContain("Start ");
});

test("writes everything to a non-blocking pipe, however slow its reader is", async () => {
  const pipe = join(createTempDirectory("rewind-streams"), "pipe");
  execFileSync("mkfifo", [pipe]);
  const descriptor = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  const typescript = new URL("../../tools/typescript.mjs", import.meta.url).href;
  const module = new URL("../../src/host/process.ts", import.meta.url).href;
  const script = `const { getOutputStream } = await import(${JSON.stringify(module)});
    const stream = getOutputStream(process, "stdout");
    for (let part = 0; part < 5; part += 1) stream.write(String(part).repeat(100_000));`;
  const child = spawn(process.execPath, ["--import", typescript, "--input-type=module", "-e", script], {
    stdio: ["ignore", descriptor, "inherit"],
  });
  const ended = new Promise((done) => child.on("close", done));
  const chunks: Buffer[] = [];
  const reader = createReadStream(pipe);
  closeSync(descriptor);
  for await (const chunk of reader) chunks.push(chunk as Buffer);
  expect(await ended).toBe(0);
  const expected = [0, 1, 2, 3, 4].map((part) => String(part).repeat(100_000)).join("");
  expect(Buffer.concat(chunks).toString() === expected).toBe(true);
});
