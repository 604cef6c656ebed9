// `rewind mcp` as an assistant starts it: a process of its own, spoken to over its stdin and stdout.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runProcess } from "../../support/run-process.ts";
import { sampleHome } from "../../support/sample-home.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";

const recorder = fileURLToPath(new URL("../../support/loaded-packages.mjs", import.meta.url));

const buildInitialize = (version: string): object => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: version, capabilities: {}, clientInfo: { name: "old", version: "1" } },
});

/** The answers to messages that are sent one after the other; the input ends when all are there. */
async function sendMessages(
  messages: readonly object[],
  { home, env = {}, nodeFlags = [] }: { home: string; env?: Record<string, string>; nodeFlags?: string[] },
): Promise<{ readonly code: number | null; readonly stderr: string; readonly answers: readonly unknown[] }> {
  const wanted = messages.filter((message) => "id" in message).length;
  let held = "";
  const { code, stderr, stdout } = await runProcess(["mcp"], {
    home,
    env,
    nodeFlags,
    stdin: null,
    onStart: (child) => child.stdin?.write(messages.map((each) => `${JSON.stringify(each)}\n`).join("")),
    onOutput: (text, stream, child) => {
      if (stream === "stdout") held += text;
      if (held.split("\n").length > wanted) child.stdin?.end();
    },
  });
  const answers = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
  return { code, stderr, answers };
}

const buildToolCall = (id: number, name: string, values: object): object => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: values },
});

test("a client of an old revision is answered in its own, and the end of its input is the end", async () => {
  const version = "2024-11-05";
  const { code, stderr, answers } = await sendMessages(
    [
      buildInitialize(version),
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 2, method: "tools/list" },
      buildToolCall(3, "search_records", { query: "blue", limit: "1" }),
    ],
    { home: await sampleHome() },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(answers).toMatchObject([
    { id: 1, result: { protocolVersion: version, serverInfo: { name: "rewind" } } },
    { id: 2 },
    { id: 3, result: { structuredContent: { pagination: { page: 1, limit: 1, total: 4 } } } },
  ]);
});

test("loads no code that fetches or draws for a query", async () => {
  const path = join(createTempDirectory(), "loaded.json");
  const { code } = await sendMessages(
    [buildInitialize("2025-06-18"), buildToolCall(2, "cross_reference", {})],
    {
      home: await sampleHome(),
      env: { LOADED_PACKAGES: path },
      nodeFlags: ["--import", recorder],
    },
  );
  expect(code).toBe(0);
  const { packages } = JSON.parse(readFileSync(path, "utf8")) as { packages: string[] };
  expect(packages).toContain("@modelcontextprotocol/server");
  for (const name of ["undici", "ora", "cli-table3"]) expect(packages).not.toContain(name);
});

test("ends without output if its input is not the protocol", async () => {
  const nonsense = await runProcess(["mcp"], { home: await sampleHome(), stdin: "hello\n{\n" });
  expect(nonsense).toMatchObject({ code: 0, stdout: "" });
});

test("the end of the input waits for the open calls", async () => {
  const messages = [
    buildInitialize("2025-06-18"),
    { jsonrpc: "2.0", method: "notifications/initialized" },
    buildToolCall(2, "query_sql", { sql: "SELECT count(*) AS records FROM records" }),
    buildToolCall(3, "search_records", { query: "blue" }),
  ];
  const { code, stdout } = await runProcess(["mcp"], {
    home: await sampleHome(),
    stdin: messages.map((each) => `${JSON.stringify(each)}\n`).join(""),
  });
  const ids = stdout
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { id: number }).id);
  expect([code, ids.toSorted((a, b) => a - b)]).toEqual([0, [1, 2, 3]]);
  expect(stdout).toContain('"columns":["records"],"rows":[[');
  expect(stdout).not.toContain('"isError":true');
});
