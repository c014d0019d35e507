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

function bundledAndZipped(entry) {
  const options = { bundle: true, minify: true, format: "esm", write: false, logLevel: "error" };
  const { outputFiles } = buildSync({ ...options, entryPoints: [join(root, entry)] });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

const parts = [
  { name: "release core", size: readFileSync(join(root, "dist/core.release.wasm")).length, limit: 6 * KIB },
  { name: "root entry, minified, zipped", size: bundledAndZipped("dist/bindings/index.js"), limit: 12 * KIB },
];

for (const { name, size, limit } of parts) {
  console.log(`${size <= limit ? "ok    " : "failed"}  ${name}: ${size} bytes, at most ${limit}`);
}
const failed = parts.filter(({ size, limit }) => size > limit).length;
console.log(`${parts.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
