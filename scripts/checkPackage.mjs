// Packs the package, installs the tarball into a project of its own, and uses every entry there: what is published is
// what was tested.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const entries = Object.entries(exports).map(([path, target]) => ({
  specifier: name + path.slice(1),
  isModule: typeof target === "object",
}));

const PROGRAM = `
import { gather, getRunningLoop, run, sleep } from "${name}";
import { openConnection, Protocol, type Server } from "${name}/io";
import { runVirtual } from "${name}/testing";

const texts: string[] = await run(function* () {
  return yield* gather([sleep(1, "a"), sleep(2, "b")]);
});
const hours: number = runVirtual(() => sleep(3_600_000, 1));
const served: number = await run(function* () {
  const loop = getRunningLoop();
  const server: Server = yield* loop.createServer(() => new Protocol(), "127.0.0.1", 0);
  const { port } = server.sockets[0] as { port: number };
  const [, writer] = yield* openConnection("127.0.0.1", port);
  writer.close();
  server.close();
  return port > 0 ? 1 : 0;
});
console.log(texts.join("") + hours + served);
`;

const CONFIG = {
  compilerOptions: { target: "es2022", module: "nodenext", lib: ["es2023", "esnext.disposable", "dom"], strict: true },
  files: ["program.ts"],
};

const project = mkdtempSync(join(tmpdir(), "wasyncio-package-"));
const npm = (cwd, ...args) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const node = (...args) => execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });

function check(what, action) {
  try {
    action();
    console.log(`ok      ${what}`);
    return true;
  } catch (error) {
    console.log(`failed  ${what}\n${error.stdout ?? ""}${error.message}`);
    return false;
  }
}

function compileAndRun() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
  writeFileSync(join(project, "program.ts"), PROGRAM);
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(CONFIG));
  node(tsc, "--project", project);
  const printed = node("program.js");
  if (printed !== "ab11\n") throw new Error(`the program printed ${JSON.stringify(printed)}`);
}

function importEntry({ specifier, isModule }) {
  const use = isModule ? `await import("${specifier}")` : `import.meta.resolve("${specifier}")`;
  node("--input-type=module", "--eval", use);
}

try {
  const [{ filename, size, files }] = JSON.parse(npm(root, "pack", "--json", "--pack-destination", project));
  console.log(`${filename}: ${size} bytes, ${files.length} files`);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm(project, "install", "--silent", "--no-audit", "--no-fund", `./${filename}`);
  const results = [
    ...entries.map((entry) => check(`entry ${entry.specifier}`, () => importEntry(entry))),
    check("a typed program", compileAndRun),
  ];
  const failed = results.filter((isPassed) => !isPassed).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}
