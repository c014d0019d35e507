// What is the loop's own about compiled async functions: programs that TypeScript compiles against a door.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Features } from "./features/features.js";
import { addImports, compileTypeScript, importFile, root, type Door } from "./typeScriptOutput.js";

const FOLDER = join(root, "dist", `compiled-programs-${process.pid}`);
after(() => rmSync(FOLDER, { recursive: true, force: true }));

compileTypeScript("test/async/programs", FOLDER, {
  target: "ES2016",
  rootDir: join(root, "test/async"),
});
const compiled = join(FOLDER, "programs");

async function programsFor(door: Door): Promise<Features> {
  addImports(compiled, door, [`${door}.js`]);
  const loaded = (await importFile(join(compiled, `${door}.js`))) as Record<string, Features>;
  return loaded[`${door}Programs`]!;
}

const lazy = await programsFor("lazy");
const eager = await programsFor("eager");

for (const [title, program] of Object.entries(lazy)) test(`lazy: ${title}`, program);
for (const [title, program] of Object.entries(eager)) test(`eager: ${title}`, program);
