// Each compiler as the documentation says to use it: a TypeScript source in, a module that imports a door out.
import { redirectHelpers } from "../../bindings/async/swc.js";
import { wasyncioAsync as babelPreset } from "../../bindings/async/babel.js";
import { wasyncioAsync as vitePlugin } from "../../bindings/async/vite.js";
import type { Door } from "../async/typeScriptOutput.js";
import { folder, importPackage, requirePackage } from "./manifest.js";

interface Output {
  readonly code: string;
}

interface Compilers {
  "@babel/core": { transformAsync(code: string, options: object): Promise<Output> };
  "@swc/core": { transform(code: string, options: object): Promise<Output> };
  "oxc-transform": {
    transformSync(file: string, code: string, options: object): Output & { errors: { message: string }[] };
  };
}

interface Vite {
  build(options: object): Promise<{ output: Output[] }[]>;
}

function compiler<Name extends keyof Compilers>(name: Name): Compilers[Name] {
  return requirePackage(name) as Compilers[Name];
}

/** Types out, everything else as it was. */
function stripTypes(source: string): string {
  return transformWithOxc(source, { target: "esnext" });
}

function transformWithOxc(source: string, options: object): string {
  const { code, errors } = compiler("oxc-transform").transformSync("source.ts", source, options);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return code;
}

async function transformWithBabel(source: string, options: object): Promise<string> {
  const common = { cwd: folder, configFile: false, babelrc: false, sourceType: "module" };
  const { code } = await compiler("@babel/core").transformAsync(source, { ...common, ...options });
  return code;
}

/** Without types, by Babel's preset. */
export function compileJavaScript(source: string, door: Door): Promise<string> {
  return transformWithBabel(source, { presets: [[babelPreset, { door }]] });
}

/** A compiler's name, and what it makes of a source. */
export interface Compiler {
  readonly name: string;
  /** `path` is the source's, for those that read files themselves. */
  compile(source: string, door: Door, path: string): Promise<string>;
}

export const COMPILERS: readonly Compiler[] = [
  {
    name: "Babel, by the preset",
    compile: (source, door) => compileJavaScript(stripTypes(source), door),
  },
  {
    name: "SWC",
    async compile(source, door) {
      const parser = { syntax: "typescript", explicitResourceManagement: true };
      const jsc = { parser, target: "es2016", externalHelpers: true };
      const { code } = await compiler("@swc/core").transform(source, { swcrc: false, jsc, module: { type: "es6" } });
      return redirectHelpers(code, door);
    },
  },
  {
    name: "OXC",
    async compile(source, door) {
      return redirectHelpers(transformWithOxc(source, { target: "es2016", helpers: { mode: "Runtime" } }), door);
    },
  },
  {
    name: "Vite",
    async compile(_source, door, path) {
      const { build } = (await importPackage("vite/dist/node/index.js")) as Vite;
      const [made] = await build({
        root: folder,
        configFile: false,
        logLevel: "error",
        plugins: [vitePlugin({ door })],
        build: {
          write: false,
          minify: false,
          lib: { entry: path, formats: ["es"] },
          rollupOptions: { external: [/^wasyncio/, /^node:/] },
        },
      });
      return made!.output[0]!.code;
    },
  },
];

/** Babel's own option for async functions, which leaves generators and resources to it. */
export function compileByModuleOption(source: string, door: Door): Promise<string> {
  const option = { module: `wasyncio/async/${door}`, method: "asyncToGenerator" };
  return transformWithBabel(stripTypes(source), { plugins: [["@babel/plugin-transform-async-to-generator", option]] });
}
