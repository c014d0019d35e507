// The layers of bindings/, lowest first. A file imports its own folder and the folders of lower rows; folders of one row
// do not know each other. Doors are the package's entries: nobody imports them.
export const LAYERS: readonly (readonly string[])[] = [
  ["errors"],
  ["wasm", "hosts"],
  ["context"],
  ["loop"],
  ["futures"],
  ["tasks"],
  ["scopes", "sync"],
  ["combinators", "queues"],
  ["io", "executors"],
  ["run"],
  ["testkit", "inspect", "async", "http"],
];

/** What both sides of the core's boundary read; everything else of assembly/ is AssemblyScript. */
export const SHARED_WITH_CORE = "assembly/codes.js";
