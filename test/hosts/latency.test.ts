import assert from "node:assert/strict";
import { test } from "node:test";
import { describeLateness, measureUnderLoad, TASKS } from "./lateness.js";

const MAX_P95_MS = 25;
const MAX_WORST_MS = 100;
/** Other processes may take the machine away from this one; the loop itself is never late. */
const ATTEMPTS = 3;

test(`with ${TASKS} spinning tasks a host interval is at p95 < ${MAX_P95_MS} ms late, at worst ${MAX_WORST_MS} ms`, async (t) => {
  const seen: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const lateness = await measureUnderLoad();
    seen.push(describeLateness(lateness));
    if (lateness.p95 < MAX_P95_MS && lateness.worst <= MAX_WORST_MS) {
      t.diagnostic(`note: lateness under load: ${seen.join("; ")}`);
      return;
    }
  }
  assert.fail(`too late in each of ${ATTEMPTS} attempts: ${seen.join("; ")}`);
});
