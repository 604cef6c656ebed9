// The frame of every page: head, style, and a policy that allows nothing from outside.
import { createHash } from "node:crypto";
import { style } from "./style.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../../output/markup.ts";

const generator = "rewind report";

/** The beginning of a page of ours, which may be replaced. A page that quotes it elsewhere is another program's. */
export const ownPagePattern = new RegExp(
  String.raw`^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8" />\s*<meta name="generator" content="${generator} `,
);

function buildCspHash(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/**
 * A Content Security Policy: only a style sheet and a script with these hashes, and no address is loaded, but by the script
 * from the server that sent the page. `forms`: forms may be sent to that server.
 */
export function buildContentPolicy({
  script,
  forms,
}: {
  readonly script?: Markup;
  readonly forms: boolean;
}): string {
  return [
    "default-src 'none'",
    `style-src ${buildCspHash(style)}`,
    "img-src data:",
    ...(script === undefined ? [] : [`script-src ${buildCspHash(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
  ].join("; ");
}

export function renderDocumentStart(title: Markup, version: string, policy: string): Markup {
  return markup`<!doctype html>
<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${escapeMarkup(`${generator} ${version}`)}" />
        <meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>${style}</style>
      </head>
      <body>
    `;
}

/** Split, because the bundler would otherwise take it for the end of its own script. */
const endOfScript = escapeMarkup("/script");

export function renderDocumentEnd(script?: Markup): Markup {
  const end = script === undefined ? emptyMarkup : markup`<script>${script}<${endOfScript}>`;
  return markup`${end}
</body>
</html>
`;
}

export const signInPolicy = buildContentPolicy({ forms: true });

/** `remark`: why the page is not shown; empty the first time. `takesKeys` false: only a code on the server's screen opens it. */
export function renderSignInPage(version: string, remark: string, takesKeys: boolean): Markup {
  const why = remark === "" ? emptyMarkup : markup`<p role="alert">${escapeMarkup(remark)}</p>`;
  const ask = takesKeys
    ? markup`<h1>Enter your key</h1>${why}
<form method="post" action="/session"><label>Key <input type="password" name="key" required autofocus autocomplete="current-password" maxlength="200"></label> <button>Open</button></form>
<p class="note">To make a key, run: rewind keys create. If you started the server, you need none: rewind serve --open</p>`
    : markup`<h1>Scan the code</h1>${why}
<p class="note">The code that rewind serve --phone shows opens the page once.</p>`;
  return markup`${renderDocumentStart(escapeMarkup("rewind"), version, signInPolicy)}
<main id="main" class="door"><p class="brand">rewind</p>${ask}</main>
${renderDocumentEnd()}`;
}
