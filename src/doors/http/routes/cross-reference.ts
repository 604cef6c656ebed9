// GET /v1/collecting/cross-reference: the main question of the program.
import { recordSorts } from "../../../queries/records/record-order.ts";
import { ask, document } from "../../../queries/records/xref.ts";
import { crossReferenceSchema } from "../../../queries/documents/record-documents.ts";
import { filterParameters, readFilters } from "../filter-parameters.ts";
import { choice, toggle } from "../../parameters/parameter.ts";
import { paging } from "../date-parameters.ts";
import { historyFailure, question } from "../route.ts";

export const crossReference = question("/v1/collecting/cross-reference", {
  summary: "Your records with their plays: how often and when last",
  details:
    "The answer of rewind xref --json. The summary covers the whole collection, whatever the filter and page. An unknown sort or filter is an error.",
  parameters: {
    ...paging({ most: 100, usual: 20 }),
    sort: choice("the order", recordSorts, "plays"),
    reverse: toggle("reverse the order; unknown values stay last"),
    ...filterParameters("cross-reference"),
  },
  schema: crossReferenceSchema,
  failures: historyFailure,
  answer(values, { database, nowUts }) {
    const { page, limit, sort, reverse } = values;
    const filter = readFilters("cross-reference", values, { database, nowUts });
    const answer = ask(database, {
      filter: { ...filter, isLastOfAllTime: true },
      order: { sort, reverse },
      paging: { page, limit },
    });
    const found = document(answer);
    return { ...found, data: [...found.data] };
  },
});
