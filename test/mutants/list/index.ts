import type { Mutant } from "../mutant.js";
import { LISTS } from "./lists.js";
import { MEMORY } from "./memory.js";
import { READY } from "./ready.js";
import { SLOTS } from "./slots.js";
import { TIMERS } from "./timers.js";
import { WALKERS } from "./walkers.js";

export const MUTANTS: readonly Mutant[] = [...READY, ...TIMERS, ...SLOTS, ...LISTS, ...MEMORY, ...WALKERS];
