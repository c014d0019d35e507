import { exportFor, specifierOf, type Door } from "./helperNames.js";

// import { _ as local } from "@swc/helpers/_/_name";
// import local from "@oxc-project/runtime/helpers/name";   likewise @babel/runtime, with or without esm/ and .js
const HELPER_IMPORT =
  /^import (?:\{ _ as (?<named>[\w$]+) \}|(?<local>[\w$]+)) from (?<quote>["'])(?:@swc\/helpers\/_\/|@(?:oxc-project|babel)\/runtime\/helpers\/(?:esm\/)?)(?<helper>\w+)(?:\.js)?\k<quote>/gm;

/**
 * The output of SWC or OXC with the imports of their external helpers for async functions turned to `wasyncio/async/lazy`
 * or `/eager`; other helpers stay theirs. For ES modules compiled with `jsc.externalHelpers` (SWC) or
 * `helpers: { mode: "Runtime" }` (OXC), and for those only whose async functions are meant: the application's own.
 */
export function redirectHelpers(code: string, door: Door): string {
  const specifier = specifierOf(door);
  return code.replace(HELPER_IMPORT, (statement, named: string, local: string, quote: string, helper: string) => {
    const name = exportFor(helper);
    return name === undefined ? statement : `import { ${name} as ${named ?? local} } from ${quote}${specifier}${quote}`;
  });
}
