// What this package does, shown: `npm start`. Each program stands in a file of its own and prints as it runs.
import { KeyboardInterrupt } from "wasyncio";
import { chat } from "./network/chat.js";
import { echo } from "./network/echo.js";
import { fetchingMany } from "./network/fetchMany.js";
import { headers } from "./network/headers.js";
import { pool } from "./network/pool.js";
import { byHand } from "./tour/byHand.js";
import { callbacks } from "./tour/callbacks.js";
import { cancelByTimer } from "./tour/cancelByTimer.js";
import { comparison } from "./tour/comparison.js";
import { completing } from "./tour/completing.js";
import { conditions } from "./tour/conditions.js";
import { coroutines } from "./tour/coroutines.js";
import { doneCallbacks } from "./tour/doneCallbacks.js";
import { events } from "./tour/events.js";
import { futureSetByTimer } from "./tour/futureSetByTimer.js";
import { groups } from "./tour/groups.js";
import { locks } from "./tour/locks.js";
import { queues } from "./tour/queues.js";
import { semaphores } from "./tour/semaphores.js";
import { switching } from "./tour/switching.js";
import { tasks } from "./tour/tasks.js";
import { tenThousand } from "./tour/tenThousand.js";
import { waiting } from "./tour/waiting.js";

const programs: readonly (readonly [title: string, program: () => Promise<void>])[] = [
  ["A coroutine with and without a result", coroutines],
  ["Callbacks: soon, later, at", callbacks],
  ["A Future set by a timer", futureSetByTimer],
  ["Done callbacks with bound arguments", doneCallbacks],
  ["Tasks: create, name, cancel", tasks],
  ["A task cancelled by a timer", cancelByTimer],
  ["A gather of gathers, and one group cancelled", groups],
  ["Waiting for the first, for a while, for the rest", waiting],
  ["One after the other as they complete, with a timeout", completing],
  ["A lock that a timer releases", locks],
  ["An event that three wait for", events],
  ["A condition that notifies some", conditions],
  ["A semaphore: two of three work", semaphores],
  ["A producer and three consumers, a queue of two between them", queues],
  ["A scheduler by hand, and the same on the loop", byHand],
  ["Switching to each other, as greenlets do", switching],
  ["A TCP echo server and two clients", echo],
  ["The headers of three sites, asked for at once", headers],
  ["Thirty pages, ten at a time", fetchingMany],
  ["A chat room", chat],
  ["A pool of connections, fed by a bounded queue", pool],
  ["Ten thousand coroutines", tenThousand],
  ["This loop against native promises and timers", comparison],
];

try {
  for (const [title, program] of programs) {
    console.log(`\n${title}\n${"-".repeat(title.length)}`);
    await program();
  }
} catch (error) {
  // Ctrl-C: every finally block has run, and the exit code is set.
  if (!(error instanceof KeyboardInterrupt)) throw error;
  console.log("\nThe tour was interrupted.");
}
