// The door of a page that a server gives: the key is asked for once.
import { markup, nothing, text, type Markup } from "../../output/markup.ts";
import { documentEnd, documentStart, policyOf } from "./parts/document.ts";

export const doorPolicy = policyOf({ forms: true });

export function signInPage({
  version,
  remark,
}: {
  readonly version: string;
  readonly remark: string;
}): Markup {
  const why = remark === "" ? nothing : markup`<p role="alert">${text(remark)}</p>`;
  return markup`${documentStart({ title: text("rewind"), version, policy: doorPolicy })}
<main id="main" class="door"><p class="brand">rewind</p><h1>Whose shelf is it?</h1>${why}
<form method="post" action="/session"><label>Key <input type="password" name="key" required autofocus autocomplete="current-password" maxlength="200"></label> <button>Open</button></form>
<p class="note">A key is made by: rewind keys create. Whoever started the server needs none: rewind serve --open</p></main>
${documentEnd()}`;
}
