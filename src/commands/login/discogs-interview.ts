// What login asks about Discogs: shown first is what is there, and it stays unless another is wanted.
import { AccountError } from "../../model/errors.ts";
import { PrivateListing, UnknownUser } from "../../sources/transport/failures.ts";
import { discogsToken, misplaced } from "../../settings/secret-shapes.ts";
import { checkCollection, collectionText, type CollectionAccount } from "../shared/opening/account-checks.ts";
import { notLoggedIn, refusalText } from "./refusals.ts";
import {
  attempts,
  heading,
  introduce,
  withAdvice,
  tell,
  tried,
  type Interviewed,
  type Talk,
} from "./talk.ts";

const discogsPage = "https://www.discogs.com/settings/developers";

export async function interviewDiscogs(talk: Talk): Promise<Interviewed> {
  const { stored } = talk;
  let username = stored.discogs_username ?? null;
  let token = stored.discogs_token;
  let isNew = false;
  if (token === undefined) await introduceDiscogs(talk);
  else await heading(talk, "Discogs", "a token is saved");
  for (;;) {
    if (token === undefined) {
      token = await talk.conversation.ask({
        label: "Token:",
        isHidden: true,
        refusal: (answer) =>
          withAdvice(misplaced(answer, discogsToken), `Generate new token, at ${discogsPage}`),
      });
      isNew = true;
    }
    const found = await tried(talk, "collection", () => discogsAccount(talk, token ?? "", username));
    if (!(found instanceof AccountError)) {
      await tell(talk, "right", collectionText(found));
      if (isNew || !(await talk.conversation.confirm("Another token?", false))) {
        const changes = { discogs_token: token, discogs_username: username };
        return { changes: isNew ? changes : { discogs_username: username }, username: found.username };
      }
      await introduceDiscogs(talk);
      token = undefined;
      continue;
    }
    await tell(talk, "wrong", refusalText(found, "collection", token));
    if ((found instanceof PrivateListing || found instanceof UnknownUser) && username !== null) {
      if (await talk.conversation.confirm("The collection of the token's owner instead?", true))
        username = null;
      else throw notLoggedIn(found, "collection");
      continue;
    }
    if (!isNew) await introduceDiscogs(talk);
    token = undefined;
  }
}

async function introduceDiscogs(talk: Talk): Promise<void> {
  await introduce(talk, "Discogs", "a personal access token, made at", discogsPage);
}

async function discogsAccount(
  { context, conversation }: Talk,
  token: string,
  username: string | null,
): Promise<CollectionAccount> {
  const services = await context.connectWith({ collection: token });
  try {
    return await checkCollection(services.collection, username, { signal: conversation.signal, attempts });
  } finally {
    await services.close();
  }
}
