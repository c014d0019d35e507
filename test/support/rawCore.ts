// A core by itself, as the bindings see it: the exported functions, and the words of header, ring, heap and slots that
// assembly/README.md describes. Tests reach nothing else of it.
import assert from "node:assert/strict";
import * as codes from "../../assembly/codes.js";
import type { CoreExports } from "../../bindings/wasm/exports.js";
import { coreBytes } from "./coreFile.js";

export type Build = "debug" | "checked" | "release";

/** deadline f64, slot u32, one unused word */
const HEAP_NODE_WORDS = 4;

const modules = new Map<Build, WebAssembly.Module>();

export function coreModule(build: Build): WebAssembly.Module {
  let module = modules.get(build);
  if (module === undefined) {
    module = new WebAssembly.Module(coreBytes(build));
    modules.set(build, module);
  }
  return module;
}

function instantiate(build: Build): CoreExports {
  return new WebAssembly.Instance(coreModule(build)).exports as unknown as CoreExports;
}

export function faultName(fault: number): string {
  const named = Object.entries(codes).find(([name, code]) => name.startsWith("FAULT_") && code === fault);
  return named?.[0] ?? `unknown fault ${fault}`;
}

/** Which kind of slot an entry or waiter with this tag names. */
export function kindOfTag(tag: number): number {
  if (tag === codes.ENTRY_TASK) return codes.KIND_TASK;
  return tag === codes.ENTRY_OBSERVER ? codes.KIND_OBSERVER : codes.KIND_CALLBACK;
}

export function entryOf(slot: number, tag: number): number {
  return (slot << codes.ENTRY_SHIFT) | tag;
}

export function slotOf(entry: number): number {
  return entry >>> codes.ENTRY_SHIFT;
}

export class RawCore {
  readonly build: Build;
  readonly exports: CoreExports;
  #words: Uint32Array;

  constructor(build: Build, exports: CoreExports = instantiate(build)) {
    this.build = build;
    this.exports = exports;
    this.#words = new Uint32Array(this.exports.memory.buffer);
  }

  /** Linear memory; a view that growth has detached has no length. */
  get words(): Uint32Array {
    if (this.#words.length === 0) this.#words = new Uint32Array(this.exports.memory.buffer);
    return this.#words;
  }

  word(index: number): number {
    return this.words[index]!;
  }

  setWord(index: number, value: number): void {
    this.words[index] = value;
  }

  field(slot: number, index: number): number {
    return this.words[this.#at(slot) + index]!;
  }

  setField(slot: number, index: number, value: number): void {
    this.words[this.#at(slot) + index] = value;
  }

  metaOf(slot: number): number {
    return this.field(slot, codes.SLOT_META);
  }

  kindOf(slot: number): number {
    return this.metaOf(slot) & codes.META_KIND_MASK;
  }

  generationOf(slot: number): number {
    return this.metaOf(slot) >>> codes.META_GENERATION_SHIFT;
  }

  /** Starts the counters of an empty ring somewhere else. */
  setCounters(counter: number): void {
    assert.equal(this.ringLength(), 0);
    for (const index of [codes.HEADER_RING_HEAD, codes.HEADER_BATCH_END, codes.HEADER_RING_TAIL]) {
      this.setWord(index, counter);
    }
  }

  ringLength(): number {
    return (this.word(codes.HEADER_RING_TAIL) - this.word(codes.HEADER_RING_HEAD)) >>> 0;
  }

  batchLength(): number {
    return (this.word(codes.HEADER_BATCH_END) - this.word(codes.HEADER_RING_HEAD)) >>> 0;
  }

  /** What is ready, oldest first. */
  entries(): number[] {
    const head = this.word(codes.HEADER_RING_HEAD);
    return Array.from({ length: this.ringLength() }, (_, i) => this.#entryAt(head + i));
  }

  /** Takes the oldest entry out, as the driver does. */
  pop(): number {
    const head = this.word(codes.HEADER_RING_HEAD);
    this.setWord(codes.HEADER_RING_HEAD, head + 1);
    return this.#entryAt(head);
  }

  timerAt(position: number): number {
    return this.words[this.#nodeAt(position) + 2]!;
  }

  deadlineAt(position: number): number {
    return new Float64Array(this.exports.memory.buffer)[this.#nodeAt(position) >> 1]!;
  }

  setDeadline(position: number, deadline: number): void {
    new Float64Array(this.exports.memory.buffer)[this.#nodeAt(position) >> 1] = deadline;
  }

  earliestNew(): number {
    return new Float64Array(this.exports.memory.buffer)[codes.HEADER_HEAP_EARLIEST >> 1]!;
  }

  sequenceOf(slot: number): number {
    return this.field(slot, codes.SLOT_TAIL) * 2 ** 32 + this.field(slot, codes.SLOT_HEAD);
  }

  /** The free slots, the one that is taken next first. */
  freeList(): number[] {
    const limit = this.word(codes.HEADER_SLOT_CAPACITY);
    const slots: number[] = [];
    for (let slot = this.word(codes.HEADER_SLOT_FREE); slot !== 0; slot = this.field(slot, codes.SLOT_LINK)) {
      assert.ok(slots.push(slot) < limit, "the free list has a cycle");
    }
    return slots;
  }

  waiters(slot: number): number[] {
    const first = this.field(slot, codes.SLOT_LINK);
    return first === 0 ? [] : [first, ...this.nodes(slot).map((node) => this.field(node, codes.SLOT_HEAD))];
  }

  /** The slots of a callback list's nodes. */
  nodes(slot: number): number[] {
    const nodes: number[] = [];
    for (let node = this.field(slot, codes.SLOT_HEAD); node !== 0; node = this.field(node, codes.SLOT_LINK)) {
      assert.ok(nodes.push(node) < this.word(codes.HEADER_SLOT_CAPACITY), "the callback list has a cycle");
    }
    return nodes;
  }

  pages(): number {
    return this.exports.memory.buffer.byteLength / 65536;
  }

  /** Fails on the first invariant that does not hold; the release build has no walkers and passes. */
  check(): void {
    const fault = this.exports.invariantsCheck?.() ?? codes.FAULT_NONE;
    assert.equal(fault, codes.FAULT_NONE, `${faultName(fault)} in the ${this.build} build`);
  }

  #at(slot: number): number {
    return this.words[codes.HEADER_SLOT_BASE]! + (slot << codes.SLOT_SHIFT);
  }

  #nodeAt(position: number): number {
    return this.word(codes.HEADER_HEAP_BASE) + position * HEAP_NODE_WORDS;
  }

  #entryAt(counter: number): number {
    return this.word(this.word(codes.HEADER_RING_BASE) + (counter & this.word(codes.HEADER_RING_MASK)));
  }
}
