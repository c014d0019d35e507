// Runs a test's body on a loop of its own and virtual time. At the end nothing may be left: no slot taken, no timer, no
// ready entry, no error that nobody looked at; and the core's invariants hold.
import assert from "node:assert/strict";
import {
  EventLoop,
  getRunningLoop,
  run,
  type Awaitable,
  type ExceptionContext,
  type Steps,
} from "../../bindings/index.js";
import { leakReport, runVirtual, VirtualHost } from "../../bindings/testing.js";
import { Trace } from "./trace.js";

/** What a test's body works with. */
export class Stage {
  readonly trace = new Trace();
  readonly loop: EventLoop;
  private reports: ExceptionContext[] = [];

  constructor(loop: EventLoop) {
    this.loop = loop;
    loop.setExceptionHandler((_loop, context) => this.reports.push(context));
  }

  /** What the exception handler has been told; whoever takes it expected it. */
  takeReports(): ExceptionContext[] {
    return this.reports.splice(0);
  }

  assertNothingLeft(): void {
    assertClean(this.loop);
    assert.deepEqual(this.reports, [], "something was reported to the exception handler");
  }
}

/** Everything is given back, and the core is consistent. */
export function assertClean(loop: EventLoop): void {
  const report = leakReport(loop);
  assert.ok(report.isClean, `left on the loop: ${JSON.stringify(report)}`);
  assertConsistent(loop);
}

/** The release core has no walkers and passes. */
export function assertConsistent(loop: EventLoop): void {
  assert.equal(loop._core.exports.invariantsCheck?.() ?? 0, 0, "an invariant of the core does not hold");
}

/** Synchronous; for generator coroutines. */
export function onLoop<T>(body: (stage: Stage) => Steps<T>): T {
  let stage: Stage | undefined;
  const result = runVirtual(function* (): Steps<T> {
    stage = new Stage(getRunningLoop());
    return yield* body(stage);
  });
  stage!.assertNothingLeft();
  return result;
}

/** The same driven by its host, so that promises settle; the body may be an async function. */
export async function onHostLoop<T>(body: (stage: Stage) => Awaitable<T>): Promise<T> {
  const stage = new Stage(new EventLoop({ host: new VirtualHost() }));
  const result = await run<T>(() => body(stage), { loopFactory: () => stage.loop });
  stage.assertNothingLeft();
  return result as T;
}

/** A loop that the body runs by hand; it is closed afterwards. */
export async function withLoop<T>(
  body: (stage: Stage) => T | Promise<T>,
  host: VirtualHost = new VirtualHost(),
): Promise<T> {
  const stage = new Stage(new EventLoop({ host }));
  const result = await body(stage);
  stage.loop.close();
  stage.assertNothingLeft();
  return result;
}
