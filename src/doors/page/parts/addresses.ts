// Where names lead to: pages of known hosts, and nowhere else.
import { markup, text, type Markup } from "../../../output/markup.ts";

/** The page of a release at Discogs. */
export function releaseAddress(id: number): Markup {
  return markup`https://www.discogs.com/release/${Math.trunc(id)}`;
}

/** An address that came from elsewhere; undefined where it is none of a known kind. */
export function outsideAddress(address: string | null): Markup | undefined {
  if (address === null || !URL.canParse(address)) return undefined;
  const { protocol, hostname, href } = new URL(address);
  return protocol === "https:" && /(?:^|\.)(?:last\.fm|discogs\.com)$/.test(hostname)
    ? text(href)
    : undefined;
}
