// The user's browser: the one way in which a page of a service is opened.
import { spawn } from "node:child_process";

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Resolves once something took the address; false where nothing can show a page. The browser outlives us. */
export async function openPage(address: string, surroundings: Surroundings): Promise<boolean> {
  return isTakenByOneOf(pageOpeners(address, surroundings));
}

/** The same for a page that we made: a file of this machine, or what our own server answers. */
export async function openOwnPage(address: string, surroundings: Surroundings): Promise<boolean> {
  return isTakenByOneOf(ownPageOpeners(address, surroundings));
}

async function isTakenByOneOf(commands: readonly (readonly string[])[]): Promise<boolean> {
  for (const [command = "", ...given] of commands) {
    if (await isStarted(command, given)) return true;
  }
  return false;
}

/** What would open the page, the best first; nothing for what is no web address. */
export function pageOpeners(address: string, surroundings: Surroundings): readonly (readonly string[])[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "https:" || url.host === "") return [];
  // As browsers write it: without blanks and quotes, which programs of Windows take their one line apart at.
  return openers(surroundings).map((words) => [...words, url.href]);
}

/** As pageOpeners, for a page of ours. */
export function ownPageOpeners(address: string, surroundings: Surroundings): readonly (readonly string[])[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isOurs =
    (url?.protocol === "file:" && url.host === "") ||
    (url?.protocol === "http:" && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname));
  return url !== null && isOurs ? openers(surroundings).map((words) => [...words, url.href]) : [];
}

function openers({ platform, env }: Surroundings): readonly (readonly string[])[] {
  if (platform === "win32") return [["rundll32", "url.dll,FileProtocolHandler"]];
  // A list of commands, separated by colons. A command with % takes the address elsewhere than at its end: skip it.
  const preferred = (env["BROWSER"] ?? "")
    .split(":")
    .map((command) => command.split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0 && !words.some((word) => word.includes("%")));
  if (platform === "darwin") return [...preferred, ["open"]];
  if (env["WSL_DISTRO_NAME"] !== undefined) return [...preferred, ["wslview"], ["explorer.exe"]];
  // Without a desktop, xdg-open would start a text browser in the middle of our output.
  const hasDesktop = env["DISPLAY"] !== undefined || env["WAYLAND_DISPLAY"] !== undefined;
  return hasDesktop ? [...preferred, ["xdg-open"]] : preferred;
}

/** No shell: an address is an argument and nothing else. */
function isStarted(command: string, given: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, given, { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
