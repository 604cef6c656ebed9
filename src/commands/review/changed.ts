// Which records the last change of the rules changed.
import type { Context } from "../../context.ts";
import { changeColumns } from "./change-table.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText, lineText, safe } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { jsonText } from "../../output/json.ts";
import { counted } from "../../output/numbers.ts";
import { plainLayout, tableLines } from "../../output/table.ts";
import { ask, document } from "../../queries/decisions/former-matches.ts";
import type { Database } from "../../store/database.ts";

export async function showChanged(
  context: Context,
  database: Database,
  { asJson }: { readonly asJson: boolean },
): Promise<void> {
  const changes = ask(database);
  const { screen } = context;
  if (asJson) {
    return context.write(jsonText(document(changes), { indent: screen.isTerminal }));
  }
  const colours = await coloursFor(screen);
  const columns = changeColumns(colours);
  if (!screen.isTerminal) {
    const layout = plainLayout(columns, screen);
    for (const line of changes) layout.measure(line);
    for (const line of changes) await context.write(linesText([layout.line(line)]));
    return;
  }
  if (changes.length === 0) return context.write(lineText("The rules of matching have changed no record."));
  const footer = footerLines(
    [[`${counted(changes.length, "record")} changed`, "why: rewind explain #"]],
    screen,
  );
  await context.write(
    linesText([...tableLines(columns, changes, screen), safe``, ...footer.map(colours.dim)]),
  );
}
