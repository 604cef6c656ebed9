// Which records the last change of the rules changed.
import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { ask, document } from "../../queries/decisions/former-matches.ts";
import type { Database } from "../../store/database.ts";
import { changeTable } from "./change-table.ts";

export async function showChanged(
  context: Context,
  database: Database,
  { asJson }: { readonly asJson: boolean },
): Promise<void> {
  const changes = ask(database);
  await present(
    context,
    { as: asJson ? "json" : "table" },
    { document: () => document(changes), table: () => changeTable(changes) },
  );
}
