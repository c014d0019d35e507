// How large the package is for a page that loads it: fails when a part outgrows its limit. Needs `npm ci` in test/hosts,
// where the bundler is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const KIB = 1024;

const { resolve } = createRequire(join(root, "test/hosts/package.json"));
const { buildSync } = await import(pathToFileURL(resolve("esbuild")).href);

/** What a program of coroutines, tasks and timers imports; a bundler leaves the rest out. */
const CORE_NAMES = [
  ...["run", "Runner", "EventLoop", "newEventLoop", "getRunningLoop", "getEventLoop", "setEventLoop", "Handle"],
  ...["TimerHandle", "Future", "isFuture", "wrapFuture", "Task", "createTask", "currentTask", "allTasks", "coroutine"],
  ...["Coroutine", "isCoroutine", "isCoroutineFunction", "sleep", "gather", "ContextVar", "Context", "copyContext"],
  ...["Token", "CancelledError", "isCancelled", "InvalidStateError", "RuntimeError", "ValueError", "LookupError"],
  ...["DeadlockError", "InternalError"],
];

function bundledAndZipped(names) {
  const entry = JSON.stringify(join(root, "dist/bindings/index.js"));
  const contents = `export ${names === null ? "*" : `{ ${names.join(", ")} }`} from ${entry};`;
  const options = { bundle: true, minify: true, format: "esm", write: false, logLevel: "error" };
  const { outputFiles } = buildSync({ ...options, stdin: { contents, resolveDir: root } });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const parts = [
  { name: "release core", size: readFileSync(join(root, "dist/core.release.wasm")).length, limit: 6 * KIB },
  { name: "loop, futures, tasks, run; minified, zipped", size: bundledAndZipped(CORE_NAMES), limit: 24.25 * KIB },
  { name: "root entry, all of it; minified, zipped", size: bundledAndZipped(null), limit: 35.25 * KIB },
];

for (const { name, size, limit } of parts) {
  console.log(`${size <= limit ? "ok    " : "failed"}  ${name}: ${size} bytes, at most ${limit}`);
}
const failed = parts.filter(({ size, limit }) => size > limit).length;
console.log(`${parts.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
