import { EventLoop } from "./eventLoop.js";

/** A loop of its own, for programs that drive one by hand; close it at the end. */
export function newEventLoop(): EventLoop {
  return new EventLoop();
}
