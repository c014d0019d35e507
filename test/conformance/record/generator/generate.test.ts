import assert from "node:assert/strict";
import { test } from "node:test";
import { OPERATIONS } from "../../compile/operations.js";
import type { Json, Program } from "../../format.js";
import { structureProblem } from "../structure.js";
import { generate } from "./generate.js";
import { chooseProfile, REGIONS } from "./profile.js";
import { Random } from "./random.js";

const SEEDS = 1000;

const STATEMENTS = [
  "let",
  "trace",
  "t",
  "c",
  "ca",
  "if",
  "repeat",
  "while",
  "for",
  "afor",
  "break",
  "continue",
  "return",
  "raise",
  "reraise",
  "try",
  "with",
];

function operationsOf(node: Json, found: Set<string>): void {
  if (Array.isArray(node)) {
    if (typeof node[0] === "string") found.add(node[0]);
    for (const item of node) operationsOf(item as Json, found);
  } else if (typeof node === "object" && node !== null) {
    for (const item of Object.values(node)) operationsOf(item, found);
  }
}

function programs(count: number): Program[] {
  return Array.from({ length: count }, (_, seed) => generate(seed));
}

test("the same seed and attempt make the same program", () => {
  for (let seed = 0; seed < 50; seed++) assert.deepEqual(generate(seed, 2), generate(seed, 2));
});

test("another attempt makes another program", () => {
  for (let seed = 0; seed < 50; seed++) assert.notDeepEqual(generate(seed, 0), generate(seed, 1));
});

test("generated programs follow the format", () => {
  for (const [seed, program] of programs(SEEDS).entries()) {
    assert.equal(structureProblem(program), null, `seed ${seed}`);
  }
});

test(`every operation and statement appears in ${SEEDS} programs`, () => {
  const found = new Set<string>();
  for (const program of programs(SEEDS)) operationsOf(program as unknown as Json, found);
  const missing = [...OPERATIONS.keys(), ...STATEMENTS].filter((name) => !found.has(name));
  assert.deepEqual(missing, []);
});

test(`every region is the main subject of some of ${SEEDS} programs`, () => {
  const subjects = new Set<string>();
  for (let seed = 0; seed < SEEDS; seed++) subjects.add(chooseProfile(new Random(`profile ${seed}`)).focus);
  assert.deepEqual([...subjects].sort(), [...REGIONS].sort());
});

test("programs come with drivers, with eager loops and with neither", () => {
  const all = programs(200);
  assert.ok(all.some((program) => program.driver !== undefined));
  assert.ok(all.some((program) => program.eager === true));
  assert.ok(all.some((program) => program.driver === undefined && program.eager === undefined));
});
