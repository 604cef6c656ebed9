// Asks a service for single things, one request or a few each. Answers are stored as they come, and one that can't be
// read does not stop the others.
import { BadAnswer, UnexpectedRefusal } from "../../sources/transport/service-errors.ts";

interface LookupOptions<Item> {
  /** How many items are asked for at once; the pacer keeps them to the service's limit. */
  readonly lanes: number;
  /** After this many unreadable answers in a row, assume the service is down and stop. */
  readonly maxUnread: number;
  /** Returns false if nothing more should be asked for now. */
  readonly hasRoom?: () => boolean;
  readonly ask: (item: Item) => Promise<void>;
  readonly onUnread?: (item: Item) => void;
  /** Called after each item, with how many are left. */
  readonly onDone?: (item: Item, remaining: number) => void;
}

export interface LookupSummary {
  /** Errors of the answers that could not be read. */
  readonly unread: readonly Error[];
  /** The error that stopped it early. Throw it after storing what depends on the answers so far. */
  readonly stop: { readonly error: unknown } | null;
  /** True if there was no more room. */
  readonly isCut: boolean;
}

export async function lookUpEach<Item>(
  items: Iterable<Item>,
  { lanes, maxUnread, hasRoom = () => true, ask, onUnread, onDone }: LookupOptions<Item>,
): Promise<LookupSummary> {
  const queue = [...items];
  const unread: Error[] = [];
  let unreadInRow = 0;
  let stop: LookupSummary["stop"] = null;
  let isCut = false;

  const runLane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && stop === null; item = queue.shift()) {
      if (!hasRoom()) {
        isCut = true;
        return;
      }
      try {
        await ask(item);
        unreadInRow = 0;
      } catch (error) {
        if (!(error instanceof BadAnswer || error instanceof UnexpectedRefusal)) {
          stop ??= { error };
          return;
        }
        onUnread?.(item);
        unread.push(error);
        unreadInRow += 1;
        if (unreadInRow >= maxUnread) stop ??= { error };
      }
      onDone?.(item, queue.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  return { unread, stop, isCut };
}
