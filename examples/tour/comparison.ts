// A taste of `npm run bench`: the same cases and the same measuring, with few rounds.
import { runFresh } from "../../bench/measure/fresh.js";
import type { Measured } from "../../bench/measure/rounds.js";
import type { Order } from "../../bench/measure/worker.js";
import { ratio } from "../../bench/result.js";
import { thisNode } from "../../bench/runtimes.js";

const WORKER = new URL("../../bench/measure/worker.js", import.meta.url);

const ORDER: Order = {
  names: [
    "task switch by yield, flat",
    "task switch by yield, 8 calls deep",
    "Future round trip by yield*",
    "create and join 100,000 tasks",
    "100,000 timers set, 90 % cancelled",
    "cancel and join 20,000 sleepers",
  ],
  rounds: 5,
  clock: "wall",
  gc: true,
  rivals: null,
};

function nanoseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ns`.padStart(10);
}

export async function comparison(): Promise<void> {
  console.log(
    "ratio      ours      native   (below 1 this loop is faster; medians of 5, so take them as a rough idea)",
  );
  await runFresh<Measured>(thisNode, WORKER, [JSON.stringify(ORDER)], (result) => {
    const { name, against, ours, native } = result;
    console.log(
      `${ratio(result).toFixed(2)} ${nanoseconds(ours.median)} ${nanoseconds(native.median)}   ${name} / ${against}`,
    );
  });
}
