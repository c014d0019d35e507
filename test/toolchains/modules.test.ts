// What surrounds the async functions of a module: top-level await, plain JavaScript sources, the development server.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { wasyncioAsync } from "../../bindings/async/vite.js";
import { COMPILERS } from "./compilers.js";
import { ensureInstalled, folder, importPackage, root } from "./manifest.js";
import { importCode, outputFolder } from "./output.js";

interface DevServer {
  transformRequest(url: string): Promise<{ code: string }>;
  close(): Promise<void>;
}

interface Vite {
  build(options: object): Promise<{ output: { code: string }[] }[]>;
  createServer(options: object): Promise<DevServer>;
}

ensureInstalled();
const OUTPUT = outputFolder();
const SOURCES = mkdtempSync(join(folder, ".modules-"));
after(() => rmSync(SOURCES, { recursive: true, force: true }));

const vite = (await importPackage("vite/dist/node/index.js")) as Vite;

const TOP_LEVEL = `
async function work() { return await Promise.resolve("awaited"); }
export const value = await work();
`;

/** OXC lets no module pass with it whose target is older. */
const REFUSING = ["OXC", "Vite"];

for (const compiler of COMPILERS) {
  const path = join(SOURCES, "topLevel.ts");
  writeFileSync(path, TOP_LEVEL);
  const compile = (): Promise<string> => compiler.compile(TOP_LEVEL, "lazy", path);

  if (REFUSING.includes(compiler.name)) {
    test(`${compiler.name}: await at the top level of a module that is lowered is refused, not lowered`, async () => {
      await assert.rejects(compile(), { message: /Top-level await is not available/ });
    });
  } else {
    test(`${compiler.name}: await at the top level stays the engine's, async functions beside it do not`, async () => {
      const code = await compile();
      assert.match(code, /\bawait work\(\)/);
      assert.doesNotMatch(code, /\basync function/);
      const loaded = (await importCode(code, join(OUTPUT, `${compiler.name.replace(/\W+/g, "-")}.js`))) as object;
      assert.deepEqual({ ...loaded }, { value: "awaited" });
    });
  }
}

test("Vite: a JavaScript entry may await at the top level what a lowered module returns", async () => {
  const entry = join(SOURCES, "entry.js");
  writeFileSync(
    join(SOURCES, "work.ts"),
    'export async function work(): Promise<string> { return await "awaited"; }\n',
  );
  writeFileSync(entry, 'import { work } from "./work.ts";\nexport const value = await work();\n');
  const lib = { entry, formats: ["es"] };
  const build = { write: false, minify: false, lib, rollupOptions: { external: [/^wasyncio/] } };
  const options = { root: SOURCES, configFile: false, logLevel: "error", plugins: [wasyncioAsync()], build };
  const [made] = await vite.build(options);
  const { code } = made!.output[0]!;
  assert.doesNotMatch(code, /\basync function/);
  assert.deepEqual({ ...((await importCode(code, join(OUTPUT, "entry.js"))) as object) }, { value: "awaited" });
});

test("Vite's plugin takes plain JavaScript where it is told to", async () => {
  const entry = join(SOURCES, "plain.js");
  writeFileSync(entry, "export async function work() { await null; }\n");
  const lib = { entry, formats: ["es"] };
  const build = { write: false, minify: false, lib, rollupOptions: { external: [/^wasyncio/] } };
  const common = { root: SOURCES, configFile: false, logLevel: "error", build };
  const [untouched] = await vite.build({ ...common, plugins: [wasyncioAsync()] });
  assert.match(untouched!.output[0]!.code, /async function/);
  const [lowered] = await vite.build({ ...common, plugins: [wasyncioAsync({ include: /\.modules-\w+\/plain\.js$/ })] });
  assert.doesNotMatch(lowered!.output[0]!.code, /async function/);
  assert.match(lowered!.output[0]!.code, /from "wasyncio\/async\/lazy"/);
});

test("Vite's development server gives the loop's helpers too", async () => {
  const server = await vite.createServer({
    root: join(root, "examples/async-await"),
    configFile: false,
    logLevel: "error",
    plugins: [wasyncioAsync({ door: "eager" })],
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { code } = await server.transformRequest("/app.ts");
    const [, helper] = /from "\/@id\/([^"]*\/asyncToGenerator\.js)"/.exec(code)!;
    const replaced = await server.transformRequest(helper!.replace("__x00__", "\0"));
    assert.match(replaced.code, /^export \{ asyncToGenerator as default \} from "[^"]*\/async\/eager/);
  } finally {
    await server.close();
  }
});
