// Everything an async function can do, as each compiler lowers it, against both doors.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { FEATURE_FILES, testFeatures, type FeatureModules, type LeftOut } from "../async/featureTests.js";
import { DOORS, root, type Door } from "../async/typeScriptOutput.js";
import { compileByModuleOption, COMPILERS, type Compiler } from "./compilers.js";
import { ensureInstalled } from "./manifest.js";
import { importCode, outputFolder } from "./output.js";

ensureInstalled();
const FOLDER = outputFolder();

const sourcePath = (name: string): string => join(root, "test/async/features", `${name}.ts`);

const WRONG: Readonly<Record<string, LeftOut>> = {
  SWC: {
    "an arrow function has the `this` and `super` of the method around it":
      "SWC 1.16 loses the result of an async arrow function that uses super, with its own helper as well",
  },
};

async function compiled(compiler: Compiler, door: Door): Promise<FeatureModules> {
  const outDir = join(FOLDER, compiler.name.replace(/\W+/g, "-"), door);
  const modules: Record<string, unknown> = {};
  for (const name of FEATURE_FILES) {
    const path = sourcePath(name);
    const code = await compiler.compile(readFileSync(path, "utf8"), door, path);
    modules[name] = await importCode(code, join(outDir, `${name}.mjs`));
  }
  return modules as unknown as FeatureModules;
}

// All of them before the first test: once that is there, the runner waits for no others.
const ways = COMPILERS.flatMap((compiler) => DOORS.map((door) => ({ compiler, door })));
const modules: FeatureModules[] = [];
for (const { compiler, door } of ways) modules.push(await compiled(compiler, door));

for (const [i, { compiler, door }] of ways.entries()) {
  testFeatures(`${compiler.name}, ${door}`, door, modules[i]!, WRONG[compiler.name]);
}

test("Babel's module option takes asyncToGenerator from a door", async () => {
  const source = readFileSync(sourcePath("functions"), "utf8");
  const code = await compileByModuleOption(source, "eager");
  assert.match(code, /import \{ asyncToGenerator as \w+ \} from "wasyncio\/async\/eager";/);
  const { functions } = (await importCode(code, join(FOLDER, "byModuleOption.mjs"))) as FeatureModules["functions"];
  for (const feature of Object.values(functions)) await feature();
});

for (const compiler of COMPILERS) {
  test(`${compiler.name} leaves no helper of its own for async code`, async () => {
    for (const name of FEATURE_FILES) {
      const path = sourcePath(name);
      const code = await compiler.compile(readFileSync(path, "utf8"), "lazy", path);
      assert.match(code, /from ["']wasyncio\/async\/lazy["']/);
      const program = code.replace(/^\s*\/\/.*/gm, "");
      assert.doesNotMatch(program, /\basync (function|\()|asyncGeneratorStep|\/helpers\/\w*(async|dispos|using)/i);
    }
  });
}
