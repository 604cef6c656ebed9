// Search in the collection and the plays, as in the API of the hosted service.
import { UsageError } from "../../../model/errors.ts";
import { searchAll, searchDomains, type SearchDomain } from "../../../queries/albums/full-text.ts";
import { searchSchema } from "../../../queries/documents/hosted-listening-documents.ts";
import { choice, optionalChoice, requiredPhrase } from "../../parameters/parameter.ts";
import { badValue, paging } from "../date-parameters.ts";
import { question } from "../route.ts";

const hostedDomains = ["listening", "running", "watching", "collecting", "reading"] as const;

const search = question("/v1/search", {
  summary: "Records, artists, albums and tracks by words",
  details:
    `Words may be in title or artist, in any order; exact titles come first, then what is played most. There is no data about
running, watching and reading. The modes semantic and hybrid search by words too and give the same answer; the hosted
service has them for reading only, so domain=reading is ignored with them. The entity_id of a release is the number of the
record, as in /v1/collecting/vinyl/{id}.`.replaceAll("\n", " "),
  parameters: {
    q: requiredPhrase("words of title or artist"),
    domain: optionalChoice("only this domain", hostedDomains),
    ...paging({ most: 100, usual: 20 }),
    mode: choice("ranking; all modes give the same answer", ["keyword", "semantic", "hybrid"], "keyword"),
  },
  schema: searchSchema,
  answer({ q, domain, mode, page, limit }, { database }) {
    const isReading = domain === "reading" && mode !== "keyword";
    const domains: readonly SearchDomain[] =
      domain === null || isReading ? searchDomains : searchDomains.filter((each) => each === domain);
    try {
      return searchAll(database, { text: q, domains, paging: { page, limit } });
    } catch (error) {
      if (error instanceof UsageError) throw badValue("q", "at most 200 different words");
      throw error;
    }
  },
});

export const searchRoutes = [search];
