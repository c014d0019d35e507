import { coroutine, createTask, FIRST_COMPLETED, run, sleep, wait, type Task } from "wasyncio";

const phase = coroutine(function* (name: string, duration: number) {
  yield* sleep(duration);
  return `${name} after ${duration} ms`;
});

function show(title: string, done: ReadonlySet<Task<string>>, pending: ReadonlySet<Task<string>>): void {
  const results = [...done].map((task) => task.result());
  console.log(`${title}: ${results.join(", ") || "nothing"}; ${pending.size} pending`);
}

export async function waiting(): Promise<void> {
  await run(function* () {
    const tasks = [phase("short", 40), phase("middle", 120), phase("long", 200)].map((each) => createTask(each));

    const first = yield* wait(tasks, { returnWhen: FIRST_COMPLETED });
    show("the first", first.done, first.pending);

    const soon = yield* wait(first.pending, { timeout: 20 });
    show("within 20 ms more", soon.done, soon.pending);

    const rest = yield* wait(soon.pending);
    show("the rest", rest.done, rest.pending);
  });
}
