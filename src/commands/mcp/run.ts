import type { Context } from "../../context.ts";
import { RewindError } from "../../errors.ts";
import { printable, printableLines } from "../../output/escape.ts";
import { redact } from "../../redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import type { Call } from "../shared/call.ts";
import { openShelf } from "./shelf.ts";

export async function runMcp(context: Context, call: Call): Promise<void> {
  const { serve } = await import("../../mcp/serve.ts");
  const told = (error: unknown): string => toldOf(context, error);
  const shelf = openShelf(context, call, told);
  const onError = (error: Error): void => context.note(printable(`rewind: ${error.message}`));
  try {
    await serve(
      { shelf, version: context.version, mayWrite: call.options["write"] === true, told },
      { input: context.stdin, write: (text) => context.write(text), onError },
    );
  } finally {
    await shelf.close();
  }
}

/** For the assistant: what failed, and what to do. What nobody foresaw goes to the log, whole. */
function toldOf(context: Context, error: unknown): string {
  const secrets = secretsOf(context.settings());
  if (error instanceof RewindError) {
    return redact([error.message, error.hint].filter((line) => line !== "").join("\n"), secrets);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.note(printableLines(redact(stack, secrets)));
  return "this is a bug in rewind; its log says more";
}
