import { coroutine, createTask, currentTask, getRunningLoop, isCancelled, run, sleep } from "wasyncio";

const endless = coroutine(function* () {
  for (let i = 1; ; i++) {
    console.log(`round ${i}`);
    yield* sleep(40);
  }
});

export async function cancelByTimer(): Promise<void> {
  await run(function* () {
    const task = createTask(endless());
    getRunningLoop().callLater(100, () => task.cancel("time is up"));
    try {
      yield* task;
    } catch (error) {
      // Whoever presses Ctrl-C means the task that waits here as well.
      if (!isCancelled(error) || currentTask()!.cancelling() > 0) throw error;
      console.log("cancelled:", error.msg);
    }
  });
}
