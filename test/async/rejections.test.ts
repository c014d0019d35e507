// An exception that nobody looks at is told once, in one place: by the loop's exception handler as long as it is the
// loop's, by the host's rule for unhandled rejections once a `then` has handed it over.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../support/child.js";

/** Programs that call `failing`, which fails with "E" after one pass through the loop, in several ways. */
const SOURCES: Readonly<Record<string, string>> = {
  "an eager call": `
    import { asyncToGenerator } from "wasyncio/async/eager";
    const failing = asyncToGenerator(function* () { yield null; throw new Error("E"); });`,
  "a call within an eager call": `
    import { asyncToGenerator } from "wasyncio/async/eager";
    const inner = asyncToGenerator(function* () { yield null; throw new Error("E"); });
    const failing = asyncToGenerator(function* () { yield inner(); });`,
  "a lazy coroutine": `
    import { asyncToGenerator } from "wasyncio/async/lazy";
    const failing = asyncToGenerator(function* () { yield null; throw new Error("E"); });`,
  "a coroutine": `
    import { coroutine } from "wasyncio";
    const failing = coroutine(function* () { yield; throw new Error("E"); });`,
  "a task of a native async function": `
    import { createTask } from "wasyncio";
    const failing = () => createTask(async () => { await null; throw new Error("E"); });`,
  "a task of a foreign promise": `
    import { createTask } from "wasyncio";
    const failing = () => createTask(Promise.reject(new Error("E")));`,
  "a wrapped promise": `
    import { wrapFuture } from "wasyncio";
    const failing = () => wrapFuture(Promise.reject(new Error("E")));`,
};

/** Their body does not begin until somebody awaits. */
const LAZY = ["a lazy coroutine", "a coroutine"];

interface Told {
  readonly byLoop: number;
  readonly byHost: number;
}

const COUNTING = `
  const told = { byLoop: 0, byHost: 0 };
  process.on("unhandledRejection", () => told.byHost++);
  process.on("exit", () => console.log(JSON.stringify(told)));
`;

/** Runs `use` in a run whose loop counts what it is told, or in plain code, where console.error does. */
async function toldBy(source: string, use: string, isInRun: boolean): Promise<Told> {
  const inRun = `
    const loop = new EventLoop();
    loop.setExceptionHandler(() => told.byLoop++);
    await run(function* () { use(); yield* sleep(20); }, { loopFactory: () => loop });`;
  const inPlainCode = `
    console.error = () => told.byLoop++;
    use();
    await new Promise((resolve) => { setTimeout(resolve, 20); });`;
  // The listener of the background loop, which counts at the end of the process, has to come before ours.
  const { stdout, stderr } = await runProgram(`
    import { EventLoop, Future, run, sleep } from "wasyncio";
    ${source}
    new Future();
    ${COUNTING}
    const use = () => { ${use} };
    ${isInRun ? inRun : inPlainCode}
  `);
  assert.equal(stderr, "");
  return JSON.parse(stdout) as Told;
}

for (const [name, source] of Object.entries(SOURCES)) {
  for (const isInRun of [true, false]) {
    const where = isInRun ? "in a run" : "in plain code";

    test(`${name} that nobody awaits, ${where}: the loop tells it, the host does not`, async () => {
      const nothing = LAZY.includes(name);
      assert.deepEqual(await toldBy(source, "failing();", isInRun), { byLoop: nothing ? 0 : 1, byHost: 0 });
    });

    test(`${name} with a then that handles nothing, ${where}: the host tells it, the loop does not`, async () => {
      const use = "void failing().then(() => {});";
      assert.deepEqual(await toldBy(source, use, isInRun), { byLoop: 0, byHost: 1 });
    });

    test(`${name} that is caught, ${where}: nobody tells it`, async () => {
      const use = `
        failing().catch(() => {});
        (async () => { try { await failing(); } catch {} })();
        Promise.allSettled([failing(), failing()]);`;
      assert.deepEqual(await toldBy(source, use, isInRun), { byLoop: 0, byHost: 0 });
    });
  }
}

test("an eager call that is caught some time after it has failed is not told", async () => {
  const use = `const call = failing(); setTimeout(() => call.catch(() => {}), 5);`;
  assert.deepEqual(await toldBy(SOURCES["an eager call"]!, use, true), { byLoop: 0, byHost: 0 });
});
