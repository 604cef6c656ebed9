// The protocol's own client, connected with a run of `rewind mcp`.
import { PassThrough } from "node:stream";
import { Client, type Transport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { onTestFinished } from "vitest";
import { buildHomeEnv, runCli, type CliOptions } from "./run-cli.ts";
import { program } from "./run-process.ts";

/** Connects with the built program as a process. Only inside a test. */
export async function startMcpProcess(
  argv: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, ...argv],
    env: { PATH: process.env["PATH"] ?? "", ...buildHomeEnv(home), ...env },
    stderr: "pipe",
  });
  const client = new Client({ name: "test", version: "1" });
  onTestFinished(() => client.close());
  await client.connect(transport);
  return client;
}

export type Connection = Awaited<ReturnType<typeof connectMcp>>;

/** Works only inside a test, which has to close it. */
export async function connectMcp(
  options: Omit<CliOptions, "stdin" | "onOutput">,
  flags: readonly string[] = [],
) {
  const stdin = new PassThrough();
  let held = "";
  const transport: Transport = {
    start: async () => {},
    send: async (message) => {
      stdin.write(`${JSON.stringify(message)}\n`);
    },
    close: async () => {
      stdin.end();
    },
  };
  const recordOutput = (text: string, stream: "stdout" | "stderr"): void => {
    if (stream === "stderr") return;
    const lines = (held + text).split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) transport.onmessage?.(JSON.parse(line));
  };
  const run = runCli(["mcp", ...flags], { ...options, stdin, onOutput: recordOutput });
  const client = new Client({ name: "test", version: "1" });
  await client.connect(transport);
  return {
    client,
    /** Ends the input, and waits for the end of the run. */
    async close() {
      await client.close();
      return run;
    },
  };
}

/** Throws where the document is not as the tool's schema says: the client sees to that. */
export async function callTool(
  { client }: Connection,
  name: string,
  values: Readonly<Record<string, unknown>> = {},
) {
  const result = await client.callTool({ name, arguments: { ...values } });
  const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
  return { isError: result.isError === true, text, document: result.structuredContent };
}
