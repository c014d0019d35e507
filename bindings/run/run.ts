import { Runner, refuseOnStack, type Main, type RunnerOptions, type RunOptions } from "./runner.js";

/**
 * Runs `main` on a new loop and shuts the loop down: leftover tasks are cancelled and awaited, in asyncio's order. Main
 * may be a function, which is called in the main task's first step. RuntimeError while a loop is on the stack.
 */
export function run<T>(main: Main<T>, options: RunnerOptions & RunOptions = {}): Promise<Awaited<T>> {
  refuseOnStack("run()");
  const runner = new Runner(options);
  return finish(runner, start(runner, main, options));
}

/** What can not be run is refused at the call; the loop that was made for it is not left open. */
function start<T>(runner: Runner, main: Main<T>, options: RunOptions): Promise<Awaited<T>> {
  try {
    return runner.run(main, options);
  } catch (error) {
    void runner.close();
    throw error;
  }
}

async function finish<T>(runner: Runner, main: Promise<T>): Promise<T> {
  try {
    return await main;
  } finally {
    await runner.close();
  }
}
