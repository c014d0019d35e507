import {
  ENTRY_SHIFT,
  ENTRY_TAG_MASK,
  HEADER_BATCH_END,
  HEADER_GROWTHS,
  HEADER_HEAP_BASE,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_TICKS,
  HEADER_TIMERS_CANCELLED,
  HEADER_TIMERS_FIRED,
  HEADER_TIMERS_OPENED,
  KIND_FREE,
  KIND_FUTURE,
  KIND_TASK,
  META_GENERATION_SHIFT,
  META_KIND_MASK,
  META_OBSERVED,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_SHIFT,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import type { Pictures } from "./pictures.js";

const COUNTERS: readonly (readonly [name: string, word: number])[] = [
  ["ticks", HEADER_TICKS],
  ["timersOpened", HEADER_TIMERS_OPENED],
  ["timersFired", HEADER_TIMERS_FIRED],
  ["timersCancelled", HEADER_TIMERS_CANCELLED],
  ["growths", HEADER_GROWTHS],
  ["entriesPushed", HEADER_RING_TAIL],
  ["entriesFrozen", HEADER_BATCH_END],
  ["entriesTaken", HEADER_RING_HEAD],
];

/** A heap node is a double, a slot and an unused word. */
const NODE_SHIFT = 2;
const NODE_SLOT = 2;

/** Read in place, from any build, by the offsets of codes.ts. Valid until the core is called or written to. */
export class MemoryPictures implements Pictures {
  private readonly words: Uint32Array;
  private readonly doubles: Float64Array;
  /** Nothing is read through bases that lead out of memory. */
  private readonly isReadable: boolean;

  constructor(memory: WebAssembly.Memory) {
    this.words = new Uint32Array(memory.buffer);
    this.doubles = new Float64Array(memory.buffer);
    const slotBase = this.word(HEADER_RING_BASE) + this.word(HEADER_RING_MASK) + 1;
    const heapBase = slotBase + (this.word(HEADER_SLOT_CAPACITY) << SLOT_SHIFT);
    const isTouching = slotBase === this.word(HEADER_SLOT_BASE) && heapBase === this.word(HEADER_HEAP_BASE);
    const hasRoom = this.word(HEADER_HEAP_LENGTH) <= this.word(HEADER_HEAP_CAPACITY);
    const end = heapBase + (this.word(HEADER_HEAP_CAPACITY) << NODE_SHIFT);
    this.isReadable = isTouching && hasRoom && end <= this.words.length;
  }

  ringPicture(): number[] {
    if (!this.isReadable) return [];
    const head = this.word(HEADER_RING_HEAD);
    const mask = this.word(HEADER_RING_MASK);
    const length = Math.min((this.word(HEADER_RING_TAIL) - head) >>> 0, mask + 1);
    const picture: number[] = [];
    for (let i = 0; i < length; i++) this.put(picture, this.word(this.word(HEADER_RING_BASE) + ((head + i) & mask)));
    return picture;
  }

  heapPicture(): number[] {
    const picture: number[] = [];
    const length = this.isReadable ? this.word(HEADER_HEAP_LENGTH) : 0;
    for (let position = 0; position < length; position++) {
      const at = this.word(HEADER_HEAP_BASE) + (position << NODE_SHIFT);
      const slot = this.word(at + NODE_SLOT);
      const sequence = this.isSlot(slot) ? this.field(slot, SLOT_TAIL) * 2 ** 32 + this.field(slot, SLOT_HEAD) : 0;
      picture.push(slot, this.doubles[at >>> 1]!, sequence, this.metaOf(slot) >>> META_GENERATION_SHIFT);
    }
    return picture;
  }

  slotPicture(): number[] {
    const picture: number[] = [];
    const end = this.isReadable ? this.word(HEADER_SLOT_CAPACITY) : 0;
    for (let slot = 1; slot < end; slot++) {
      const meta = this.metaOf(slot);
      const kind = meta & META_KIND_MASK;
      if (kind !== KIND_FREE) picture.push(slot, kind, +((meta & META_OBSERVED) !== 0), meta >>> META_GENERATION_SHIFT);
    }
    return picture;
  }

  waiterPicture(slot: number): number[] {
    const picture: number[] = [];
    const kind = this.metaOf(slot) & META_KIND_MASK;
    if ((kind !== KIND_FUTURE && kind !== KIND_TASK) || this.field(slot, SLOT_LINK) === 0) return picture;
    this.put(picture, this.field(slot, SLOT_LINK));
    let node = this.field(slot, SLOT_HEAD);
    for (let left = this.word(HEADER_SLOT_CAPACITY); this.isSlot(node) && left > 0; left--) {
      this.put(picture, this.field(node, SLOT_HEAD));
      node = this.field(node, SLOT_LINK);
    }
    return picture;
  }

  counterNames(): string {
    return COUNTERS.map(([name]) => name).join(" ");
  }

  counterValues(): number[] {
    return COUNTERS.map(([, index]) => this.word(index));
  }

  private put(picture: number[], entry: number): void {
    const slot = entry >>> ENTRY_SHIFT;
    const meta = this.metaOf(slot);
    picture.push(slot, entry & ENTRY_TAG_MASK, meta & META_KIND_MASK, meta >>> META_GENERATION_SHIFT);
  }

  private isSlot(slot: number): boolean {
    return this.isReadable && slot > 0 && slot < this.word(HEADER_SLOT_CAPACITY);
  }

  /** 0 of what is no slot, as of one that was never used. */
  private metaOf(slot: number): number {
    return this.isSlot(slot) ? this.field(slot, SLOT_META) : 0;
  }

  private field(slot: number, index: number): number {
    return this.word(this.word(HEADER_SLOT_BASE) + (slot << SLOT_SHIFT) + index);
  }

  private word(index: number): number {
    return this.words[index]!;
  }
}
