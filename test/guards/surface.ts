// The exact public surface: what can be imported from each entry of the package. surface.json is the golden list. A
// name that is added or taken away is a change that users see; once it is meant, `node dist/test/guards/writeSurface.js`
// writes the list anew.
import assert from "node:assert/strict";
import { textOf } from "../support/tree.js";

export const GOLDEN = "test/guards/surface.json";

/** By entry: the names of values and of types, sorted. */
export type Surface = Record<string, { values: string[]; types: string[] }>;

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** Files that bundles for pages have others instead of. */
  readonly browser: Readonly<Record<string, string>>;
  readonly dependencies?: object;
}

export interface Exported {
  readonly name: string;
  readonly isType: boolean;
  /** The module that it comes from, as the door writes it. */
  readonly from: string;
}

export const manifest = JSON.parse(textOf("package.json")) as Manifest;

/** Entries that are modules, not files; with their targets by condition. */
export const entries = Object.entries(manifest.exports).flatMap(([entry, targets]) =>
  typeof targets === "string" ? [] : [{ entry, targets }],
);

/** The source file behind an entry. */
export function doorOf(targets: Readonly<Record<string, string>>): string {
  return targets["types"]!.replace(/^\.\/dist\//, "").replace(/\.d\.ts$/, ".ts");
}

/** What a door re-exports; it may contain nothing else. */
export function exportsOf(door: string): Exported[] {
  const found: Exported[] = [];
  const rest = textOf(door)
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/import "[^"]+";/g, "")
    .replace(/export (type )?\{([^}]*)\} from "([^"]+)";/g, (_all, onlyTypes: unknown, names: string, from: string) => {
      for (const part of names.split(",").map((text) => text.trim())) {
        if (part === "") continue;
        const isType = onlyTypes !== undefined || part.startsWith("type ");
        found.push({ name: part.replace(/^type /, "").replace(/^.* as /, ""), isType, from });
      }
      return "";
    });
  assert.equal(rest.trim(), "", `${door} contains more than named re-exports`);
  return found;
}

export function surfaceOf(door: string): { values: string[]; types: string[] } {
  const names = (isType: boolean): string[] =>
    exportsOf(door)
      .filter((exported) => exported.isType === isType)
      .map(({ name }) => name)
      .sort();
  return { values: names(false), types: names(true) };
}

export function goldenSurface(): Surface {
  return JSON.parse(textOf(GOLDEN)) as Surface;
}
