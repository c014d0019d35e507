import type { Host } from "./host.js";
import { TimerHost } from "./timerHost.js";

interface TaskScheduler {
  postTask(task: () => void): unknown;
}

interface Ports {
  readonly port1: Window;
  readonly port2: Window;
}

/** Pages and their workers. */
export function browserHost(): Host {
  return new TimerHost(choosePost());
}

/**
 * The cheapest turn of the page's own loop: postTask where there is one, in WebKit a message to the window itself. In
 * Firefox's workers timers never fire as long as tasks are posted, so workers send messages through a channel.
 */
function choosePost(): (wake: () => void) => void {
  const isPage = typeof document === "object";
  const { scheduler } = globalThis as { scheduler?: Partial<TaskScheduler> };
  if (isPage && typeof scheduler?.postTask === "function") return (wake) => void scheduler.postTask!(wake);
  const { port1, port2 }: MessageChannel | Ports = isPage ? { port1: window, port2: window } : new MessageChannel();
  const waiting: (() => void)[] = [];
  const token = `wasyncio ${Math.random()}`;
  port1.addEventListener("message", (event) => {
    if ((event as MessageEvent).data !== token) return;
    // The page's own listeners know nothing of it.
    event.stopImmediatePropagation();
    waiting.shift()?.();
  });
  if (port1 instanceof MessagePort) port1.start();
  return (wake) => {
    waiting.push(wake);
    port2.postMessage(token);
  };
}
