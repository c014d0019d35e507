import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const NS_PER_US = 1_000;

/** Nanoseconds of this process's CPU time for each request that a load on `port` makes, once it is warm. */
export function measureUnderLoad(port: number, kind: "echo" | "http"): Promise<number> {
  return new Promise((resolve, reject) => {
    const load = fork(fileURLToPath(new URL("load.js", import.meta.url)), [String(port), kind], { execArgv: [] });
    let start: NodeJS.CpuUsage | undefined;
    load.on("message", (message) => {
      if (message === "warm") {
        globalThis.gc?.();
        start = process.cpuUsage();
        load.send("go");
        return;
      }
      const { user, system } = process.cpuUsage(start);
      resolve(((user + system) * NS_PER_US) / Number(message));
    });
    load.on("exit", (status) => reject(new Error(`the load ended with status ${status}`)));
  });
}
