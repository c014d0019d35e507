// What a loop waits for before it closes: async generators that are still open, and the default executor.
import { gather } from "../combinators/gather.js";
import { isCancelled } from "../errors/cancelledError.js";
import type { EventLoop } from "../loop/eventLoop.js";
import { fillFactories } from "../loop/factories.js";
import type { Steps } from "../tasks/awaitable.js";
import { coroutine } from "../tasks/coroutine.js";
import { takeOpenAgens } from "../tasks/openAgens.js";

const shutdownAsyncgens = coroutine(function* (loop: EventLoop): Steps<void> {
  const bodies = takeOpenAgens(loop);
  if (bodies.length === 0) return;
  const results = yield* gather(
    bodies.map((body) => body.close()),
    { returnExceptions: true },
  );
  for (const [i, exception] of results.entries()) {
    if (!(exception instanceof Error) || isCancelled(exception)) continue;
    const message = "an error occurred during closing of asynchronous generator";
    loop.callExceptionHandler({ message, exception, asyncgen: bodies[i]!.generator });
  }
});

const shutdownDefaultExecutor = coroutine(function* (): Steps<void> {});

fillFactories({ shutdownAsyncgens, shutdownDefaultExecutor });
