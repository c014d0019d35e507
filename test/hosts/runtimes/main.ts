/*
 * main.js [NAME…]
 *
 * Runs the suites in the named hosts, in all of them without a name. Each suite begins with a proof of which host runs it.
 * Prints what failed, what was skipped and why, and in its last line the counts. The exit status is 1 when anything
 * failed; a host that is not there has failed.
 */
import { BROWSER_TARGETS } from "./browsers/target.js";
import { ensureInstalled } from "./manifest.js";
import { addResult, describeResult, emptyResult, failedResult, type Result } from "./result.js";
import type { Report, Suite, Target } from "./target.js";
import { LEFT_OUT } from "./testFiles.js";
import { TEST_RUNNERS } from "./testRunners.js";
import { WORKERD_TARGETS } from "./workerd/target.js";

const total = emptyResult();

function count(title: string, result: Result): void {
  addResult(total, result);
  console.log(`  ${title}: ${describeResult(result)}`);
  for (const note of result.notes) console.log(note.replace(/^/gm, "    "));
}

async function runSuite(suite: Suite, proof: RegExp): Promise<Report> {
  try {
    const report = await suite.run();
    const { identity, result } = report;
    if (!proof.test(identity)) result.notes.push(`the identity should match ${String(proof)}`);
    else if (result.passed + result.failed === 0) result.notes.push("no test ran");
    else return report;
    result.failed++;
    return report;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { identity: "a host that failed", result: failedResult(text) };
  }
}

async function runTarget(target: Target): Promise<void> {
  const session = await target.open();
  try {
    for (const suite of session.suites) {
      const start = performance.now();
      const { identity, result } = await runSuite(suite, target.proof);
      count(`${suite.name} in ${identity}, ${((performance.now() - start) / 1000).toFixed(1)} s`, result);
    }
  } finally {
    await session.close();
  }
}

const targets = [...TEST_RUNNERS, ...WORKERD_TARGETS, ...BROWSER_TARGETS];
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
