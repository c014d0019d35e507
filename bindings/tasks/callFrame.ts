// Frames of eager compiled calls. A call's generator is driven bare, without a frame, for as long as nobody needs one: its
// task then has no top frame, and the generator is the task's target.
import { keepShape } from "../loop/shapes.js";
import { AsyncCoroutine } from "./asyncCoroutine.js";
import { DRIVEN, type AnyGenerator, type Coroutine } from "./coroutine.js";
import type { Task } from "./task.js";

type FrameFields = { -readonly [K in "_generator" | "_link" | "_state"]: Coroutine<unknown>[K] };

/** Makes the frame of a call as AsyncCoroutine does, without a super call, so that it is inlined. */
const CallFrame = function (this: FrameFields, generator: AnyGenerator): void {
  this._generator = generator;
  this._link = null;
  this._state = DRIVEN;
} as unknown as new (generator: AnyGenerator) => AsyncCoroutine<unknown>;
CallFrame.prototype = AsyncCoroutine.prototype;
keepShape(() => new CallFrame((function* () {})()));

/** Puts a frame for the call under those that it has called. */
export function frameOf(task: Task<unknown>): Coroutine<unknown> {
  const frame = new CallFrame(task._target as AnyGenerator);
  if (task._top === null) {
    task._top = frame;
  } else {
    let lowest = task._top;
    while (lowest._link !== null) lowest = lowest._link as Coroutine<unknown>;
    lowest._link = frame;
  }
  return frame;
}
