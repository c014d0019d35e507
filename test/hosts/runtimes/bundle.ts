// Bundles of compiled tests, for hosts that do not load files one by one.
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { requirePackage, root } from "./manifest.js";
import { STAND_INS, withMacrotask } from "./standIns/table.js";

interface PluginBuild {
  onResolve(
    options: { filter: RegExp },
    callback: (args: { path: string; importer: string; resolveDir: string; kind: string }) => unknown,
  ): void;
  onLoad(options: { filter: RegExp }, callback: (args: { path: string }) => unknown): void;
  resolve(path: string, options: { kind: string; resolveDir: string }): Promise<unknown>;
}

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { path: string; text: string }[] }>;
}

export interface BundleOptions {
  /** Package conditions besides those that a bundler has by itself. */
  readonly conditions?: readonly string[];
  /** Modules that the host brings along or gets beside the bundle. */
  readonly external?: readonly string[];
}

const absolute = (path: string): string => join(root, path);

/** The tests import the library by its path; users, and so these bundles, by its name. */
const byName = {
  name: "by name",
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /\/bindings\/index\.js$/ }, ({ kind, importer, resolveDir }) =>
      importer.startsWith(absolute(join("dist", "test"))) ? build.resolve("wasyncio", { kind, resolveDir }) : undefined,
    );
  },
};

const standIns = {
  name: "stand-ins",
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /^node:/ }, ({ path }) =>
      path in STAND_INS ? { path: absolute(STAND_INS[path]!) } : undefined,
    );
    build.onLoad({ filter: /[\\/]dist[\\/]test[\\/].*\.js$/ }, ({ path }) => ({
      contents: withMacrotask(relative(root, path).split(sep).join("/"), readFileSync(path, "utf8"), absolute),
    }));
  },
};

/** The text of a bundle; `entry` is relative to the project's root. */
export async function bundle(entry: string, { conditions = [], external = [] }: BundleOptions = {}): Promise<string> {
  const { build } = requirePackage("esbuild") as Esbuild;
  const { outputFiles } = await build({
    entryPoints: [absolute(entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: [...conditions, "import"],
    external: [...external],
    plugins: [byName, standIns],
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
}
