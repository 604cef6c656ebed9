// A route that answers a list query, with the filters and orders of its command.
import { buildFilterParameters, readFilters } from "../parameters.ts";
import { historyFailure, queryRoute, type QueryRoute } from "../route.ts";
import { pagingParameters, type Parameters } from "../../../queries/parameters/parameter.ts";
import { readListDocument, type ListQuery } from "../../../queries/parameters/list-query.ts";

export function listRoute<Answer, Document extends object>(
  path: string,
  {
    needsCollection,
    ...texts
  }: Pick<QueryRoute, "summary" | "details"> & Partial<Pick<QueryRoute, "needsCollection">>,
  query: ListQuery<Answer, Document>,
): QueryRoute {
  const { subject, parameters, schema } = query;
  const pages = pagingParameters({ max: 100, defaultValue: 20 });
  const all: Parameters & typeof pages = {
    ...pages,
    ...parameters,
    ...buildFilterParameters(query),
  };
  return queryRoute<typeof all, Document>(path, {
    ...texts,
    needsCollection: needsCollection ?? query.needsCollection,
    parameters: all,
    schema,
    failures: historyFailure,
    answer({ page, limit, ...values }, state) {
      const { database, nowUts } = state;
      const filters = Object.fromEntries(
        Object.entries(values).filter(([name]) => parameters[name] === undefined),
      );
      const filter = readFilters(subject, filters, state);
      return readListDocument(query, database, { ...values, filter, paging: { page, limit }, nowUts });
    },
  });
}
