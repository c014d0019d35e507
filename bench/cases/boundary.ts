// What does it cost to cross from JavaScript into WebAssembly, and what does working on linear memory in place save?
import {
  ENTRY_CALLBACK,
  ENTRY_SHIFT,
  HEADER_RING_HEAD,
  HEADER_RING_TAIL,
  KIND_CALLBACK,
} from "../../assembly/codes.js";
import { Core } from "../../bindings/wasm/core.js";
import type { Case } from "../case.js";

const MANY = 1_000_000;

/** A module with one export, a function `f` that does nothing. */
const EMPTY_FUNCTION = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0x07,
  0x05, 0x01, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x04, 0x01, 0x02, 0x00, 0x0b,
]);

const emptyFunction = new WebAssembly.Instance(new WebAssembly.Module(EMPTY_FUNCTION)).exports["f"] as () => void;

function emptyInJavaScript(): void {}

const core = new Core();
const slot = core.take(KIND_CALLBACK, undefined);

/** Takes the entry out again, as the driver does. */
function pop(): void {
  core.words[HEADER_RING_HEAD] = core.words[HEADER_RING_TAIL]!;
}

const RING_MASK = 1023;
const ring = new Array<number>(RING_MASK + 1).fill(0);
let head = 0;
let tail = 0;

function pushAndPopNatively(): void {
  for (let i = 0; i < MANY; i++) {
    ring[tail++ & RING_MASK] = i;
    head = tail;
  }
  if (head !== tail) throw new Error("the ring lost count");
}

export const boundaryCases: readonly Case[] = [
  {
    name: "crossing: an empty WebAssembly call",
    against: "an empty JavaScript call",
    n: MANY,
    ours: {
      *run() {
        for (let i = 0; i < MANY; i++) emptyFunction();
      },
    },
    native: {
      run: () => {
        for (let i = 0; i < MANY; i++) emptyInJavaScript();
      },
    },
  },
  {
    name: "crossing: ready ring, push in place",
    against: "a ring in an array",
    n: MANY,
    ours: {
      *run() {
        for (let i = 0; i < MANY; i++) {
          core.push((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);
          pop();
        }
      },
    },
    native: { run: pushAndPopNatively },
  },
  {
    name: "crossing: ready ring, push by call",
    against: "a ring in an array",
    n: MANY,
    ours: {
      *run() {
        for (let i = 0; i < MANY; i++) {
          core.exports.ringPush((slot << ENTRY_SHIFT) | ENTRY_CALLBACK);
          pop();
        }
      },
    },
    native: { run: pushAndPopNatively },
  },
];
