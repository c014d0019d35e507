import type { Host } from "./host.js";
import { TimerHost } from "./timerHost.js";

/**
 * Edge runtimes. In workerd the clock stands still between I/O, so a slice ends by its number of steps; timers belong
 * to the request that set them. Turns are timers as well: workerd delivers messages before everything else, so a loop that
 * is never idle would let neither timer nor I/O through (seen in workerd 1.20261117.1; a timer of 0 ms costs 24 µs there).
 */
export function edgeHost(): Host {
  return new TimerHost((wake) => void setTimeout(wake, 0));
}
