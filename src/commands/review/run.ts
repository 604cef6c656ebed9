import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { findDoubts } from "../../queries/doubts/doubts.ts";
import { ask, document } from "../../queries/doubts/review.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/call.ts";
import { reviewTable } from "./table.ts";

export async function runReview(context: Context, { options, runCommand }: Call): Promise<void> {
  const { json, changed, again, list, limit, all } = options as {
    json?: true;
    changed?: true;
    again?: true;
    list?: true;
    limit?: number;
    all?: true;
  };
  const { database } = await openMatchedAnswers(context);
  if (changed === true) {
    const { showChanged } = await import("./changed.ts");
    return showChanged(context, database, { asJson: json === true });
  }
  const { screen } = context;
  if (json !== true && list !== true && context.canAsk) {
    const { reviewOneByOne } = await import("./session.ts");
    return reviewOneByOne(context, database, findDoubts(database, { again: again === true }), runCommand);
  }
  const usual = screen.isTerminal && json !== true ? 10 : null;
  const answer = ask(database, { again: again === true, limit: all === true ? null : (limit ?? usual) });
  await present(
    context,
    { as: json === true ? "json" : "table" },
    { document: () => document(answer), table: () => reviewTable(answer, { isWhole: all === true }) },
  );
}
