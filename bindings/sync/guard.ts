import { RuntimeError } from "../errors/errors.js";
import { dispose } from "../hosts/disposeSymbols.js";
import { keepShape } from "../loop/shapes.js";
import type { Body, Steps } from "../tasks/awaitable.js";
import { Coroutine } from "../tasks/coroutine.js";
import { checkBody, runBody } from "../tasks/runBody.js";

/** What `acquire()` gives: releases what was acquired, once. `using guard = yield* lock.acquire()`. */
export class Guard implements Disposable {
  /** What is released; `null` once it has been. */
  declare private owner: { release(): void } | null;

  /** @internal */
  constructor(owner: { release(): void }) {
    this.owner = owner;
  }

  /** Releases before the end of the block. RuntimeError the second time. */
  release(): void {
    const { owner } = this;
    if (owner === null) {
      throw new RuntimeError("the guard has released already: acquire again for another one");
    }
    this.owner = null;
    owner.release();
  }

  /** Releases unless `release()` has been called. */
  [dispose](): void {
    if (this.owner !== null) this.release();
  }
}

interface Acquirable {
  acquire(): Coroutine<Guard>;
}

function* holdWhile<T>(acquirable: Acquirable, body: Body<T, [guard: Guard]>): Steps<T> {
  const guard = yield* acquirable.acquire();
  try {
    return yield* runBody(body, guard);
  } finally {
    guard[dispose]();
  }
}

/** `async with`: acquires, runs `body` with the guard, releases however the body ends. */
export function withGuard<T>(acquirable: Acquirable, body: Body<T, [guard: Guard]>): Coroutine<T> {
  checkBody(body, "with");
  return new Coroutine(holdWhile(acquirable, body));
}

keepShape(() => new Guard({ release() {} }));
