// How the core's tests are declared: one title, one body, each build that it concerns.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HEADER_FAULT } from "../../assembly/codes.js";
import { type Build, faultName, RawCore } from "../support/rawCore.js";

/** Gives `body` a fresh core of the checked and of the release build; afterwards the invariants must hold. */
export function testCore(title: string, body: (core: RawCore) => void): void {
  for (const build of ["checked", "release"] as const) {
    test(`${title} [${build}]`, () => {
      const core = new RawCore(build);
      body(core);
      core.check();
    });
  }
}

/** For what only the builds with checks do. */
export function testChecked(title: string, body: (core: RawCore) => void): void {
  for (const build of ["debug", "checked"] as const satisfies Build[]) {
    test(`${title} [${build}]`, () => body(new RawCore(build)));
  }
}

/** `act` must trap, and the header must say why. */
export function assertTraps(core: RawCore, fault: number, act: () => void): void {
  assert.throws(act, WebAssembly.RuntimeError);
  assert.equal(faultName(core.word(HEADER_FAULT)), faultName(fault));
}
