// Runs the features of an async function's and an async generator's behaviour, as somebody compiled them.
import { test } from "node:test";
import { run } from "../../bindings/index.js";
import type { Door } from "./typeScriptOutput.js";
import type { Features } from "./features/features.js";

/** By the file of test/async/features that they are in. */
export interface FeatureModules {
  readonly functions: { readonly functions: Features };
  readonly generators: { readonly generators: Features };
  readonly resources: { readonly resources: Features };
}

export const FEATURE_FILES = ["functions", "generators", "resources"] as const;

function allOf(modules: FeatureModules): [string, () => Promise<void>][] {
  const { functions } = modules.functions;
  const { generators } = modules.generators;
  const { resources } = modules.resources;
  return Object.entries({ ...functions, ...generators, ...resources });
}

const NOT_LAZY = {
  "what a call returns may be awaited twice": "a coroutine is driven once, as in Python",
};

/** By title, why: what a compiler gets wrong by itself, with promises as well. */
export type LeftOut = Readonly<Record<string, string>>;

/** One test a feature and place: called from plain code, with no loop in sight, and as the main task of a run. */
export function testFeatures(how: string, door: Door, modules: FeatureModules, wrong: LeftOut = {}): void {
  const leftOut: LeftOut = door === "lazy" ? { ...NOT_LAZY, ...wrong } : wrong;
  for (const [title, feature] of allOf(modules)) {
    const reason = leftOut[title];
    const options = reason === undefined ? {} : { skip: reason };
    test(`${how}, from plain code: ${title}`, options, async () => await feature());
    test(`${how}, in a run: ${title}`, options, async () => await run(feature));
  }
}
