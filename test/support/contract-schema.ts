// The contract of `xref --json` as a schema, checked by a validator that knows nothing of the program.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { Infer } from "../../src/queries/documents/json-schema.ts";
import type { crossReferenceSchema } from "../../src/queries/documents/record-documents.ts";

const schema = JSON.parse(
  readFileSync(new URL("../schema/contract.schema.json", import.meta.url), "utf8"),
) as object;
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Returns how a document breaks the contract; [] if it doesn't. */
function findSchemaErrors(document: unknown): string[] {
  return validate(document)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

export type ContractDocument = Infer<typeof crossReferenceSchema>;

/** The parsed document of a `--json` answer; throws what the contract has against it. */
export function parseContractDocument(stdout: string): ContractDocument {
  const document: unknown = JSON.parse(stdout);
  const faults = findSchemaErrors(document);
  if (faults.length > 0) throw new Error(`not the contract: ${faults.join("; ")}`);
  return document as ContractDocument;
}
