import type { Program } from "../../format.js";
import { crowdMain } from "./crowd.js";
import { Draft } from "./draft.js";
import { Driver } from "./driver.js";
import { chooseProfile, type REGIONS, type Profile } from "./profile.js";
import { pruned } from "./prune.js";
import { Random } from "./random.js";
import type { Move, Region } from "./region.js";
import { REGION_TABLE } from "./regionTable.js";
import { workersMain } from "./workers.js";

/** How much likelier a statement about the program's main subject is than another. */
const EMPHASIS = 3;

/**
 * The random program of a seed. `attempt` gives another program about the same regions; callers
 * that reject a program as dull or outside the format ask for the next attempt.
 */
export function generate(seed: number, attempt = 0): Program {
  const profile = chooseProfile(new Random(`profile ${seed}`));
  const draft = new Draft(
    new Random(`program ${seed} ${attempt}`),
    profile,
    movesOf(profile),
    REGION_TABLE[profile.focus],
  );
  for (const region of regionsOf(profile)) region.setup?.(draft);
  const main = profile.shape === "crowd" ? crowdMain(draft) : workersMain(draft);
  const driver = profile.shape === "driver" ? { driver: new Driver(draft).make() } : {};
  return pruned({
    coros: { ...draft.coros, main: { b: main } },
    agens: draft.agens,
    cbs: draft.cbs,
    ...driver,
    ...(profile.eagerLoops ? { eager: true } : {}),
  });
}

function regionsOf(profile: Profile): Region[] {
  const names = Object.keys(REGION_TABLE) as (typeof REGIONS)[number][];
  return names.filter((name) => profile.regions.has(name)).map((name) => REGION_TABLE[name]);
}

function movesOf(profile: Profile): Move[] {
  const focus = REGION_TABLE[profile.focus];
  return regionsOf(profile).flatMap((region) =>
    region === focus ? region.moves.map((move) => ({ ...move, weight: move.weight * EMPHASIS })) : region.moves,
  );
}
