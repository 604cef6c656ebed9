// The page that asks for a key.
import { markup, nothing, text, type Markup } from "../../output/markup.ts";
import { documentEnd, documentStart, policyOf } from "./parts/document.ts";

export const signInPolicy = policyOf({ forms: true });

interface SignIn {
  readonly version: string;
  /** Why the key is asked for again; empty the first time. */
  readonly remark: string;
}

export function signInPage({ version, remark }: SignIn): Markup {
  const why = remark === "" ? nothing : markup`<p role="alert">${text(remark)}</p>`;
  return markup`${documentStart({ title: text("rewind"), version, policy: signInPolicy })}
<main id="main" class="door"><p class="brand">rewind</p><h1>Enter your key</h1>${why}
<form method="post" action="/session"><label>Key <input type="password" name="key" required autofocus autocomplete="current-password" maxlength="200"></label> <button>Open</button></form>
<p class="note">To make a key, run: rewind keys create. If you started the server, you need none: rewind serve --open</p></main>
${documentEnd()}`;
}
