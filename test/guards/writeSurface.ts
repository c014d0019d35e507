// Writes the golden list of the public surface; see surface.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/tree.js";
import { doorOf, entries, GOLDEN, surfaceOf } from "./surface.js";

const surface = Object.fromEntries(entries.map(({ entry, targets }) => [entry, surfaceOf(doorOf(targets))]));
writeFileSync(join(root, GOLDEN), `${JSON.stringify(surface, null, 2)}\n`);
