// Hosts without processes: `wasyncio/io` is there, and says so at the call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram } from "../../support/child.js";

/** Writes what each of the calls throws. */
const CALLS = `
  const { EventLoop } = await import("wasyncio");
  const { createSubprocessExec, createSubprocessShell, SubprocessProtocol } = await import("wasyncio/io");
  const loop = new EventLoop();
  const errors = [];
  for (const call of [
    () => createSubprocessExec("true"),
    () => createSubprocessShell("true"),
    () => loop.subprocessExec(() => new SubprocessProtocol(), "true"),
    () => loop.subprocessShell(() => new SubprocessProtocol(), "true"),
    () => loop.addSignalHandler("SIGTERM", () => {}),
    () => loop.removeSignalHandler("SIGTERM"),
  ]) {
    try { call(); errors.push("nothing"); } catch (error) { errors.push(String(error)); }
  }
`;

async function errorsWith(before: string, after = ""): Promise<string[]> {
  const { stdout, stderr } = await runProgram(`${before}; ${CALLS}; ${after}; console.log(JSON.stringify(errors));`);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as string[];
}

test("in workerd each call is a RuntimeError that names it", async () => {
  const errors = await errorsWith("globalThis.WebSocketPair = class {}");
  for (const error of errors.slice(0, 4)) assert.match(error, /^RuntimeError: workerd has no child processes: .*Node/);
  assert.equal(errors.length, 6);
  for (const error of errors.slice(4))
    assert.match(error, /^RuntimeError: .*SignalHandler\(\) works only in the main thread/);
});

test("in a page each call is a RuntimeError that names the hosts that have processes and signals", async () => {
  const errors = await errorsWith(
    "const kept = globalThis.process; Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true })",
    "Object.defineProperty(globalThis, 'process', { value: kept })",
  );
  for (const error of errors.slice(0, 4))
    assert.match(error, /^RuntimeError: this host has no node:child_process.*Deno/);
  assert.equal(errors.length, 6);
  for (const error of errors.slice(4))
    assert.match(error, /^RuntimeError: .*SignalHandler\(\) works only in .*Deno or Bun/);
});
