// What queues and barriers raise.
import { brand } from "./brand.js";
import { RuntimeError } from "./errors.js";

/** getNowait() found the queue empty. */
export class QueueEmpty extends Error {}
brand(QueueEmpty, "QueueEmpty");

/** putNowait() found the queue full. */
export class QueueFull extends Error {}
brand(QueueFull, "QueueFull");

/** The queue takes nothing more, or has nothing left to give, since shutdown(). */
export class QueueShutDown extends Error {}
brand(QueueShutDown, "QueueShutDown");

/** The barrier was aborted, or reset while tasks waited at it. */
export class BrokenBarrierError extends RuntimeError {}
brand(BrokenBarrierError, "BrokenBarrierError");
