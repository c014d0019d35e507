import type { Operation } from "./operation.js";
import { COMBINATORS, SCOPES } from "./operations/combinators.js";
import { GENERATOR_OPERATIONS } from "./operations/generators.js";
import { CONTEXT, DRIVER, LOOP } from "./operations/loop.js";
import { LOCKS, QUEUES } from "./operations/sync.js";
import { FUTURES, TASKS } from "./operations/tasks.js";
import { VALUES } from "./operations/values.js";

const GROUPS = [
  VALUES,
  TASKS,
  FUTURES,
  LOOP,
  COMBINATORS,
  SCOPES,
  LOCKS,
  QUEUES,
  GENERATOR_OPERATIONS,
  CONTEXT,
  DRIVER,
];

/** Every operation of the format, by name. Statements are not in it. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(GROUPS.flatMap((group) => Object.entries(group)));
