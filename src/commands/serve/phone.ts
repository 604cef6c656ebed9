// The page of the shelf for a phone in the same network: nothing else is served, and a code that works once opens it.
import type { Context } from "../../context.ts";
import { isLocalAddress, listLocalAddresses } from "../../host/local-network.ts";
import { invitationMs, type Sessions } from "../../interfaces/http/sessions.ts";
import { UsageError } from "../../model/errors.ts";
import { wrapSentence } from "../../output/paragraph.ts";
import { renderQrCode } from "../../output/qr-code.ts";
import { joinLines, safe, toPrintable } from "../../output/safe-text.ts";

/** No key opens the page: its way over the network is not encrypted. */
export const noKeys = { find: () => undefined, list: () => [] };

/** The address to listen on. Throws UsageError for one that is not of a local network, and if there is none. */
export function choosePhoneAddress(requested: string | undefined): string {
  const address = requested ?? listLocalAddresses()[0];
  if (address === undefined) {
    throw new UsageError(
      "this machine is in no local network that a phone could reach",
      "Connect it to the network of your phone, or name its address: --host 192.168.1.5",
    );
  }
  if (isLocalAddress(address)) return address;
  throw new UsageError(
    `--phone listens on an address of the local network, not on ${JSON.stringify(address.slice(0, 60))}`,
    "Leave out --host, or name an address such as 192.168.1.5.",
  );
}

/** Shows the code and the address behind it. They open one session. */
export async function showPhoneCode(
  context: Context,
  {
    address,
    host,
    sessions,
  }: { readonly address: string; readonly host: string; readonly sessions: Sessions },
): Promise<void> {
  const { screen } = context;
  const secret = sessions.invite(() => context.note("A phone has signed in. The code works no more."));
  const link = `${address}/session?once=${secret}`;
  const code = await renderQrCode(link, screen);
  const others = listLocalAddresses().filter((each) => each !== host);
  await context.write(
    joinLines([
      ...wrapSentence(
        `${code === null ? "Open this address on" : "Scan this with"} your phone. It works once, within ${invitationMs / 60_000} minutes.`,
        screen,
      ),
      safe``,
      ...(code === null ? [] : [...code, safe``]),
      toPrintable(link),
      safe``,
      ...wrapSentence(
        "Your local network alone can reach the page, without encryption. Ctrl-C ends it.",
        screen,
      ),
      ...(others.length === 0
        ? []
        : wrapSentence(`If your phone is in another network: --host ${others.join(", or --host ")}`, screen)),
    ]),
  );
}
