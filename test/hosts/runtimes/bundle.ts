// Bundles of compiled tests, for hosts that do not load files one by one.
import { readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
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
  /** A last change to the text of each compiled test. */
  readonly change?: (source: string) => string;
}

const absolute = (path: string): string => join(root, path);

/** The tests import the library by its path; users, and so these bundles, by its name. */
const byName = {
  name: "by name",
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /\/bindings\/(?:index|io|testing)\.js$/ }, ({ path, kind, importer, resolveDir }) => {
      if (!importer.startsWith(absolute(join("dist", "test")))) return undefined;
      const door = basename(path, ".js");
      return build.resolve(door === "index" ? "wasyncio" : `wasyncio/${door}`, { kind, resolveDir });
    });
  },
};

const standIns = (change: (source: string) => string) => ({
  name: "stand-ins",
  setup(build: PluginBuild): void {
    // The package says that its files have no side effects, which is true of the library.
    build.onResolve({ filter: /\.test\.js$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: true,
    }));
    build.onResolve({ filter: /^node:/ }, ({ path }) =>
      path in STAND_INS ? { path: absolute(STAND_INS[path]!) } : undefined,
    );
    build.onLoad({ filter: /[\\/]dist[\\/]test[\\/].*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      return { contents: change(withMacrotask(relative(root, path).split(sep).join("/"), source, absolute)) };
    });
  },
});

/** What the host brings by itself. */
const ofTheHost = {
  name: "of the host",
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /^cloudflare:/ }, ({ path }) => ({ path, external: true }));
  },
};

/** A host that takes modules of WebAssembly gets the core beside the bundle. */
const coreBeside = {
  name: "core beside",
  setup(build: PluginBuild): void {
    build.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path: `./${basename(path)}`, external: true }));
  },
};

/** The text of a bundle; `entry` is relative to the project's root. */
export async function bundle(entry: string, options: BundleOptions = {}): Promise<string> {
  const { conditions = [], change = (source) => source } = options;
  const { build } = requirePackage("esbuild") as Esbuild;
  const { outputFiles } = await build({
    entryPoints: [absolute(entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: [...conditions, "import"],
    plugins: [byName, standIns(change), coreBeside, ofTheHost],
    logLevel: "warning",
  });
  return outputFiles[0]!.text;
}
