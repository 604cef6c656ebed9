// 20,000 random requests to `rewind serve` and 20,000 wrong calls of tools to `rewind mcp`, both as built processes:
// how much memory they take at most, and how long the slowest answer about the server's health takes meanwhile.
//   npm run --silent build && REWIND_SEED=1 npx vitest run --config test/trials/vitest.config.ts doors
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { fillCache } from "../support/filled-cache.ts";
import { inventPlays, inventRecords, inventTitles } from "../support/generate.ts";
import { between, pick, seeded } from "../support/random.ts";
import { realPause } from "../support/real-time.ts";
import { homeEnv } from "../support/run-cli.ts";
import { newKey } from "../support/serving.ts";
import { tempDirectory } from "../support/temp.ts";

const seed = Number(process.env["REWIND_SEED"] ?? 1);
const count = Number(process.env["REWIND_CALLS"] ?? 20_000);
const atOnce = 20;
const mostMegabytes = 200;
const mostHealthMs = 100;
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));

async function shelf(): Promise<string> {
  const titles = inventTitles(3_000, 71);
  const home = tempDirectory();
  await fillCache(home, {
    records: inventRecords(titles.slice(0, 2_500), 3_000, 72),
    plays: inventPlays(titles, 50_000, 73),
    folders: [
      { id: 1, name: "Uncategorized" },
      { id: 20, name: "Singles" },
    ],
  });
  return home;
}

const logIn = (home: string): string => join(home, "log.txt");

/** Its log goes to a file, as that of a service does: a busy reader of a pipe would hold it up. */
function started(home: string, argv: readonly string[]): ChildProcess {
  const env = { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8", ...homeEnv(home) };
  const log = openSync(logIn(home), "w");
  const child = spawn(process.execPath, [program, ...argv], { env, stdio: ["pipe", "pipe", log] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function peakOf({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

const texts = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "99999999999999999999",
  "NaN",
  "null",
  "true",
  "2024",
  "2024-02-30",
  "..",
  "1..",
  "9..1",
  "1y",
  "blue",
  "%",
  "'; DROP TABLE record; --",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "\u0000",
  "\u202eevil",
  "a\r\nX-Evil: 1",
  "é".repeat(200),
  "x".repeat(3_000),
  "😀",
] as const;

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: { readonly enum?: readonly string[] };
  }[];
}

/** Runs `work` for each number below `count`, some at once. */
async function each(work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, run));
}

/** Asks for the server's health all the time, from a thread that waits for nothing else. */
function healthWatch(address: string): { slowest(this: void): Promise<number> } {
  const code = `
    const { parentPort } = require("node:worker_threads");
    const times = [];
    parentPort.on("message", () => parentPort.postMessage(Math.max(...times)));
    (async () => {
      // Loads the client; the first answer of the server counts like all others.
      await fetch("data:,");
      for (;;) {
        const start = performance.now();
        await (await fetch(${JSON.stringify(`${address}/v1/health`)})).text();
        times.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();`;
  const worker = new Worker(code, { eval: true });
  return {
    async slowest() {
      worker.postMessage("", []);
      const [ms] = (await once(worker, "message")) as [number];
      await worker.terminate();
      return Math.round(ms);
    },
  };
}

test("random requests", { timeout: 3_600_000 }, async () => {
  const home = await shelf();
  const key = await newKey(home);
  const server = started(home, ["serve", "--port", "0", "--rate-limit", "0"]);
  let address = "";
  while (address === "" && server.exitCode === null) {
    await realPause(20);
    address = /^Listening on (\S+)\/v1/m.exec(readFileSync(logIn(home), "utf8"))?.[1] ?? "";
  }
  const description = (await (await fetch(`${address}/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, Omit<Operation, "path" | "method">>>;
  };
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters }]): Operation => ({
      path,
      method: method.toUpperCase(),
      parameters,
    })),
  );
  const random = seeded(seed);
  const body = new URLSearchParams({ key });
  const entered = await fetch(`${address}/session`, { method: "POST", body, redirect: "manual" });
  const page = entered.headers.get("location") ?? "/";
  const cookie = (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const requestFor = (): { readonly path: string; readonly init: RequestInit } => {
    if (random() < 0.001) {
      const words = encodeURIComponent(pick(random, texts));
      return { path: `${page}?words=${words}`, init: { headers: { cookie } } };
    }
    const { path, method, parameters } = pick(random, operations);
    const valueOf = ({ schema }: Operation["parameters"][number]): string =>
      encodeURIComponent(
        random() < 0.6 && schema.enum !== undefined ? pick(random, schema.enum) : pick(random, texts),
      );
    const query = parameters
      .filter((parameter) => parameter.in === "query" && random() < 0.3)
      .map((parameter) => `${parameter.name}=${valueOf(parameter)}`);
    const filled = path.replaceAll(/\{\w+\}/g, () =>
      random() < 0.7 ? String(between(random, 0, 4_000)) : encodeURIComponent(pick(random, texts)),
    );
    const authorization = pick(random, [`Bearer ${key}`, `Bearer ${key}`, `Bearer ${key}`, "", "Bearer rw"]);
    return {
      path: random() < 0.02 ? `/${encodeURIComponent(pick(random, texts))}` : `${filled}?${query.join("&")}`,
      init: {
        method: random() < 0.9 ? method : pick(random, ["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS"]),
        headers: { authorization, "accept-encoding": pick(random, ["gzip", "identity"]) },
      },
    };
  };
  const health = healthWatch(address);
  const statuses = new Map<number, number>();
  await each(async () => {
    const { path, init } = requestFor();
    const answer = await fetch(`${address}${path}`, init);
    await answer.arrayBuffer();
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  });
  const [slowest, megabytes] = [await health.slowest(), peakOf(server)];
  const told = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  console.log(`serve, seed ${seed}: ${count} requests (${told.join(", ")})`);
  console.log(`serve: at most ${megabytes} MB; the slowest answer about its health took ${slowest} ms`);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
  expect(megabytes).toBeLessThan(mostMegabytes);
  expect(slowest).toBeLessThanOrEqual(mostHealthMs);
});

test("wrong calls of tools", { timeout: 3_600_000 }, async () => {
  const server = started(await shelf(), ["mcp", "--write"]);
  const waiting = new Map<number, (answer: Answer) => void>();
  interface Answer {
    readonly id?: number;
    readonly result?: { readonly isError?: boolean; readonly tools?: readonly Tool[] };
    readonly error?: unknown;
  }
  interface Tool {
    readonly name: string;
    readonly inputSchema: { readonly properties: Readonly<Record<string, { readonly enum?: string[] }>> };
  }
  createInterface({ input: server.stdout ?? process.stdin }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id ?? -1)?.(answer);
    waiting.delete(answer.id ?? -1);
  });
  let id = 0;
  const ask = (method: string, params: object): Promise<Answer> => {
    id += 1;
    const message = { jsonrpc: "2.0", id, method, params };
    const answered = new Promise<Answer>((resolve) => waiting.set(message.id, resolve));
    server.stdin?.write(`${JSON.stringify(message)}\n`);
    return answered;
  };
  const clientInfo = { name: "trial", version: "1" };
  await ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo });
  const { result } = await ask("tools/list", {});
  const tools = (result?.tools ?? []).filter(({ name }) => name !== "start_sync");
  const random = seeded(seed);
  const wrong = (): unknown =>
    pick(random, [...texts, [], [1, "a"], {}, { a: 1 }, null, 1.5, -1, 1e300, true, ["x".repeat(600)]]);
  const outcomes = { refused: 0, answered: 0, failed: 0 };
  await each(async () => {
    const { name, inputSchema } = pick(random, tools);
    const names = Object.keys(inputSchema.properties);
    const values = Object.fromEntries(
      [...names.filter(() => random() < 0.3), ...(random() < 0.2 ? ["nonsense"] : [])].map((each_) => [
        each_,
        wrong(),
      ]),
    );
    // Each statement is a process: few of them are enough.
    if (name === "query_sql" && random() < 0.9) delete values["sql"];
    const answer = await ask("tools/call", { name: random() < 0.01 ? "no_tool" : name, arguments: values });
    if (answer.result === undefined) outcomes.failed += 1;
    else outcomes[answer.result.isError === true ? "refused" : "answered"] += 1;
  });
  const megabytes = peakOf(server);
  console.log(`mcp, seed ${seed}: ${count} calls (${JSON.stringify(outcomes)})`);
  console.log(`mcp: at most ${megabytes} MB`);
  server.stdin?.end();
  expect(await once(server, "exit")).toEqual([0, null]);
  expect(megabytes).toBeLessThan(mostMegabytes);
});
