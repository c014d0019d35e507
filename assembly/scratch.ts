// Memory for the strings and arrays that the inspector hands out; in the `debug` build only.
//
//   byte 0 ┌────────┬────────────────────┬──────┬────────────────────┬──────────────── … end of memory
//          │ header │ string literals    │ 16 B │ ring, slots, heap  │ scratch
//          └────────┴────────────────────┴──────┴────────────────────┘
//                   memoryBase            └ the allocator's first block ┘
//
// The compiler's stub runtime hands out memory upwards and takes nothing back. The core's regions are made to look like
// its first block: the 16 bytes in front of them are that block's header, and what is handed out lies behind them. Each
// call of the inspector begins with the first block made anew, as long as the regions are by then. So an answer is
// valid until the next call of anything, nothing is left behind, and the regions grow as if the scratch were not there;
// whoever takes memory over from it clears it first (memory.ts).
import { FAULT_NONE, HEADER_HEAP_BASE, HEADER_HEAP_CAPACITY } from "./codes";
import { checkLayout, HEAP_NODE_SHIFT, regionsBase, word } from "./memory";

/** Where memory ended when the layout was first found broken: below that, no byte is known to be free. */
let brokenEnd: usize = 0;

function regionsEnd(): usize {
  if (checkLayout() == FAULT_NONE) {
    return (word(HEADER_HEAP_BASE) << 2) + (word(HEADER_HEAP_CAPACITY) << HEAP_NODE_SHIFT);
  }
  if (brokenEnd == 0) brokenEnd = (<usize>memory.size()) << 16;
  return brokenEnd;
}

/** Forgets what earlier calls have handed out. False: the layout is broken, so that nothing can be read safely. */
export function openScratch(): bool {
  __reset();
  __alloc(regionsEnd() - (regionsBase() << 2));
  return checkLayout() == FAULT_NONE;
}
