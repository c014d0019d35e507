import { specifierOf, type Door } from "./helperNames.js";

/** As much of a plugin for Rollup, Rolldown and Vite as this one is. */
export interface TslibPlugin {
  readonly name: string;
  readonly enforce: "pre";
  resolveId(source: string, importer: string | undefined): string | null;
  load(id: string): string | null;
}

const OWN = "\0wasyncio-tslib";

const HELPERS = [
  ...["__awaiter", "__asyncGenerator", "__asyncValues", "__asyncDelegator", "__await"],
  ...["__addDisposableResource", "__disposeResources"],
];

/**
 * A plugin for Rollup, Rolldown and Vite, for what TypeScript has compiled with `importHelpers`: the application's own
 * modules get the helpers for async functions from `wasyncio/async/lazy` or `/eager` and all others from tslib. Modules
 * in `node_modules` keep tslib as it is.
 */
export function wasyncioTslib({ door = "lazy" }: { readonly door?: Door } = {}): TslibPlugin {
  const code = `export * from "tslib";\nexport { ${HELPERS.join(", ")} } from "${specifierOf(door)}";\n`;
  return {
    name: "wasyncio-tslib",
    enforce: "pre",
    resolveId(source, importer) {
      if (source !== "tslib" || importer === undefined || importer === OWN) return null;
      return /[\\/]node_modules[\\/]/.test(importer) ? null : OWN;
    },
    load: (id) => (id === OWN ? code : null),
  };
}
