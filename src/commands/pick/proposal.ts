import type { RecordRow } from "../../queries/cross-reference.ts";
import type { Candidate } from "../../queries/pick.ts";

/** A picked album with what one needs to know of it and to find it. */
export interface Proposal extends Candidate {
  readonly record: RecordRow;
  /** The value of the field that says where it stands; null: none. */
  readonly shelf: string | null;
  /** A sentence. */
  readonly why: string;
  /** A few words. */
  readonly whyInShort: string;
}
