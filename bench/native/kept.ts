// One live instance of every class on the native side's path, as a program that uses them would have: a forced collection
// forgets what the engine learned of classes without instances. This package keeps its own alive (loop/shapes.ts); without
// this the native queue took three times as long, and the comparison flattered us.
import { PromiseLatch, PromiseMutex, PromiseQueue, PromiseSemaphore } from "./sync.js";

const LONG = 3_600_000;

function used(): unknown[] {
  const mutex = new PromiseMutex();
  const semaphore = new PromiseSemaphore(1);
  const latch = new PromiseLatch();
  const queue = new PromiseQueue<number>(1);
  const waits = [
    mutex.acquire(),
    mutex.acquire(),
    semaphore.acquire(),
    semaphore.acquire(),
    latch.wait(),
    queue.put(1),
    queue.put(2),
    queue.get(),
  ];
  const starved = new PromiseQueue<number>(1);
  waits.push(starved.get());
  const timer = setTimeout(() => {}, LONG);
  timer.unref();
  const controller = new AbortController();
  controller.signal.addEventListener("abort", () => {}, { once: true });
  return [mutex, semaphore, latch, queue, starved, waits, timer, controller];
}

/** Read by nobody. */
export const kept: readonly unknown[] = used();
