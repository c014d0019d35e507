// The example application prints the same, whoever has compiled it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { BUILT, PRINTED, removeBuilt, WAYS } from "./app.js";
import { ensureInstalled } from "./manifest.js";

ensureInstalled();
after(removeBuilt);

for (const [name, build] of Object.entries(WAYS)) {
  test(`${name}: the application runs in Node, and none of its async functions is the engine's`, async () => {
    const main = await build(join(BUILT, name.replace(/\W+/g, "-")));
    const { stdout, stderr, status } = spawnSync(process.execPath, [main], { encoding: "utf8", timeout: 20_000 });
    assert.deepEqual([stdout.trimEnd().split("\n"), stderr, status], [PRINTED, "", 0]);
    // Vite's output has the library in it, which has native async functions.
    const isBundle = name.startsWith("Vite");
    const code = readFileSync(isBundle ? main : join(dirname(main), "app.js"), "utf8");
    assert.doesNotMatch(code, /asyncGeneratorStep|OverloadYield/);
    if (!isBundle) assert.doesNotMatch(code.replace(/^\s*\/\/.*/gm, ""), /\basync (?:function|\(|\*|\w+\()/);
  });
}
