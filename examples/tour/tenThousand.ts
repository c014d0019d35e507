import { coroutine, createTask, getRunningLoop, run, sleep, type Steps } from "wasyncio";

const MANY = 10_000;

/** Counts every line and shows a few of them. */
class Printer {
  lines = 0;

  print(text: string): void {
    this.lines++;
    if (this.lines % 2500 === 1) console.log(`${text}  (line ${this.lines})`);
  }
}

const visitor = coroutine(function* (printer: Printer, i: number): Steps<void> {
  printer.print(`coroutine ${i} comes in`);
  yield* sleep(1000);
  printer.print(`coroutine ${i} leaves`);
});

export async function tenThousand(): Promise<void> {
  const printer = new Printer();
  await run(function* () {
    const loop = getRunningLoop();
    const start = loop.time();
    const visitors = Array.from({ length: MANY }, (_, i) => createTask(visitor(printer, i)));
    for (const each of visitors) yield* each;
    const seconds = ((loop.time() - start) / 1000).toFixed(2);
    console.log(`${MANY} coroutines printed ${printer.lines} lines and slept one second each, in ${seconds} s`);
  });
}
