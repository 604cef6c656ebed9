// Keeps what plays now, as the last client told the server: in memory, and in the file from which `rewind now` reads it.
import type { Context } from "../../context.ts";
import { deletePlayingNow, getPlayingNowPath, savePlayingNow } from "../../host/playing-now-file.ts";
import { isStillPlaying, type PlayingNow } from "../../model/playing-now.ts";

const checkIntervalMs = 30_000;

export function openPlayingNow({ cachePath, clock }: Pick<Context, "cachePath" | "clock">) {
  const path = getPlayingNowPath(cachePath);
  let playing: PlayingNow | null = null;
  let timer: NodeJS.Timeout | undefined;

  const forget = (): void => {
    clearInterval(timer);
    if (playing !== null) deletePlayingNow(path);
    playing = null;
  };
  const get = (): PlayingNow | null => {
    if (playing !== null && !isStillPlaying(playing, Math.floor(clock.now() / 1000))) forget();
    return playing;
  };
  return {
    get,
    set(next: PlayingNow): void {
      savePlayingNow(path, next);
      playing = next;
      clearInterval(timer);
      timer = setInterval(get, checkIntervalMs).unref();
    },
    forget,
  };
}
