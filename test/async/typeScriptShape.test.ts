// Everything an async function can do, compiled by TypeScript against both doors.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import * as functions from "./features/functions.js";
import * as generators from "./features/generators.js";
import * as resources from "./features/resources.js";
import { FEATURE_FILES, testFeatures, type FeatureModules } from "./featureTests.js";
import { addImports, compileTypeScript, DOORS, importFile, root, type Door } from "./typeScriptOutput.js";

const FOLDER = join(root, "dist", `compiled-by-typescript-${process.pid}`);
after(() => rmSync(FOLDER, { recursive: true, force: true }));

async function compiled(door: Door): Promise<FeatureModules> {
  const outDir = join(FOLDER, door);
  compileTypeScript("test/async/features", outDir, { target: "ES2016" });
  addImports(outDir, door);
  const loaded = await Promise.all(FEATURE_FILES.map((name) => importFile(join(outDir, `${name}.js`))));
  return Object.fromEntries(FEATURE_FILES.map((name, i) => [name, loaded[i]])) as unknown as FeatureModules;
}

// Both of them before the first test: once that is there, the runner waits for no others.
const modules: FeatureModules[] = [];
for (const door of DOORS) modules.push(await compiled(door));

for (const [title, feature] of Object.entries({
  ...functions.functions,
  ...generators.generators,
  ...resources.resources,
})) {
  test(`native: ${title}`, async () => await feature());
}

for (const [i, door] of DOORS.entries()) testFeatures(door, door, modules[i]!);
