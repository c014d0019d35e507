// The steps of async generators that are on their way, apart from the generators themselves, which tasks do without.
import type { Resumption } from "./agenFrame.js";
import type { AgenBody } from "./asyncGenerator.js";
import type { Coroutine } from "./coroutine.js";

/** What a step is to do, until it begins. */
export interface StepRequest {
  readonly body: AgenBody;
  /** Held so that it is not collected, and its body closed, while the step is on its way. */
  readonly owner: object | null;
  readonly how: Resumption;
  readonly method: string;
  readonly argument: unknown;
  /** A cancellation that came before the step began. */
  thrown: { readonly error: unknown } | null;
  isStarted: boolean;
}

const requests = new WeakMap<Coroutine<unknown>, StepRequest>();

/** `coroutine` does what `request` says. */
export function noteStep<T>(coroutine: Coroutine<T>, request: StepRequest): Coroutine<T> {
  requests.set(coroutine as Coroutine<unknown>, request);
  return coroutine;
}

/**
 * A task made of a step and cancelled before it began: as in asyncio the error goes into the generator itself, so that
 * its `finally` blocks run. False when `coroutine` is something else.
 */
export function cancelUnstartedStep(coroutine: Coroutine<unknown>, error: unknown): boolean {
  const request = requests.get(coroutine);
  if (request === undefined || request.isStarted) return false;
  request.thrown = { error };
  return true;
}
