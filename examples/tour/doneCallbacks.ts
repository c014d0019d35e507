import { coroutine, createTask, run, sleep, type Future } from "wasyncio";

const square = coroutine(function* (x: number) {
  yield* sleep(50 * x);
  return x * x;
});

function report(prefix: string, total: { sum: number }, future: Future<number>): void {
  if (future.cancelled()) return;
  total.sum += future.result();
  console.log(`${prefix}: ${future.result()}`);
}

export async function doneCallbacks(): Promise<void> {
  const total = { sum: 0 };
  await run(function* () {
    for (const x of [3, 1, 2]) {
      const task = createTask(square(x));
      // A done callback gets the future; what else it needs is bound to it.
      task.addDoneCallback(report.bind(null, `${x} squared`, total));
    }
    yield* sleep(200);
  });
  console.log(`together: ${total.sum}`);
}
