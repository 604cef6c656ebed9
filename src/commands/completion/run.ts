import type { Context } from "../../context.ts";
import { oneOf } from "../../model/errors.ts";
import { linesText, printableLines } from "../../output/escape.ts";
import type { Call } from "../shared/call.ts";
import { scripts } from "./scripts.ts";
import { shells } from "./shells.ts";

export async function runCompletion(context: Context, { arguments: [shell] }: Call): Promise<void> {
  const script = scripts[oneOf("SHELL", String(shell), shells)];
  await context.write(linesText([printableLines(script.trim())]));
}
