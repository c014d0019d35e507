import { TimerHost } from "./timerHost.js";

/**
 * Edge runtimes. In workerd the clock stands still between I/O, so a slice ends by its number of steps; timers belong
 * to the request that set them. A message channel is made for each turn: one kept open would belong to one request.
 */
export class EdgeHost extends TimerHost {
  protected override wakeInMacrotask(wake: () => void): void {
    if (typeof MessageChannel !== "function") {
      setTimeout(wake, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      wake();
    };
    port2.postMessage(null);
  }
}
