// The tests, after a build: `npm test`, or `npm test -- [--core checked|release] [PART OF A PATH…]`.
//
// What concerns the scheduler runs on both cores. The rest runs once: the guards look at files, the tests of the core
// itself choose their builds, and what a recorder or compiler writes does not depend on a core.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tests = join(root, "dist", "test");

const ONCE = ["guards", "core", "docs", "conformance/compile", "conformance/record"];
/** Needs compilers that `npm ci` does not install: run when named, as `npm run toolchains` does. */
const WHEN_NAMED = ["toolchains/"];
/** Measures how late the host's timers are: nothing of ours may run beside it. */
const ALONE = ["hosts/latency"];
/** How many parts run side by side. */
const PARALLEL_PARTS = Math.min(2, availableParallelism());

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

const wanted = process.argv.slice(2);
const option = wanted.indexOf("--core");
const cores = option === -1 ? ["checked", "release"] : wanted.splice(option, 2).slice(1);

function testFiles() {
  return readdirSync(tests, { recursive: true })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => path.endsWith(".test.js"))
    .filter((path) => wanted.length === 0 || wanted.some((part) => path.includes(part)))
    .filter((path) => !WHEN_NAMED.some((folder) => path.startsWith(folder) && !wanted.includes(folder)))
    .sort();
}

/** Name, core and files of each run of Node's test runner. */
function parts() {
  const files = testFiles();
  const under = (prefixes) => files.filter((path) => prefixes.some((prefix) => path.startsWith(prefix)));
  const once = under(ONCE);
  const alone = under(ALONE);
  const twice = files.filter((path) => !once.includes(path) && !alone.includes(path));
  return [
    ...cores.map((core) => ({ name: `the suite on the ${core} core`, core, files: twice })),
    { name: "what no core matters to", core: "release", files: once },
    { name: "what runs alone", core: cores.at(-1), files: alone, isAlone: true },
  ].filter((part) => part.files.length > 0);
}

/** What was printed, and the counts, which the reporter prints last; a run that died before has failed as a whole. */
function runPart({ core, files }) {
  const preload = pathToFileURL(join(tests, "support", "core.js")).href;
  const reporter = pathToFileURL(join(root, "scripts", "testReporter.mjs")).href;
  const options = ["--import", preload, "--test", `--test-reporter=${reporter}`, "--test-reporter-destination=stdout"];
  const env = { ...process.env, WASYNCIO_CORE: core };
  const paths = files.map((path) => join("dist", "test", path));
  const child = spawn(process.execPath, [...options, ...paths], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve) => {
    child.on("close", (status) => {
      const lines = output.trimEnd().split("\n");
      const counts = parseCounts(lines.at(-1));
      if (counts !== null) lines.pop();
      const isTold = counts !== null && (status === 0) === (counts.failed === 0);
      resolve({ output: lines.join("\n"), counts: isTold ? counts : { ...NOTHING, ...counts, failed: 1 } });
    });
  });
}

function parseCounts(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const total = { ...NOTHING };

async function runParts(waiting) {
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const start = performance.now();
    const { output, counts } = await runPart(part);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (output !== "") console.log(output);
    console.log(`${part.name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
}

const together = parts().filter((part) => !part.isAlone);
await Promise.all(Array.from({ length: PARALLEL_PARTS }, () => runParts(together)));
await runParts(parts().filter((part) => part.isAlone));
if (total.skipped > 0) console.log(`${total.skipped} skipped`);
if (total.passed === 0) total.failed ||= 1;
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
