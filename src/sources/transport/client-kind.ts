import type { Bounds } from "../../model/decode.ts";
import type { Signing } from "../services/remote-service.ts";
import type { Caller, CallerOptions } from "./calls.ts";
import type { Allowance, PacerOptions } from "./pacing.ts";

/** What the client of a service is opened with. */
export interface ClientOptions {
  readonly caller: Caller;
  readonly baseUrl: URL;
  /** What lets us in; "" where the service asks for nothing. */
  readonly secret: string;
  /** What calls are signed with that write; null: none are made. */
  readonly signing: Signing | null;
  /** What an answer's fields are held to at this moment. */
  readonly bounds: () => Bounds;
}

/** A service's client, with the pace that it keeps. */
export interface ClientKind<Client> {
  readonly pace: Pick<PacerOptions, "maxInFlight" | "throttledWaitMs">;
  allowance(): Allowance;
  readonly budgetOf?: CallerOptions["budgetOf"];
  open(options: ClientOptions): Client;
}
