import { exportFor, specifierOf, type Door } from "./helperNames.js";

export interface PluginOptions {
  /** Default "lazy". */
  readonly door?: Door;
  /** Which files are compiled; by default those that Vite hands to OXC anyway, TypeScript and JSX. */
  readonly include?: RegExp;
}

/** As much of Vite's Plugin as this one is. */
export interface VitePlugin {
  readonly name: string;
  config(): { oxc: { target: string; include?: RegExp; exclude?: RegExp } };
  readonly transform: {
    readonly order: "pre";
    handler(code: string, id: string): { code: string; map: null } | null;
  };
}

// The helpers are virtual modules that resolveId and load are not asked for; transform sees them.
const HELPER_MODULE = /^\0@oxc-project\+runtime@[^/]+\/helpers\/(?:esm\/)?(\w+)\.js$/;

/**
 * A plugin for Vite 8: has OXC lower `async` functions, async generators, `for await` and `await using`, and replaces
 * the modules of OXC's helpers by `wasyncio/async/lazy` or `/eager`. Packages in `node_modules` are not lowered.
 */
export function wasyncioAsync({ door = "lazy", include }: PluginOptions = {}): VitePlugin {
  const specifier = specifierOf(door);
  return {
    name: "wasyncio-async",
    config: () => ({
      oxc: { target: "es2016", ...(include === undefined ? {} : { include, exclude: /\/node_modules\// }) },
    }),
    transform: {
      order: "pre",
      handler(_code, id) {
        const name = exportFor(HELPER_MODULE.exec(id)?.[1] ?? "");
        return name === undefined ? null : { code: `export { ${name} as default } from "${specifier}";`, map: null };
      },
    },
  };
}
