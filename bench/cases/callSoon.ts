// A callback for the next iteration.
import { getRunningLoop } from "wasyncio";
import type { Case } from "../case.js";

const MANY = 100_000;

let called = 0;

function count(): void {
  called++;
}

function checkAllCalled(): void {
  if (called !== MANY) throw new Error(`${called} of ${MANY} callbacks were called`);
}

export const callSoonCases: readonly Case[] = [
  {
    name: "100,000 callbacks by callSoon",
    against: "queueMicrotask",
    n: MANY,
    ours: {
      *run() {
        called = 0;
        const loop = getRunningLoop();
        for (let i = 0; i < MANY; i++) loop.callSoon(count);
        yield;
        checkAllCalled();
      },
    },
    native: {
      run: async () => {
        called = 0;
        for (let i = 0; i < MANY; i++) queueMicrotask(count);
        await null;
        checkAllCalled();
      },
    },
  },
];
