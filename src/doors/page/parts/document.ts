// What every page is within: its head, its style, and the policy that lets nothing else in.
import { createHash } from "node:crypto";
import { markup, nothing, text, type Markup } from "../../../output/markup.ts";
import { style } from "./style.ts";

/** Who wrote a page: so that it may be written again. */
export const generator = "rewind report";

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

interface Allowed {
  /** undefined: none. */
  readonly script?: Markup;
  /** Whether its forms may be sent back to the server that it came from. */
  readonly forms: boolean;
}

/** Nothing but what is in the page: no address that is fetched, a style sheet and a script known by their hashes. */
export function policyOf({ script, forms }: Allowed): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    "img-src data:",
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
  ].join("; ");
}

interface Head {
  readonly title: Markup;
  readonly version: string;
  readonly policy: string;
}

export function documentStart({ title, version, policy }: Head): Markup {
  return markup`<!doctype html>
<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${text(`${generator} ${version}`)}" />
        <meta http-equiv="Content-Security-Policy" content="${text(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>${style}</style>
      </head>
      <body>
    `;
}

/** Written in one piece, the bundler would take it for the end of its own script. */
const endOfScript = text("/script");

export function documentEnd(script?: Markup): Markup {
  const end = script === undefined ? nothing : markup`<script>${script}<${endOfScript}>`;
  return markup`${end}
</body>
</html>
`;
}
