// Runs another command of the program and returns what it writes, because stdout belongs to a protocol or a server.
import { Readable } from "node:stream";
import type { OutputStream } from "../../../host/host.ts";
import type { Call } from "../declaration.ts";

/** `input`: its stdin. */
export async function commandAnswer(
  runCommand: Call["runCommand"],
  line: readonly string[],
  input = "",
): Promise<string> {
  const pieces: string[] = [];
  const stdout: OutputStream = {
    isTTY: false,
    write(text, done) {
      pieces.push(text);
      if (done !== undefined) queueMicrotask(done);
      return true;
    },
    once: () => undefined,
  };
  await runCommand(line, { stdout, stdin: Readable.from([input]) });
  return pieces.join("");
}
