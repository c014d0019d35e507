// All cases, in the order of the report. A new file of cases is entered here.
import type { Case } from "../case.js";

type Load = () => Promise<readonly Case[]>;

const files: readonly Load[] = [
  async () => (await import("./taskSwitch.js")).taskSwitchCases,
  async () => (await import("./futures.js")).futureCases,
  async () => (await import("./createAndJoin.js")).createAndJoinCases,
  async () => (await import("./calls.js")).callCases,
  async () => (await import("./compiledAsync.js")).compiledAsyncCases,
  async () => (await import("./locks.js")).lockCases,
  async () => (await import("./queues.js")).queueCases,
  async () => (await import("./callSoon.js")).callSoonCases,
  async () => (await import("./timers.js")).timerCases,
  async () => (await import("./timerGrowth.js")).timerGrowthCases,
  async () => (await import("./cancellation.js")).cancellationCases,
  async () => (await import("./streams.js")).streamCases,
  async () => (await import("./boundary.js")).boundaryCases,
];

/** Without `onUnloadable`, a file that can not be loaded is an error; an older revision may lack what a file needs. */
export async function loadCases(onUnloadable?: (error: unknown) => void): Promise<Case[]> {
  const cases: Case[] = [];
  for (const load of files) {
    try {
      cases.push(...(await load()));
    } catch (error) {
      if (onUnloadable === undefined) throw error;
      onUnloadable(error);
    }
  }
  return cases;
}
