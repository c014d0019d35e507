// All cases, in the order of the report.
import type { Case } from "../case.js";
import { boundaryCases } from "./boundary.js";
import { callSoonCases } from "./callSoon.js";
import { callCases } from "./calls.js";
import { cancellationCases } from "./cancellation.js";
import { createAndJoinCases } from "./createAndJoin.js";
import { futureCases } from "./futures.js";
import { lockCases } from "./locks.js";
import { queueCases } from "./queues.js";
import { taskSwitchCases } from "./taskSwitch.js";
import { timerGrowthCases } from "./timerGrowth.js";
import { timerCases } from "./timers.js";

export const cases: readonly Case[] = [
  ...taskSwitchCases,
  ...futureCases,
  ...createAndJoinCases,
  ...callCases,
  ...lockCases,
  ...queueCases,
  ...callSoonCases,
  ...timerCases,
  ...timerGrowthCases,
  ...cancellationCases,
  ...boundaryCases,
];
