/*
 * main.js [NAME…]
 *
 * Runs the suites in the named hosts, in all of them without a name. Each suite begins with a proof of which host runs it.
 * Prints what failed, what was skipped and why, and in its last line the counts. The exit status is 1 when anything
 * failed; a host that is not there has failed.
 */
import { ensureInstalled } from "./manifest.js";
import { addResult, describeResult, emptyResult, failedResult, type Result } from "./result.js";
import type { Suite, Target } from "./target.js";
import { LEFT_OUT } from "./testFiles.js";
import { TEST_RUNNERS } from "./testRunners.js";

const total = emptyResult();

function count(title: string, result: Result): void {
  addResult(total, result);
  console.log(`  ${title}: ${describeResult(result)}`);
  for (const note of result.notes) console.log(note.replace(/^/gm, "    "));
}

async function runSuite(suite: Suite): Promise<Result> {
  try {
    return await suite.run();
  } catch (error) {
    return failedResult(error instanceof Error ? error.stack ?? error.message : String(error));
  }
}

async function runTarget(target: Target): Promise<void> {
  const session = await target.open();
  try {
    for (const suite of session.suites) {
      const start = performance.now();
      const identity = await session.identify();
      if (!target.proof.test(identity)) {
        count(suite.name, failedResult(`this should be ${target.name} and says that it is '${identity}'`));
        continue;
      }
      const result = await runSuite(suite);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      count(`${suite.name} in ${identity}, ${seconds} s`, result);
    }
  } finally {
    await session.close();
  }
}

const targets = [...TEST_RUNNERS];
const names = process.argv.slice(2);
const unknown = names.filter((name) => !targets.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(`no host named ${unknown.join(", ")}; there are ${targets.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

ensureInstalled();
for (const { path, in: hosts, reason } of LEFT_OUT) {
  console.log(`left out${hosts === undefined ? "" : ` in ${hosts.join(" and ")}`}: ${path}: ${reason}`);
}
for (const target of targets.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(target.name);
  const missing = target.missing();
  if (missing !== null) count("not run", failedResult(missing));
  else await runTarget(target).catch((error: unknown) => count("not started", failedResult(String(error))));
}
console.log(describeResult(total));
process.exit(total.failed === 0 ? 0 : 1);
