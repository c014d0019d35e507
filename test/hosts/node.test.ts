import assert from "node:assert/strict";
import { test } from "node:test";
import { NodeHost } from "../../bindings/hosts/node.js";
import { describeHost } from "./contract.js";

describeHost("node", () => new NodeHost());

test("node: this is Node, and its host is the default one", async () => {
  assert.match(process.versions.node, /^\d+\.\d+\.\d+$/);
  const { makeHost } = await import("../../bindings/hosts/detect.js");
  assert.ok(makeHost() instanceof NodeHost);
});

test("node: a deadline beyond setTimeout's range is napped towards, not fired at once", async () => {
  const host = new NodeHost();
  host.wakeAt(host.now() + 2 ** 40, () => assert.fail("it fired"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  host.cancelWake();
});
