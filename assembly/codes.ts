// Integers that both sides of the boundary agree on. Plain constants: valid AssemblyScript and valid TypeScript, so
// that the core and the bindings read the same file.

/** Version of the ABI and of the layout below; written into HEADER_VERSION. */
export const ABI_VERSION = 2;

// Header: 32-bit words at the start of linear memory. README.md in this folder explains each.
export const HEADER_VERSION = 0;
export const HEADER_RING_HEAD = 1;
export const HEADER_RING_TAIL = 2;
export const HEADER_RING_BASE = 3;
export const HEADER_RING_MASK = 4;
export const HEADER_BATCH_END = 5;
export const HEADER_SLOT_BASE = 6;
export const HEADER_SLOT_CAPACITY = 7;
export const HEADER_SLOT_FREE = 8;
export const HEADER_HEAP_BASE = 9;
export const HEADER_HEAP_CAPACITY = 10;
export const HEADER_HEAP_LENGTH = 11;
export const HEADER_LAYOUT = 12;
export const HEADER_FAULT = 13;
export const HEADER_TICKS = 14;
export const HEADER_TIMERS_OPENED = 15;
export const HEADER_TIMERS_FIRED = 16;
export const HEADER_TIMERS_CANCELLED = 17;
export const HEADER_GROWTHS = 18;
export const HEADER_PAGE_LIMIT = 19;
export const HEADER_HEAP_SORTED = 20;
/** A double, in this word and the next. */
export const HEADER_HEAP_EARLIEST = 22;
export const HEADER_WORDS = 32;

// A slot is four words: meta, then three whose meaning depends on the kind.
export const SLOT_SHIFT = 2;
export const SLOT_META = 0;
/** Free: the next free slot. Future and task: first waiter. Node: next node. Timer: position of its node. */
export const SLOT_LINK = 1;
/** Future and task: first overflow node. Node: the waiter. Timer: low half of the sequence number. */
export const SLOT_HEAD = 2;
/** Future and task: last overflow node. Timer: high half of the sequence number. */
export const SLOT_TAIL = 3;

// meta = generation << META_GENERATION_SHIFT | observed flag | kind
export const META_KIND_MASK = 7;
export const META_OBSERVED = 8;
export const META_GENERATION_SHIFT = 8;
export const META_GENERATION_ONE = 256;

export const KIND_FREE = 0;
export const KIND_FUTURE = 1;
export const KIND_TASK = 2;
export const KIND_CALLBACK = 3;
export const KIND_TIMER = 4;
export const KIND_NODE = 5;
export const KIND_OBSERVER = 6;

// A ring entry and a waiter are the same thing: slot << ENTRY_SHIFT | tag. The tag tells the driver what to do.
export const ENTRY_SHIFT = 2;
export const ENTRY_TAG_MASK = 3;
export const ENTRY_CALLBACK = 0;
export const ENTRY_TASK = 1;
export const ENTRY_OBSERVER = 2;

/** A picture of the inspector's is a row of records of this many numbers. */
export const PICTURE_WORDS = 4;

// Faults: reasons for the core to trap. Each is a bug of this library, never of its caller.
export const FAULT_NONE = 0;
export const FAULT_ASSERTION = 1;
export const FAULT_SLOT_RANGE = 2;
export const FAULT_SLOT_FREE_TWICE = 3;
export const FAULT_SLOT_KIND = 4;
export const FAULT_RING_ORDER = 5;
export const FAULT_RING_ENTRY = 6;
export const FAULT_RING_DUPLICATE = 7;
export const FAULT_RING_CAPACITY = 8;
export const FAULT_HEAP_ORDER = 9;
export const FAULT_HEAP_POSITION = 10;
export const FAULT_HEAP_KIND = 11;
export const FAULT_FREE_LIST = 12;
export const FAULT_SLOT_LOST = 13;
export const FAULT_CALLBACK_LIST = 14;
export const FAULT_LAYOUT = 15;
export const FAULT_HEAP_EARLIEST = 16;
