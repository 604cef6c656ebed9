// Tests that need a real process: pipes, exit codes, colours and signals.
import type { ChildProcess } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { onTestFinished, expect, test } from "vitest";
import { createCliFixture } from "../support/cli-fixture.ts";
import { parseContractDocument } from "../support/contract-schema.ts";
import { fillCache } from "../support/filled-cache.ts";
import { generateRecords, generateTitles } from "../support/generated-data.ts";
import { hasTerminals, runOnTerminal, runProcess, runShell } from "../support/run-process.ts";
import { sampleHome } from "../support/sample-home.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const rewind = '"$NODE" "$REWIND"';

test.each([
  [["nonsense"], 2],
  [["xref"], 5],
  [["sync"], 4],
])("rewind %j ends with %i", async (argv, expected) => {
  expect(await runProcess(argv)).toMatchObject({ code: expected, stdout: "" });
});

test("a closed pipe is no error", async () => {
  const home = await sampleHome();
  const line = `${rewind} xref --all --json | head -c 10; echo " \${PIPESTATUS[0]}"; ${rewind} xref | head -1 >/dev/null; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await runShell(line, { home });
  expect({ stdout, stderr }).toEqual({ stdout: '{"data":[{ 0\n0\n', stderr: "" });
});

test("a slow reader gets megabytes of JSON complete", async () => {
  const home = createTempDirectory("rewind-home");
  await fillCache(home, { records: generateRecords(generateTitles(300), 1_500) });
  // Reads in much smaller pieces than the program writes, so that the pipe is always full.
  const { code, stdout } = await runShell(`${rewind} xref --all --json | dd bs=512 status=none`, { home });
  expect(code).toBe(0);
  expect(Buffer.byteLength(stdout)).toBeGreaterThan(500_000);
  expect(parseContractDocument(stdout).data).toHaveLength(1_500);
});

/** The output of a command on a terminal of its own, 100 columns wide. */
async function readTerminalOutput(
  command: string,
  home: string,
  env: Record<string, string> = {},
): Promise<string> {
  return (await runOnTerminal(`stty cols 100; ${command}`, { home, env })).stdout;
}

const escape = "\u001b[";

test.runIf(hasTerminals)(
  "uses colour on a terminal and none in a pipe, unless FORCE_COLOR forces it",
  async () => {
    const home = await sampleHome();
    const xref = `${rewind} xref --limit 3`;
    expect(await readTerminalOutput(xref, home)).toContain(escape);
    expect(await readTerminalOutput(`${xref} | cat`, home)).not.toContain(escape);
    expect(await readTerminalOutput(`${xref} | cat`, home, { FORCE_COLOR: "1" })).toContain(escape);
  },
);

/** Busy as in a long transaction, in which no listener is called: from when ours are gone, until it is killed. */
const busyOnceInterrupted = `
  import { writeSync } from "node:fs";
  let isBusy = false;
  process.on("removeListener", (event) => {
    if (event !== "SIGINT" || isBusy) return;
    isBusy = true;
    queueMicrotask(() => {
      writeSync(2, "busy\\n");
      for (;;);
    });
  });`;

test("a second Ctrl-C ends a sync at once, even during a transaction", async () => {
  const { env, discogs } = await createCliFixture();
  let child: ChildProcess | undefined;
  discogs.behaviour.onRequest = (n) => {
    if (n === 1) child?.kill("SIGINT");
    return { kind: "hang" };
  };
  const { code, signal } = await runProcess(["sync"], {
    env,
    nodeFlags: ["--import", `data:text/javascript,${encodeURIComponent(busyOnceInterrupted)}`],
    onStart: (started) => {
      child = started;
    },
    onOutput: (text) => {
      if (text.includes("busy")) child?.kill("SIGINT");
    },
  });
  expect({ code, signal }).toEqual({ code: null, signal: "SIGINT" });
});

test("Ctrl-C is heard while a proxy is silent", async () => {
  const { env } = await createCliFixture();
  let child: ChildProcess | undefined;
  const proxy = createServer();
  const sockets: Duplex[] = [];
  proxy.on("connect", (_, socket) => {
    sockets.push(socket);
    // The signal is sent once: both services may be asked at the same time.
    if (sockets.length === 1) child?.kill("SIGINT");
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const { code, stderr } = await runProcess(["sync", "--quiet"], {
    env: {
      ...env,
      DISCOGS_API_URL: "https://records.invalid/",
      LASTFM_API_URL: "https://plays.invalid/",
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    },
    onStart: (started) => {
      child = started;
    },
  });
  expect({ code, stderr }).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(/^rewind: interrupted\n/),
  });
});
