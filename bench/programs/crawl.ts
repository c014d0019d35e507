// A crawler: a bounded frontier, workers, a few requests at a time to each host, timeouts, retries, races that cancel the
// loser, and an end that cancels everybody.
import {
  coroutine,
  createTask,
  FIRST_COMPLETED,
  isCancelled,
  Queue,
  run,
  Semaphore,
  sleep,
  timeout,
  TimeoutError,
  wait,
  gather,
  type Steps,
} from "wasyncio";
import {
  FRONTIER,
  hostOf,
  HOSTS,
  IMAGES_EVERY,
  isRefused,
  latencyOf,
  mirrorLatency,
  PAGES,
  PATIENCE_MS,
  PER_HOST,
  printProcessorTime,
  Refused,
  Tally,
  WORKERS,
} from "./site.js";

const tally = new Tally();
const hosts = Array.from({ length: HOSTS }, () => new Semaphore(PER_HOST));

const request = coroutine(function* (page: number, attempt: number): Steps<number> {
  yield* sleep(latencyOf(page, attempt));
  if (isRefused(page, attempt)) throw new Refused();
  return page;
});

const polite = coroutine(function* (page: number, attempt: number): Steps<number> {
  const host = hosts[hostOf(page)]!;
  yield* host.acquire();
  try {
    return yield* timeout(PATIENCE_MS, () => request(page, attempt));
  } finally {
    host.release();
  }
});

const fetchPage = coroutine(function* (page: number): Steps<number> {
  for (let attempt = 0; ; attempt++) {
    try {
      return yield* polite(page, attempt);
    } catch (error) {
      if (error instanceof TimeoutError) tally.hung++;
      else if (error instanceof Refused) tally.refused++;
      else throw error;
    }
  }
});

const mirror = coroutine(function* (page: number, which: number): Steps<void> {
  yield* sleep(mirrorLatency(page, which));
});

const fetchImages = coroutine(function* (page: number): Steps<void> {
  const mirrors = [createTask(mirror(page, 0)), createTask(mirror(page, 1))];
  const { done, pending } = yield* wait(mirrors, { returnWhen: FIRST_COMPLETED });
  for (const slower of pending) slower.cancel();
  if (done.size > 0) tally.images++;
});

const work = coroutine(function* (frontier: Queue<number>): Steps<void> {
  try {
    for (;;) {
      const page = yield* frontier.get();
      yield* fetchPage(page);
      if (page % IMAGES_EVERY === 0) yield* fetchImages(page);
      tally.pages++;
      frontier.taskDone();
    }
  } finally {
    tally.stopped++;
  }
});

await run(function* () {
  const frontier = new Queue<number>(FRONTIER);
  const workers = Array.from({ length: WORKERS }, () => createTask(work(frontier)));
  for (let page = 0; page < PAGES; page++) yield* frontier.put(page);
  yield* frontier.join();
  for (const worker of workers) worker.cancel();
  for (const outcome of yield* gather(workers, { returnExceptions: true })) {
    if (!isCancelled(outcome)) throw outcome;
  }
  tally.check();
});
printProcessorTime();
