import type { Host } from "./host.js";
import { TimerHost } from "./timerHost.js";

interface TaskScheduler {
  postTask(task: () => void): unknown;
}

/** Pages and their workers. */
export function browserHost(): Host {
  return new TimerHost(choosePost());
}

/**
 * The cheapest turn of the page's own loop: postTask where there is one, in WebKit a message to the window itself. In
 * Firefox's workers timers never fire as long as tasks are posted, so workers send messages.
 */
function choosePost(): (wake: () => void) => void {
  if (typeof document !== "object") return postThroughChannel();
  const { scheduler } = globalThis as { scheduler?: Partial<TaskScheduler> };
  if (typeof scheduler?.postTask === "function") return (wake) => void scheduler.postTask!(wake);
  return postThroughWindow();
}

function postThroughWindow(): (wake: () => void) => void {
  const waiting: (() => void)[] = [];
  const token = `wasyncio ${Math.random()}`;
  addEventListener("message", (event: MessageEvent) => {
    if (event.source !== window || event.data !== token) return;
    event.stopImmediatePropagation();
    waiting.shift()?.();
  });
  return (wake) => {
    waiting.push(wake);
    postMessage(token, "*");
  };
}

function postThroughChannel(): (wake: () => void) => void {
  const waiting: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => waiting.shift()?.();
  return (wake) => {
    waiting.push(wake);
    channel.port2.postMessage(null);
  };
}
