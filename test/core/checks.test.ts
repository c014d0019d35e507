// The walkers themselves: a core in which something of everything is going on, one broken word, and the fault that
// names what the word broke.
import assert from "node:assert/strict";
import {
  ENTRY_CALLBACK,
  ENTRY_OBSERVER,
  ENTRY_TASK,
  FAULT_CALLBACK_LIST,
  FAULT_FREE_LIST,
  FAULT_HEAP_EARLIEST,
  FAULT_HEAP_KIND,
  FAULT_HEAP_ORDER,
  FAULT_HEAP_POSITION,
  FAULT_LAYOUT,
  FAULT_NONE,
  FAULT_RING_CAPACITY,
  FAULT_RING_DUPLICATE,
  FAULT_RING_ENTRY,
  FAULT_RING_ORDER,
  FAULT_SLOT_LOST,
  HEADER_BATCH_END,
  HEADER_HEAP_BASE,
  HEADER_HEAP_CAPACITY,
  HEADER_HEAP_LENGTH,
  HEADER_HEAP_SORTED,
  HEADER_RING_BASE,
  HEADER_RING_HEAD,
  HEADER_RING_MASK,
  HEADER_RING_TAIL,
  HEADER_SLOT_BASE,
  HEADER_SLOT_CAPACITY,
  HEADER_SLOT_FREE,
  KIND_CALLBACK,
  KIND_FUTURE,
  KIND_OBSERVER,
  KIND_TASK,
  SLOT_HEAD,
  SLOT_LINK,
  SLOT_META,
  SLOT_TAIL,
} from "../../assembly/codes.js";
import { entryOf, faultName, type RawCore } from "../support/rawCore.js";
import { testChecked } from "./testCore.js";

interface Scene {
  readonly core: RawCore;
  readonly callback: number;
  readonly future: number;
  readonly timers: readonly number[];
}

/** Two entries, a Future with three waiters, timers with equal deadlines, and free slots. */
function busyCore(core: RawCore): Scene {
  const callback = core.exports.callbackOpen();
  core.exports.taskOpen();
  const future = core.exports.slotTake(KIND_FUTURE);
  for (let i = 0; i < 3; i++) {
    core.exports.futureWait(future, entryOf(core.exports.slotTake(KIND_OBSERVER), ENTRY_OBSERVER));
  }
  const timers = [5, 5, 5, 5, 5, 5, 9].map((deadline) => core.exports.timerOpen(deadline));
  for (const slot of [1, 2, 3].map(() => core.exports.slotTake(KIND_TASK))) core.exports.slotFree(slot);
  core.exports.timerDeadline();
  core.exports.timerOpen(9);
  core.exports.tick(0);
  return { core, callback, future, timers };
}

function add(core: RawCore, index: number, difference: number): void {
  core.setWord(index, core.word(index) + difference);
}

function setEntry(core: RawCore, place: number, entry: number): void {
  core.setWord(core.word(HEADER_RING_BASE) + place, entry);
}

interface Break {
  readonly title: string;
  readonly fault: number;
  readonly act: (scene: Scene) => void;
}

const RING_BREAKS: Break[] = [
  {
    title: "I-RR1: a batch that ends behind the ring",
    fault: FAULT_RING_ORDER,
    act: ({ core }) => add(core, HEADER_BATCH_END, 1),
  },
  {
    title: "I-RR1: a batch that ends before it begins",
    fault: FAULT_RING_ORDER,
    act: ({ core }) => core.setWord(HEADER_BATCH_END, core.word(HEADER_RING_HEAD) - 1),
  },
  {
    title: "I-RR2: an entry of nobody",
    fault: FAULT_RING_ENTRY,
    act: ({ core }) => setEntry(core, 0, entryOf(0, ENTRY_CALLBACK)),
  },
  {
    title: "I-RR2: an entry of a slot that was never used",
    fault: FAULT_RING_ENTRY,
    act: ({ core }) => setEntry(core, 1, entryOf(1000, ENTRY_TASK)),
  },
  {
    title: "I-RR2: an entry of a free slot",
    fault: FAULT_RING_ENTRY,
    act: ({ core }) => setEntry(core, 0, entryOf(core.freeList()[0]!, ENTRY_CALLBACK)),
  },
  {
    title: "I-RR2: a tag that does not suit the slot's kind",
    fault: FAULT_RING_ENTRY,
    act: ({ core, callback }) => setEntry(core, 0, entryOf(callback, ENTRY_TASK)),
  },
  {
    title: "I-RR3: a slot that stands in the ring twice",
    fault: FAULT_RING_DUPLICATE,
    act: ({ core, callback }) => core.exports.ringPush(entryOf(callback, ENTRY_CALLBACK)),
  },
  { title: "I-RR3: a ring with less places than there are slots", fault: FAULT_RING_CAPACITY, act: shrinkRing },
  {
    title: "I-RR3: a ring with more entries than places",
    fault: FAULT_RING_CAPACITY,
    act: ({ core }) => add(core, HEADER_RING_TAIL, core.word(HEADER_RING_MASK)),
  },
];

/** Half of the ring becomes part of the slot table, so that the regions still touch. */
function shrinkRing({ core }: Scene): void {
  core.setWord(HEADER_RING_MASK, 511);
  core.setWord(HEADER_SLOT_BASE, core.word(HEADER_RING_BASE) + 512);
  add(core, HEADER_SLOT_CAPACITY, 128);
}

const HEAP_BREAKS: Break[] = [
  {
    title: "I-TH1: a child that is due before its parent",
    fault: FAULT_HEAP_ORDER,
    act: ({ core }) => core.setDeadline(5, 4),
  },
  {
    title: "I-TH1: of two equal deadlines the later one in front",
    fault: FAULT_HEAP_ORDER,
    act: ({ core, timers }) => core.setField(timers[0]!, SLOT_HEAD, 1000),
  },
  {
    title: "I-TH1: a sequence number that is wrong in its high half only",
    fault: FAULT_HEAP_ORDER,
    act: ({ core, timers }) => core.setField(timers[0]!, SLOT_TAIL, 1),
  },
  {
    title: "I-TH2: a timer that names another node",
    fault: FAULT_HEAP_POSITION,
    act: ({ core, timers }) => core.setField(timers[3]!, SLOT_LINK, 4),
  },
  {
    title: "I-TH2: a node that names a slot which is no timer",
    fault: FAULT_HEAP_KIND,
    act: ({ core, timers }) => core.setField(timers[3]!, SLOT_META, KIND_CALLBACK),
  },
  {
    title: "I-TH3: a new timer that is due before the earliest one noted",
    fault: FAULT_HEAP_EARLIEST,
    act: ({ core }) => core.setDeadline(7, 8),
  },
  {
    title: "I-TH3: a heap that is longer than there are timers",
    fault: FAULT_HEAP_EARLIEST,
    act: ({ core }) => core.setWord(HEADER_HEAP_SORTED, 9),
  },
];

const SLOT_BREAKS: Break[] = [
  {
    title: "I-ST2: a live slot in the free list",
    fault: FAULT_FREE_LIST,
    act: ({ core, callback }) => core.setWord(HEADER_SLOT_FREE, callback),
  },
  {
    title: "I-ST2: a free list that runs in a circle",
    fault: FAULT_FREE_LIST,
    act: ({ core }) => core.setField(core.freeList().at(-1)!, SLOT_LINK, core.word(HEADER_SLOT_FREE)),
  },
  {
    title: "I-ST2: a free list that leaves the table",
    fault: FAULT_FREE_LIST,
    act: ({ core }) => core.setWord(HEADER_SLOT_FREE, 1000),
  },
  {
    title: "I-ST2: a free slot that is not in the free list",
    fault: FAULT_SLOT_LOST,
    act: ({ core }) => core.setWord(HEADER_SLOT_FREE, core.field(core.word(HEADER_SLOT_FREE), SLOT_LINK)),
  },
  {
    title: "I-ST2: a timer that is not in the heap",
    fault: FAULT_SLOT_LOST,
    act: ({ core }) => add(core, HEADER_HEAP_LENGTH, -1),
  },
  {
    title: "I-CL1: a tail that is not the last node",
    fault: FAULT_CALLBACK_LIST,
    act: ({ core, future }) => core.setField(future, SLOT_TAIL, core.nodes(future)[0]!),
  },
  {
    title: "I-CL1: nodes without a waiter in the slot itself",
    fault: FAULT_CALLBACK_LIST,
    act: ({ core, future }) => core.setField(future, SLOT_LINK, 0),
  },
  {
    title: "I-CL1: a list of which a part was lost",
    fault: FAULT_CALLBACK_LIST,
    act: ({ core, future }) => {
      core.setField(future, SLOT_HEAD, 0);
      core.setField(future, SLOT_TAIL, 0);
    },
  },
  {
    title: "I-CL1: a list that runs in a circle",
    fault: FAULT_CALLBACK_LIST,
    act: ({ core, future }) => core.setField(core.field(future, SLOT_TAIL), SLOT_LINK, core.field(future, SLOT_HEAD)),
  },
];

const LAYOUT_BREAKS: Break[] = [
  {
    title: "I-ME1: a gap behind the ring",
    fault: FAULT_LAYOUT,
    act: ({ core }) => core.setWord(HEADER_RING_MASK, 511),
  },
  {
    title: "I-ME1: a heap that begins inside the slot table",
    fault: FAULT_LAYOUT,
    act: ({ core }) => add(core, HEADER_HEAP_BASE, -4),
  },
  {
    title: "I-ME1: a heap that ends behind memory",
    fault: FAULT_LAYOUT,
    act: ({ core }) => core.setWord(HEADER_HEAP_CAPACITY, 4096),
  },
  {
    title: "I-ME1: more timers than the heap has room for",
    fault: FAULT_LAYOUT,
    act: ({ core }) => core.setWord(HEADER_HEAP_CAPACITY, 6),
  },
];

for (const { title, fault, act } of [...RING_BREAKS, ...HEAP_BREAKS, ...SLOT_BREAKS, ...LAYOUT_BREAKS]) {
  testChecked(`${title} is found by the walkers`, (core) => {
    const scene = busyCore(core);
    assert.equal(faultName(core.exports.invariantsCheck!()), faultName(FAULT_NONE));
    act(scene);
    assert.equal(faultName(core.exports.invariantsCheck!()), faultName(fault));
  });
}
