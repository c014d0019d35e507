import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHost } from "../../bindings/hosts/detect.js";
import { nodeHost } from "../../bindings/hosts/node.js";
import { describeHost } from "./contract.js";

describeHost("node", nodeHost);

test("node: this is Node, and its default host takes its turns with setImmediate", () => {
  assert.match(process.versions.node, /^\d+\.\d+\.\d+$/);
  const { setImmediate } = globalThis;
  const asked: unknown[] = [];
  globalThis.setImmediate = ((wake: () => void) => asked.push(wake)) as unknown as typeof setImmediate;
  try {
    const wake = (): void => {};
    makeHost().wakeSoon(wake, true);
    assert.deepEqual(asked, [wake]);
  } finally {
    globalThis.setImmediate = setImmediate;
  }
});

test("node: a deadline beyond setTimeout's range is napped towards, not fired at once", async () => {
  const host = nodeHost();
  host.wakeAt(host.now() + 2 ** 40, () => assert.fail("it fired"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  host.cancelWake();
});
