// Opens pages in the user's browser.
import { spawn } from "node:child_process";

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Resolves once a browser took the address; false if there is none. The browser outlives us. */
export async function openPage(address: string, surroundings: Surroundings): Promise<boolean> {
  return startFirst(pageOpeners(address, surroundings));
}

/** The same for a file of ours. An address of our own server would be seen by every user of the machine. */
export async function openOwnPage(address: string, surroundings: Surroundings): Promise<boolean> {
  return startFirst(ownPageOpeners(address, surroundings));
}

async function startFirst(commands: readonly (readonly string[])[]): Promise<boolean> {
  for (const [command = "", ...words] of commands) {
    if (await isStarted(command, words)) return true;
  }
  return false;
}

/** Commands that open the page, the best first; none unless the address is on the web. */
export function pageOpeners(address: string, surroundings: Surroundings): readonly (readonly string[])[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === "https:" && url.host !== "" ? openersOf(url, surroundings) : [];
}

/** Like pageOpeners, for a file of this machine. */
export function ownPageOpeners(address: string, surroundings: Surroundings): readonly (readonly string[])[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === "file:" && url.host === "" ? openersOf(url, surroundings) : [];
}

/** The address has no blanks or quotes, at which programs of Windows would take their one line apart. */
function openersOf({ href }: URL, surroundings: Surroundings): readonly (readonly string[])[] {
  return openers(surroundings).map((words) => [...words, href]);
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

/** Uses no shell, so that an address is an argument and nothing else. */
function isStarted(command: string, words: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
