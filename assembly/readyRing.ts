// Ready ring: a FIFO of entries, a power of two of them.
//
//        base ┌──┬──┬──┬──┬──┬──┬──┬──┐
//             │  │  │■ │■ │■ │□ │□ │  │   ■ the frozen batch   □ what runs next time
//             └──┴──┴──┴──┴──┴──┴──┴──┘
//                    head     batch end  tail
//
// Head, batch end and tail are counters that only rise and wrap at 2^32; an entry's place is its counter & mask.
// I-RR1: head <= batch end <= tail, as distances from head. I-RR2: every entry names a live slot whose kind suits its
// tag. I-RR3: a slot stands in the ring at most once and the ring is at least as large as the slot table, so pushing
// needs no check. The bindings push and pop in place, on the same words.
import { HEADER_BATCH_END, HEADER_RING_BASE, HEADER_RING_MASK, HEADER_RING_TAIL } from "./codes";
import { setWord, word } from "./memory";

export function pushEntry(entry: u32): void {
  const tail = word(HEADER_RING_TAIL);
  store<u32>((word(HEADER_RING_BASE) + (tail & word(HEADER_RING_MASK))) << 2, entry);
  setWord(HEADER_RING_TAIL, tail + 1);
}

/** What is pushed after this runs in the next iteration: no callback can keep its own batch from ending. */
export function freezeBatch(): void {
  setWord(HEADER_BATCH_END, word(HEADER_RING_TAIL));
}
