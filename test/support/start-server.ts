// The server as a person starts it, over real sockets, and the keys that are sent to it.
import { EventEmitter, once } from "node:events";
import { runCli, type CliOptions } from "./run-cli.ts";

export type StartedServer = Awaited<ReturnType<typeof startServer>>;

/** `rewind serve` in this process, on a port of its own. */
export async function startServer(argv: readonly string[], options: CliOptions) {
  const signals = new EventEmitter();
  const listening = new EventEmitter();
  const started = once(listening, "port");
  const ended = runCli(["serve", "--port", "0", ...argv], {
    ...options,
    signals,
    onOutput: (text) => {
      const [, port] = /^Listening on http:\/\/[^ ]+:(\d+)\/v1/m.exec(text) ?? [];
      if (port !== undefined) listening.emit("port", Number(port));
    },
  });
  const [port] = (await Promise.race([
    started,
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])) as [number];
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    /** Interrupts the server, as Ctrl-C does. */
    stop: () => {
      signals.emit("SIGTERM");
      return ended;
    },
  };
}

/** Made by `rewind keys create`. */
export async function createApiKey(home: string, ...flags: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(["keys", "create", ...flags], { home });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}
