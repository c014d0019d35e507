// Every program in the documentation compiles with the package's own types, runs, and prints what stands below it.
import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { examplesOf, type Example } from "./blocks.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Inside the checkout, where the package can be imported by its own name. */
const FOLDER = join(ROOT, "dist", `examples-of-docs-${process.pid}`);
const TSC = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

function markdownFiles(): string[] {
  const inDocs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((path) =>
    join("docs", path),
  );
  const inRoot = readdirSync(ROOT);
  return [...inRoot, ...inDocs].filter((path) => path.endsWith(".md")).sort();
}

interface Program extends Example {
  readonly title: string;
  readonly file: string;
}

const programs: Program[] = markdownFiles().flatMap((path) =>
  examplesOf(readFileSync(join(ROOT, path), "utf8")).map((example) => {
    const title = `${path}:${example.line}`;
    return { ...example, title, file: title.replace(/[^\w]+/g, "-") };
  }),
);

const COMMON = { rootDir: ".", outDir: ".", noUnusedLocals: false, declaration: false, sourceMap: false };

/** What programs are compiled with, by the folder that they are in. */
const CONFIGS = {
  plain: COMMON,
  lowered: { ...COMMON, target: "ES2016", noEmitHelpers: true },
};

const kindOf = ({ isLowered }: Example): keyof typeof CONFIGS => (isLowered ? "lowered" : "plain");

function compile(kind: keyof typeof CONFIGS): string {
  const folder = join(FOLDER, kind);
  mkdirSync(folder, { recursive: true });
  const config = { extends: "../../../tsconfig.json", compilerOptions: CONFIGS[kind], include: ["*.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  for (const program of programs.filter((each) => kindOf(each) === kind)) {
    writeFileSync(join(folder, `${program.file}.ts`), program.code);
  }
  const { stdout } = spawnSync(process.execPath, [TSC, "--project", folder, "--pretty", "false"], { encoding: "utf8" });
  return stdout;
}

/** On the core that WASYNCIO_CORE names. */
const PRELOAD = new URL("../support/core.js", import.meta.url).href;

async function outputOf(program: Program): Promise<string> {
  const args = ["--import", PRELOAD, join(FOLDER, kindOf(program), `${program.file}.js`)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 30_000 });
  return stdout;
}

const complaints = compile("plain") + compile("lowered");
after(() => rmSync(FOLDER, { recursive: true, force: true }));

test("the programs in the documentation compile", () => {
  assert.equal(complaints, "");
});

for (const program of programs) {
  test(`the program of ${program.title} runs and prints what it says`, async () => {
    const output = await outputOf(program);
    if (program.prints !== undefined) assert.equal(output, program.prints);
  });
}
