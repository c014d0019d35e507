/** One page. */
export interface PageSuite {
  readonly name: string;
  /** The page's own module, relative to the project's root. */
  readonly script: string;
  /** The page's Content-Security-Policy; without one its imports are mapped to the stand-ins. */
  readonly csp?: string;
}

const FOLDER = "dist/test/hosts/runtimes/page";

/** What the suites load into frames. */
export const FRAMES: readonly PageSuite[] = [
  { name: "unit-file", script: `${FOLDER}/unitFile.js` },
  { name: "conformance-part", script: `${FOLDER}/conformancePart.js` },
];

export const PAGE_SUITES: readonly PageSuite[] = [
  { name: "unit", script: `${FOLDER}/unit.js` },
  { name: "worker", script: `${FOLDER}/worker.js` },
  { name: "conformance", script: `${FOLDER}/conformance.js` },
  { name: "tour", script: `${FOLDER}/tour.js` },
  { name: "csp-forbids", script: `${FOLDER}/cspForbids.js`, csp: "script-src 'self'" },
  { name: "csp-allows", script: `${FOLDER}/cspAllows.js`, csp: "script-src 'self' 'wasm-unsafe-eval'" },
];
