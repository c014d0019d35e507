import { describe } from "../errors/checks.js";
import { EventLoop } from "./eventLoop.js";

/** Where loops come from when nobody says otherwise. */
export interface EventLoopPolicy {
  newEventLoop(): EventLoop;
}

const defaultPolicy: EventLoopPolicy = { newEventLoop: () => new EventLoop() };
let policy: EventLoopPolicy = defaultPolicy;

/** Puts another loop under unchanged programs, as uvloop is put under asyncio's; `null` brings back the default. */
export function setEventLoopPolicy(next: EventLoopPolicy | null): void {
  if (next !== null && typeof next?.newEventLoop !== "function") {
    throw new TypeError(`setEventLoopPolicy expects an object with a newEventLoop method, got ${describe(next)}`);
  }
  policy = next ?? defaultPolicy;
}

export function getEventLoopPolicy(): EventLoopPolicy {
  return policy;
}

/** A loop of its own, made by the policy, for programs that drive one by hand; close it at the end. */
export function newEventLoop(): EventLoop {
  return policy.newEventLoop();
}
