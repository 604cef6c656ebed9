// Sends plays to the built `rewind serve` as clients on a bad network do: some requests twice, some connections cut before or
// after the answer, until each is answered. The server is killed on the way and started again.
import { Agent, request } from "node:http";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { pickItem } from "./random.ts";
import { waitRealTime } from "./real-time.ts";
import { buildHomeEnv } from "./run-cli.ts";
import { program } from "./run-process.ts";
import {
  buildBodies,
  buildPlayingNowBody,
  scrobblingClients,
  type Report,
  type ScrobblingClient,
} from "./scrobbling-clients.ts";

interface DeliveryOptions {
  readonly home: string;
  /** A key that may write. */
  readonly key: string;
  readonly random: () => number;
  /** How often the server is killed, spread over the requests. */
  readonly kills: number;
}

export interface Delivery {
  readonly requests: number;
  readonly sentTwice: number;
  readonly cut: number;
  readonly kills: number;
}

/** Resolves when each report was answered with ok at least once, and the server has stopped. */
export async function deliverReports(
  reports: readonly Report[],
  { home, key, random, kills }: DeliveryOptions,
): Promise<Delivery> {
  const queues = scrobblingClients.map((client) => {
    const own = reports.filter((report) => report.client === client);
    return { client, bodies: buildBodies(own, client), first: own[0] };
  });
  const total = queues.reduce((sum, { bodies }) => sum + bodies.length, 0);
  const counts = { requests: 0, sentTwice: 0, cut: 0, kills: 0 };
  let server = await startServer(home, 0);
  const { port } = server;
  let restarted: Promise<void> = Promise.resolve();
  let failure: unknown;
  let answered = 0;

  const killAndRestart = async (): Promise<void> => {
    counts.kills += 1;
    // A moment in the middle of whatever the server does just then; which one it is decides nothing.
    await waitRealTime(Math.floor(random() * 15));
    server.child.kill("SIGKILL");
    await server.ended;
    server = await startServer(home, port);
  };
  const countAnswer = (): void => {
    answered += 1;
    if (counts.kills >= kills || answered < ((counts.kills + 1) * total) / (kills + 1)) return;
    restarted = restarted.then(killAndRestart).catch((error: unknown) => {
      failure = error;
    });
  };

  /** Returns true if the answer was ok. */
  const sendOnce = async (client: ScrobblingClient, body: string, agent: Agent): Promise<boolean> => {
    const headers = { ...client.headers(key), "content-length": String(Buffer.byteLength(body)) };
    const message = { port, path: client.path, headers, body };
    const fate = pickItem(random, [
      "answer",
      "answer",
      "answer",
      "twice",
      "cut before",
      "cut after",
    ] as const);
    counts.requests += 1;
    if (fate === "answer") return post(message, agent);
    if (fate === "twice") {
      counts.sentTwice += 1;
      const [one, other] = await Promise.all([post(message, agent), post(message, agent)]);
      return one && other;
    }
    counts.cut += 1;
    await cutConnection(message, fate === "cut before" ? random() : 1);
    return false;
  };
  const deliver = async ({ client, bodies, first }: (typeof queues)[number]): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 2 });
    for (const [nth, body] of bodies.entries()) {
      if (nth % 10 === 0 && first !== undefined) await sendOnce(client, buildPlayingNowBody(first), agent);
      while (!(await sendOnce(client, body, agent))) {
        if (failure !== undefined) throw failure;
        await waitRealTime(5);
      }
      countAnswer();
    }
    agent.destroy();
  };
  try {
    await Promise.all(queues.map(deliver));
    await restarted;
  } finally {
    server.child.kill("SIGTERM");
    await server.ended;
  }
  return counts;
}

async function startServer(home: string, port: number) {
  const child = spawn(process.execPath, [program, "serve", "--port", String(port)], {
    env: { PATH: process.env["PATH"] ?? "", ...buildHomeEnv(home) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  let log = "";
  const actualPort = await new Promise<number>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      const [, listening] = /^Listening on [^ ]+:(\d+)\/v1/m.exec(log) ?? [];
      if (listening === undefined) return;
      resolve(Number(listening));
      child.stderr.removeAllListeners("data").resume();
    });
    void ended.then(() => reject(new Error(`the server ended: ${log}`)));
  });
  return { child, port: actualPort, ended };
}

interface Message {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** false: no answer, or another one than ok. */
function post({ body, ...message }: Message, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ ...message, host: "127.0.0.1", method: "POST", agent }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on("end", () => resolve(answer.statusCode === 200 && text === '{"status":"ok"}'));
      answer.on("error", () => resolve(false));
    });
    sent.on("error", () => resolve(false));
    sent.end(body);
  });
}

/** Sends a share of the request and hangs up; with all of it, before the answer can be read. */
function cutConnection({ port, path, headers, body }: Message, share: number): Promise<void> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join("")}\r\n${body}`;
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.on("connect", () => {
      socket.write(Buffer.from(text).subarray(0, Math.floor(Buffer.byteLength(text) * share)), () => {
        if (share === 1) socket.end();
        socket.destroy();
      });
    });
  });
}
