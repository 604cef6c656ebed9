// What stderr shows while a sync runs: finished steps stay, running ones are redrawn below them.
import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/look.ts";
import { asking, isDrawn } from "./announcement.ts";
import { progressLine, stepLine, type ServiceNames } from "./lines.ts";
import { advanced, asOf, type RunningStep } from "./running-step.ts";
import type { StepName } from "../../model/steps.ts";
import type { StepResult, SyncEvent } from "../../sync/sync.ts";

export interface SyncScreen {
  show(event: SyncEvent): void;
  close(): void;
}

export async function openSyncScreen(context: Context, services: ServiceNames): Promise<SyncScreen> {
  const running = new Map<StepName, RunningStep>();
  const paint = await coloursFor(context.errorScreen);
  const progress = await openProgress(context, services, running);
  const firstTime = new Set<StepName>();
  let before: StepName | null = null;

  const finish = (result: StepResult): void => {
    // The matches have a line of their own at the end.
    if (result.name === "match") return;
    if (result.status === "done" && result.rows > 0 && result.added === result.rows)
      firstTime.add(result.name);
    const isReady =
      (result.name === "albums" || result.name === "collection") &&
      firstTime.has("albums") &&
      firstTime.has("collection");
    const remark = isReady ? "rewind xref works now" : "";
    const line = stepLine(result, { before, remark }, { ...context.errorScreen, services });
    const failed = ["failed", "interrupted", "held"].includes(result.status);
    context.note(failed ? paint.red(line) : line);
    before = result.name;
  };

  return {
    show(event) {
      if (event.kind !== "finished") {
        running.set(event.step, advanced(running.get(event.step), event, context.clock.now()));
      } else {
        running.delete(event.step);
        if (event.result !== null) finish(event.result);
      }
    },
    close: () => progress?.stop(),
  };
}

async function openProgress(
  context: Context,
  services: ServiceNames,
  running: ReadonlyMap<StepName, RunningStep>,
): Promise<{ stop(): void } | undefined> {
  if (!isDrawn(context)) return undefined;
  const { errorScreen } = context;
  const { showProgress, spinnerWidth } = await import("../../output/progress.ts");
  return showProgress(context.stderr, errorScreen, () => {
    const width = Math.max(1, (context.stderr.columns ?? errorScreen.width) - spinnerWidth);
    const lines = [...running.values()].map((step) =>
      progressLine(asOf(step, context.clock.now()), null, { ...errorScreen, width, services }),
    );
    return lines.length === 0 ? [asking] : lines;
  });
}
