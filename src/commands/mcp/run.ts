import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { printableLines } from "../../output/escape.ts";
import { redact } from "../../model/redact.ts";
import type { Call } from "../shared/declaration.ts";
import { secretsKnownTo } from "../shared/opening/background-sync.ts";
import { openShelf } from "./shelf-session.ts";

export async function runMcp(context: Context, call: Call): Promise<void> {
  const { serve } = await import("../../doors/mcp/serve.ts");
  if (context.stdin.isTTY === true) {
    context.note(
      "rewind: waiting for an assistant on stdin (Ctrl-D ends it). To set one up: rewind mcp --help",
    );
  }
  const shelf = openShelf(context, call);
  const onError = (error: Error): void => context.note(`rewind: ${error.message}`);
  try {
    await serve(
      {
        shelf,
        version: context.version,
        mayWrite: call.options["write"] === true,
        told: (error) => textFor(context, error),
      },
      { input: context.stdin, write: (text) => context.write(text), onError },
    );
  } finally {
    await shelf.close();
  }
}

/** The error and its remedy, for the assistant. Unexpected errors go to the log in full. */
function textFor(context: Context, error: unknown): string {
  const secrets = secretsKnownTo(context);
  if (error instanceof RewindError) {
    const lines = [error.message, ...error.hint.split("\n")].map(onOneLine).filter((line) => line !== "");
    return redact(lines.join("\n"), secrets);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  context.noteLines(printableLines(redact(stack, secrets)));
  return "this is a bug in rewind; its log says more";
}

const mostLetters = 1000;

function onOneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line;
}
