// GET /v1/collecting/cross-reference: the question that the product is about.
import { recordSorts } from "../../../queries/records/record-order.ts";
import { ask, document } from "../../../queries/records/xref.ts";
import { crossReferenceSchema } from "../../../queries/documents/record-documents.ts";
import { filterParameters, readFilters } from "../filter-parameters.ts";
import { choice, toggle } from "../../parameters/parameter.ts";
import { paging } from "../parameters.ts";
import { historyFailure, question } from "../route.ts";

export const crossReference = question("/v1/collecting/cross-reference", {
  summary: "Which records you play, how often, when last, and which never",
  details:
    "The answer of rewind xref --json. The summary is of the whole collection, whatever the filter and page. An unknown sort or filter is refused.",
  parameters: {
    ...paging({ most: 100, usual: 20 }),
    sort: choice("in which order", recordSorts, "plays"),
    reverse: toggle("reverse the order; unknown values stay last"),
    ...filterParameters("cross-reference"),
  },
  schema: crossReferenceSchema,
  failures: historyFailure,
  async answer(values, { database, nowUts }) {
    const { page, limit, sort, reverse } = values;
    const filter = readFilters("cross-reference", values, { database, nowUts });
    const answer = ask(database, {
      filter: { ...filter, isLastOfAllTime: true },
      order: { sort, reverse },
      paging: { page, limit },
    });
    return document(answer);
  },
});
