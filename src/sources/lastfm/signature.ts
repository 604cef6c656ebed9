// How Last.fm wants calls signed that act for a user.
import { createHash } from "node:crypto";

/** The form of a signed call. What has no value is left out: it would be in the signature, and not in what arrives. */
export function signedForm(
  parameters: Readonly<Record<string, string>>,
  sharedSecret: string,
): URLSearchParams {
  const given = Object.entries(parameters).filter(([, value]) => value !== "");
  // By their bytes: artist[10] comes before artist[1], whatever a language makes of it.
  const sorted = given.toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const text = sorted.map(([name, value]) => name + value).join("");
  const signature = createHash("md5").update(`${text}${sharedSecret}`, "utf8").digest("hex");
  return new URLSearchParams([...given, ["api_sig", signature], ["format", "json"]]);
}
