// Starts `rewind serve`, or another server, as a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";

/** Resolves once it listens. Its log goes to a file, as a service's does. */
export async function startServer(command, { env, log }) {
  const child = spawn(process.execPath, command, { env, stdio: ["ignore", "ignore", openSync(log, "w")] });
  const ended = once(child, "exit");
  const stopServer = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (;;) {
    const [, port] = /^Listening on [^ ]+:(\d+)\/v1/m.exec(readFileSync(log, "utf8")) ?? [];
    if (port !== undefined) return { port, pid: child.pid, stop: stopServer };
    if (child.exitCode !== null) throw new Error(readFileSync(log, "utf8"));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Returns the time that a process used of its cores, in microseconds. */
export function readCpuTime(pid) {
  const [, user, system] =
    /^.*\) (?:\S+ ){11}(\d+) (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  return (Number(user) + Number(system)) * 10_000;
}

/** Returns the most memory that a process has had, in kilobytes. */
export function readPeakMemory(pid) {
  const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes);
}
