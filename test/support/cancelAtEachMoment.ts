// Runs a small program again and again, each time with some of its tasks cancelled at other moments: every millisecond
// of its span, and in each the first few passes of the loop. Nothing is sampled.
//
// A cancellation that a task has accepted must end it, sooner or later: the programs rethrow it, or come to another wait
// where it is delivered again. What is not asked for from here must be taken back by whoever asked.
import assert from "node:assert/strict";
import { gather, isCancelled, sleep, type Steps, type Task } from "../../bindings/index.js";
import { onLoop, type Stage } from "./onLoop.js";

export interface Program {
  /** Starts the tasks, which nobody but this test and the program's own scopes cancel. */
  start(stage: Stage): Task<unknown>[];
  /** Milliseconds until the last of them ends. */
  readonly span: number;
  /** What was told to the exception handler is expected. */
  readonly reports?: boolean;
}

interface Moment {
  readonly time: number;
  readonly pass: number;
}

interface Cancellation extends Moment {
  readonly task: number;
}

/** More passes than any of the programs makes within a millisecond. */
const PASSES = 7;

function moments(span: number): Moment[] {
  return Array.from({ length: (span + 1) * PASSES }, (_, n) => ({ time: Math.floor(n / PASSES), pass: n % PASSES }));
}

function isBefore(a: Moment, b: Moment): boolean {
  return a.time !== b.time ? a.time < b.time : a.pass <= b.pass;
}

function* play(program: Program, stage: Stage, cancellations: readonly Cancellation[]): Steps<void> {
  const tasks = program.start(stage);
  const accepted = tasks.map(() => 0);
  let last: Moment = { time: 0, pass: 0 };
  for (const cancellation of cancellations) {
    const { time, pass, task } = cancellation;
    if (time > last.time) yield* sleep(time - last.time);
    const from = time > last.time ? 0 : last.pass;
    for (let i = from; i < pass; i++) yield;
    last = cancellation;
    if (tasks[task]!.cancel()) accepted[task]!++;
  }
  const outcomes = yield* gather(tasks, { returnExceptions: true });
  yield* sleep(100);
  for (const [index, task] of tasks.entries()) {
    const isAccepted = accepted[index]! > 0;
    assert.equal(task.cancelled(), isAccepted, `task ${index} ended with ${String(outcomes[index])}`);
    assert.equal(isCancelled(outcomes[index]), isAccepted);
    assert.equal(task.cancelling(), accepted[index], `cancelling() of task ${index}`);
  }
  if (program.reports === true) stage.takeReports();
}

function playOnce(program: Program, cancellations: readonly Cancellation[]): void {
  try {
    onLoop((stage) => play(program, stage, cancellations));
  } catch (cause) {
    const where = cancellations
      .map(({ task, time, pass }) => `task ${task} at ${time} ms, pass ${pass}`)
      .join(", then ");
    throw new Error(`cancelling ${where || "nothing"}: ${String(cause)}`, { cause });
  }
}

/** Every task at every moment; then every two tasks, or one twice, at every two moments in order. */
export function cancelAtEachMoment(program: Program): void {
  const count = onLoop(function* (stage) {
    const tasks = program.start(stage);
    yield* gather(tasks, { returnExceptions: true });
    yield* sleep(100);
    if (program.reports === true) stage.takeReports();
    return tasks.length;
  });
  const all = moments(program.span);
  const single = all.flatMap((moment) => Array.from({ length: count }, (_, task) => ({ ...moment, task })));
  playOnce(program, []);
  for (const first of single) {
    playOnce(program, [first]);
    for (const second of single) if (isBefore(first, second)) playOnce(program, [first, second]);
  }
}
