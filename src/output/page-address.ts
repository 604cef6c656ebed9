// Which addresses may be shown as links, or opened.
import { trusted, type SafeText } from "./escape.ts";

const hosts = /(?:^|\.)(?:discogs\.com|last\.fm)$/;

/** A page of one of the services as it may be followed, in ASCII; null for any other address. */
export function pageAddress(url: string): SafeText | null {
  const address = encodeURI(url.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/%25/g, "%");
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, port, username, password } = new URL(address);
  const isPage = protocol === "https:" && port === "" && username === "" && password === "";
  return isPage && hosts.test(hostname) ? trusted(address) : null;
}
