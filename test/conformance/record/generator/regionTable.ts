import type { RegionName } from "./profile.js";
import type { Region } from "./region.js";
import { barriers } from "./regions/barriers.js";
import { callbacks } from "./regions/callbacks.js";
import { cancellation } from "./regions/cancellation.js";
import { conditions } from "./regions/conditions.js";
import { contexts } from "./regions/contexts.js";
import { control } from "./regions/control.js";
import { events } from "./regions/events.js";
import { factories } from "./regions/factories.js";
import { futures } from "./regions/futures.js";
import { gathers } from "./regions/gathers.js";
import { generators } from "./regions/generators.js";
import { groups } from "./regions/groups.js";
import { locks } from "./regions/locks.js";
import { queues } from "./regions/queues.js";
import { reports } from "./regions/reports.js";
import { semaphores } from "./regions/semaphores.js";
import { shields } from "./regions/shields.js";
import { tasks } from "./regions/tasks.js";
import { timeouts } from "./regions/timeouts.js";
import { values } from "./regions/values.js";
import { waits } from "./regions/waits.js";

/** In the order their shared objects are made: conditions may share a lock. */
export const REGION_TABLE: Readonly<Record<RegionName, Region>> = {
  control,
  tasks,
  futures,
  locks,
  semaphores,
  events,
  conditions,
  barriers,
  queues,
  callbacks,
  cancellation,
  contexts,
  factories,
  gathers,
  generators,
  groups,
  reports,
  shields,
  timeouts,
  values,
  waits,
};
