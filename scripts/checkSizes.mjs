// How large the package is for a page that loads it: fails when a part outgrows its limit. Needs `npm ci` in test/hosts,
// where the bundler is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const KIB = 1024;

const { resolve } = createRequire(join(root, "test/hosts/package.json"));
const { build } = await import(pathToFileURL(resolve("esbuild")).href);

/** What a program of coroutines, tasks and timers imports; a bundler leaves the rest out. */
const CORE_NAMES = [
  ...["run", "Runner", "EventLoop", "newEventLoop", "getRunningLoop", "getEventLoop", "setEventLoop", "Handle"],
  ...["TimerHandle", "Future", "isFuture", "wrapFuture", "Task", "createTask", "currentTask", "allTasks", "coroutine"],
  ...["Coroutine", "isCoroutine", "isCoroutineFunction", "sleep", "gather", "ContextVar", "Context", "copyContext"],
  ...["Token", "CancelledError", "isCancelled", "InvalidStateError", "RuntimeError", "ValueError", "LookupError"],
  ...["DeadlockError", "InternalError"],
];

/** What the root entry has beyond one host and plain loops; without it, the modules would be empty and nobody would ask. */
const BESIDE_THE_CORE = [
  ...[
    "hosts/browser",
    "hosts/edge",
    "hosts/signalProcess",
    "run/sigint",
    "run/sigint.browser",
    "loop/policy",
    "loop/debug",
  ],
  ...["loop/neverAwaited", "tasks/swallowedCancel", "tasks/inFinally"],
];
const without = {
  name: "without",
  setup({ onLoad }) {
    onLoad({ filter: /bindings.*\.js$/ }, async ({ path }) => {
      const name = relative(join(root, "dist/bindings"), path).slice(0, -".js".length);
      if (!BESIDE_THE_CORE.includes(name)) {
        const text = readFileSync(path, "utf8").replaceAll(/[\w.]+\._debug\b(?! =)|debugLoops\.size > 0/g, "false");
        return { contents: text };
      }
      const exported = Object.entries(await import(pathToFileURL(path).href));
      const empty = exported.map(
        ([key, value]) => `export const ${key} = ${typeof value === "object" ? "new Set()" : "() => {}"};`,
      );
      return { contents: empty.join("\n") };
    });
  },
};

async function bundledAndZipped(names, plugins = []) {
  const entry = JSON.stringify(join(root, "dist/bindings/index.js"));
  const contents = `export ${names === null ? "*" : `{ ${names.join(", ")} }`} from ${entry};`;
  const options = { bundle: true, minify: true, format: "esm", write: false, logLevel: "error", plugins };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root } });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const all = await bundledAndZipped(null);

const parts = [
  { name: "release core", size: readFileSync(join(root, "dist/core.release.wasm")).length, limit: 6 * KIB },
  { name: "loop, futures, tasks, run; minified, zipped", size: await bundledAndZipped(CORE_NAMES), limit: 23.75 * KIB },
  { name: "root entry, all of it; minified, zipped", size: all, limit: 35.6 * KIB },
  {
    name: "of it more hosts, SIGINT, policies, debug mode",
    size: all - (await bundledAndZipped(null, [without])),
    limit: 1.5 * KIB,
  },
];

for (const { name, size, limit } of parts) {
  console.log(`${size <= limit ? "ok    " : "failed"}  ${name}: ${size} bytes, at most ${limit}`);
}
const failed = parts.filter(({ size, limit }) => size > limit).length;
console.log(`${parts.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
