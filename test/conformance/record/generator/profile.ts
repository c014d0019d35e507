import type { Random } from "./random.js";

/** The parts of asyncio a program can be about; each has a file in `regions/`. */
export const REGIONS = [
  "barriers",
  "callbacks",
  "cancellation",
  "conditions",
  "contexts",
  "control",
  "events",
  "factories",
  "futures",
  "gathers",
  "generators",
  "groups",
  "locks",
  "queues",
  "reports",
  "semaphores",
  "shields",
  "tasks",
  "timeouts",
  "values",
  "waits",
] as const;

export type RegionName = (typeof REGIONS)[number];

/** Statements of these regions appear in every program; the others must be chosen. */
const ALWAYS: readonly RegionName[] = ["control", "tasks"];

/** Mixed with anything, these put errors and cancellations in flight. */
const STIRRING: readonly RegionName[] = ["cancellation", "futures", "groups", "queues", "timeouts", "waits"];

export type Shape = "workers" | "crowd" | "driver";

/** What a program is about. It depends on the seed alone, so that retries do not favour a region. */
export interface Profile {
  readonly shape: Shape;
  readonly focus: RegionName;
  readonly regions: ReadonlySet<RegionName>;
  /** Tasks may run before the register that will hold them is set. */
  readonly eager: boolean;
  /** The program itself asks for the eager factory on every loop. */
  readonly eagerLoops: boolean;
  /** The few delays all functions share: collisions at one instant are what shows differences. */
  readonly durations: readonly number[];
}

/** Regions with something that many tasks can crowd around. Those where they stand in line count double. */
const CROWDED: readonly RegionName[] = [
  "barriers",
  "conditions",
  "conditions",
  "events",
  "futures",
  "gathers",
  "groups",
  "locks",
  "locks",
  "queues",
  "queues",
  "queues",
  "semaphores",
  "semaphores",
  "shields",
  "timeouts",
  "waits",
];

export function chooseProfile(random: Random): Profile {
  const { shape } = random.weighted([
    { weight: 5, shape: "workers" },
    { weight: 4, shape: "crowd" },
    { weight: 2, shape: "driver" },
  ] as const);
  const focus = random.pick(shape === "crowd" ? CROWDED : REGIONS);
  const others = random.sample(REGIONS, shape === "crowd" ? 0 : random.int(0, 2));
  const stirring = random.sample(STIRRING, random.int(0, 2));
  const regions = new Set<RegionName>([...ALWAYS, focus, ...others, ...stirring]);
  const eager = regions.has("factories");
  const durations = random.pick([
    [0, 1, 2],
    [1, 2, 3],
    [0, 1, 3],
    [1, 1, 2],
    [0, 2, 4],
    [1, 2, 5],
  ]);
  return { shape, focus, regions, eager, eagerLoops: eager && random.chance(0.4), durations };
}
