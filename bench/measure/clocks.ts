// What a sample is measured with, in milliseconds.
import { openSync, readSync } from "node:fs";
import type { ClockName } from "../case.js";

const NS_PER_MS = 1e6;
const US_PER_MS = 1e3;

function processTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / US_PER_MS;
}

/**
 * Linux counts the time of a thread in a file that lags behind by up to a timer tick; asking for the process's time first
 * makes the kernel bring it up to date. Elsewhere, the time of the process.
 */
function openThreadClock(): () => number {
  if (process.platform !== "linux") return processTime;
  const file = openSync("/proc/thread-self/schedstat", "r");
  const text = Buffer.alloc(96);
  return () => {
    process.cpuUsage();
    const length = readSync(file, text, 0, text.length, 0);
    return Number(text.toString("latin1", 0, length).split(" ", 1)[0]) / NS_PER_MS;
  };
}

export function openClock(name: ClockName): () => number {
  if (name === "wall") return () => performance.now();
  return name === "thread" ? openThreadClock() : processTime;
}
