import assert from "node:assert/strict";
import { test } from "node:test";
import { isInFinally } from "../../bindings/tasks/inFinally.js";

/** The texts of the blocks that the places in the source say they are in. */
function blocksOf(source: string): string[] {
  const places = Array.from({ length: source.length + 1 }, (_, offset) =>
    isInFinally(source, offset) ? source[offset - 1]! : "\0",
  );
  return places
    .join("")
    .split(/\0+/)
    .filter(Boolean)
    .map((text) => text.replace(/^finally\s*/, "") + "}");
}

test("a function without a finally block has none", () => {
  assert.deepEqual(blocksOf("function* () { try { a(); } catch { b(); } }"), []);
});

test("a finally block goes from its opening brace to its closing one", () => {
  assert.deepEqual(blocksOf("function* () { try { a(); } finally { b(); } c(); }"), ["{ b(); }"]);
});

test("blank space may stand before the brace", () => {
  assert.deepEqual(blocksOf("try { a(); } finally\n\t{ b(); }"), ["{ b(); }"]);
  assert.deepEqual(blocksOf("try{a()}finally{b()}"), ["{b()}"]);
});

test("blocks inside a finally block belong to it", () => {
  const block = "{ if (x) { y(); } else { z({ a: {} }); } }";
  assert.deepEqual(blocksOf(`try { a(); } finally ${block} after();`), [block]);
});

test("every finally block is found, and one inside another ends before it", () => {
  const outer = "{ try { b(); } finally { c(); } d(); }";
  assert.deepEqual(blocksOf(`try { a(); } finally ${outer} try { e(); } finally { f(); }`), [outer, "{ f(); }"]);
});

test("a name that only contains the word begins no block", () => {
  assert.deepEqual(blocksOf("const finallyDone = { a: 1 }; promise.finally(() => { b(); }); x.finally_ = {};"), []);
});

/** Each hides a closing brace that ends nothing. */
const HIDES: Record<string, string> = {
  "a string in double quotes": 'const x = "}";',
  "a string in single quotes": "const x = '}';",
  "a string with an escaped quote": 'const x = "\\"}";',
  "a template": "const x = `}`;",
  "a template over several lines": "const x = `\n}\n`;",
  "a template with an expression": "const x = `}${y}`;",
  "a template in a template": "const x = `a ${b ? `}` : `}`} c`;",
  "a line comment": "// }\n",
  "a block comment": "/* }\n} */",
  "a comment with a quote": "// don't }\n",
  "a quote with a comment's beginning": 'const x = "// }"; const y = "/* }";',
  "a regular expression": "const x = /}/;",
  "a regular expression with an escaped slash": "const x = /\\/}/g;",
  "a regular expression with a slash in a class": "const x = /[/}]/;",
  "a regular expression as an argument": "x.split(/}/);",
  "a regular expression behind return": "if (x) return /}/;",
  "a regular expression behind an arrow": "x(() => /}/);",
  "a regular expression with a quote": "const x = /['}]/;",
};

for (const [name, hidden] of Object.entries(HIDES)) {
  test(`a brace in ${name} ends no block`, () => {
    const block = `{ ${hidden} b(); }`;
    assert.deepEqual(blocksOf(`try { a(); } finally ${block} c(); }`), [block]);
  });
}

test("a division is not the beginning of a regular expression", () => {
  const block = "{ const x = a / b; } ";
  assert.deepEqual(blocksOf(`try { a(); } finally ${block} const y = (a) / c; }`), [block.trimEnd()]);
  assert.deepEqual(blocksOf("try { a(); } finally { x[0] / 2; } y / 2; }"), ["{ x[0] / 2; }"]);
});

test("the word in a string or comment begins no block", () => {
  assert.deepEqual(blocksOf('const x = "finally { }"; // finally {\n/* finally { */ const y = `finally { }`;'), []);
});

test("a source that breaks off ends its last block", () => {
  assert.ok(isInFinally("try { a(); } finally { b();", 27));
});
