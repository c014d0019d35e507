// The boundary of the core: what it exports, that it imports nothing, how large it is, and integers that do not clash.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as codes from "../../assembly/codes.js";
import { coreBytes } from "../support/coreFile.js";
import { coreModule } from "../support/rawCore.js";

const EXPORTS = [
  "callbackOpen",
  "futureClose",
  "futureSettle",
  "futureUnwait",
  "futureWait",
  "memory",
  "memoryLimit",
  "ringPush",
  "slotFree",
  "slotTake",
  "slotsLive",
  "taskOpen",
  "tick",
  "timerCancel",
  "timerDeadline",
  "timerOpen",
];
/** Strings and arrays of the debug build, and what as-bind asks of the compiler's runtime for them. */
const INSPECTOR = [
  "counterNames",
  "counterValues",
  "heapPicture",
  "invariantReport",
  "ringPicture",
  "slotPicture",
  "waiterPicture",
];
const MANAGED = ["__collect", "__new", "__pin", "__rtti_base", "__unpin"];
const GOLDEN = {
  debug: [...EXPORTS, "invariantsCheck", ...INSPECTOR, ...MANAGED],
  checked: [...EXPORTS, "invariantsCheck"],
  release: EXPORTS,
};
const BUILDS = ["debug", "checked", "release"] as const;

/** Every user of the library downloads the release core, so its size has a ceiling. */
const MAX_RELEASE_BYTES = 6 * 1024;

for (const build of BUILDS) {
  test(`the ${build} core imports nothing`, () => {
    assert.deepEqual(WebAssembly.Module.imports(coreModule(build)), []);
  });

  test(`the ${build} core exports the functions of the ABI and nothing else`, () => {
    const names = WebAssembly.Module.exports(coreModule(build)).map(({ name }) => name);
    assert.deepEqual(names.sort(), [...GOLDEN[build]].sort());
  });
}

test("only the debug core says how as-bind is to bind it", () => {
  const sections = (build: (typeof BUILDS)[number]): number =>
    WebAssembly.Module.customSections(coreModule(build), "as-bind_bindings").length;
  assert.deepEqual(BUILDS.map(sections), [1, 0, 0]);
});

test("everything that a core exports is a function, but for its memory", () => {
  const others = WebAssembly.Module.exports(coreModule("release")).filter(({ kind }) => kind !== "function");
  assert.deepEqual(others, [{ name: "memory", kind: "memory" }]);
});

test(`the release core has no more than ${MAX_RELEASE_BYTES} bytes`, () => {
  const size = coreBytes("release").byteLength;
  assert.ok(size <= MAX_RELEASE_BYTES, `it has ${size}`);
});

function codesNamed(prefix: string): [name: string, code: number][] {
  return Object.entries(codes).filter(([name]) => name.startsWith(prefix));
}

function assertDistinct(entries: readonly [name: string, code: number][]): void {
  const names = new Map<number, string>();
  for (const [name, code] of entries) {
    assert.ok(!names.has(code), `${name} is ${code}, and so is ${names.get(code)}`);
    names.set(code, name);
  }
}

test("every header word has its own place inside the header", () => {
  const words = codesNamed("HEADER_").filter(([name]) => name !== "HEADER_WORDS");
  assertDistinct(words);
  for (const [name, word] of words) assert.ok(word >= 0 && word < codes.HEADER_WORDS, `${name} is outside`);
});

test("every fault has its own number", () => {
  assertDistinct(codesNamed("FAULT_"));
});

test("every kind of slot has its own number, which leaves the flags of a meta free", () => {
  const kinds = codesNamed("KIND_");
  assertDistinct(kinds);
  for (const [, kind] of kinds) assert.equal(kind & codes.META_KIND_MASK, kind);
  assert.equal(codes.META_KIND_MASK & codes.META_OBSERVED, 0);
  assert.ok((codes.META_KIND_MASK | codes.META_OBSERVED) < codes.META_GENERATION_ONE);
  assert.equal(codes.META_GENERATION_ONE, 1 << codes.META_GENERATION_SHIFT);
});

test("every tag of an entry has its own number below the slot", () => {
  const tags = [codes.ENTRY_CALLBACK, codes.ENTRY_TASK, codes.ENTRY_OBSERVER];
  assert.equal(new Set<number>(tags).size, tags.length);
  for (const tag of tags) assert.equal(tag & codes.ENTRY_TAG_MASK, tag);
  assert.equal(codes.ENTRY_TAG_MASK, (1 << codes.ENTRY_SHIFT) - 1);
});

test("the four words of a slot have their own places", () => {
  const words = [codes.SLOT_META, codes.SLOT_LINK, codes.SLOT_HEAD, codes.SLOT_TAIL];
  assert.deepEqual(words, [0, 1, 2, 3]);
  assert.equal(1 << codes.SLOT_SHIFT, words.length);
});
