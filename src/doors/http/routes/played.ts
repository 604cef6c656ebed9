// Logs what a recogniser heard on the turntable.
import { recognisedListSchema, recognitionSchema } from "../../../queries/documents/recognised-documents.ts";
import { NotReadyError } from "../../../model/errors.ts";
import { Problem } from "../problem.ts";
import { action } from "../route.ts";

export const logHeard = action({
  method: "post",
  path: "/v1/played",
  access: "write",
  summary: "Log tracks that a recogniser heard",
  details:
    "Send one JSON object, or one a line. rewind finds the record and the side, and adds the track to the logged play. A track that is sent twice counts once.",
  parameters: {},
  body: recognitionSchema,
  takesLines: true,
  schema: recognisedListSchema,
  failures: { 409: "the cache was not synced yet" },
  async act(_, { logRecognised }, { lines }) {
    try {
      return await logRecognised(lines);
    } catch (error) {
      if (error instanceof NotReadyError) throw new Problem(409, error.message);
      throw error;
    }
  },
});
