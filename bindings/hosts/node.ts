import { TimerHost } from "./timerHost.js";

/** Node, and by the same globals Deno and Bun. */
export class NodeHost extends TimerHost {
  protected override wakeInMacrotask(wake: () => void): void {
    setImmediate(wake);
  }
}
