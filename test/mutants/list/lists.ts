// Who waits for a Future, and how it settles.
import type { Mutant } from "../mutant.js";

const list = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  id,
  breaks,
  fault,
  file: "callbackList.ts",
  from,
  to,
});

const future = (id: string, breaks: string, fault: string, from: string, to: string): Mutant => ({
  ...list(id, breaks, fault, from, to),
  file: "futureTable.ts",
});

const LINK = "if (last == 0) setField(slot, SLOT_HEAD, node);\n    else setField(last, SLOT_LINK, node);\n";
const NODES =
  "for (let node = field(slot, SLOT_HEAD); node != 0; node = field(node, SLOT_LINK)) pushEntry(field(node, SLOT_HEAD));";

export const LISTS: readonly Mutant[] = [
  list(
    "order-front",
    "callback order",
    "a third waiter is put in front of the second",
    LINK,
    "if (last != 0) setField(node, SLOT_LINK, field(slot, SLOT_HEAD));\n    setField(slot, SLOT_HEAD, node);\n    if (last == 0)\n",
  ),
  list(
    "order-own",
    "callback order",
    "the first waiter is made ready last",
    `pushEntry(first);\n  ${NODES}`,
    `${NODES}\n  pushEntry(first);`,
  ),
  list("order-first", "callback order", "only the first waiter is made ready", NODES, ""),
  list("tail-lost", "I-CL1", "a new node is not the list's tail", "    setField(slot, SLOT_TAIL, node);\n", ""),
  list(
    "own-skipped",
    "I-CL1",
    "the first waiter goes into a node",
    "if (field(slot, SLOT_LINK) == 0) {",
    "if (field(slot, SLOT_LINK) == 0 && field(slot, SLOT_HEAD) != 0) {",
  ),
  list("tail-removed", "I-CL1", "removing the last node leaves the tail", "  setField(slot, SLOT_TAIL, last);\n", ""),
  list(
    "own-removed",
    "I-CL1",
    "removing the slot's own waiter leaves nodes without it",
    "  if (node == 0) {\n    setField(slot, SLOT_LINK, 0);",
    "  if (slot != 0) {\n    setField(slot, SLOT_LINK, 0);",
  ),
  list(
    "promoted-tail",
    "I-CL1",
    "the tail still names the node whose waiter became the first",
    "  if (next == 0) setField(slot, SLOT_TAIL, 0);\n",
    "",
  ),
  list(
    "promoted-kept",
    "a slot is given back",
    "the node whose waiter became the first is kept",
    "setField(slot, SLOT_TAIL, 0);\n  freeSlot(node);",
    "setField(slot, SLOT_TAIL, 0);",
  ),
  list(
    "removed-once",
    "every occurrence is removed",
    "a waiter that stands in a list twice is removed once",
    "if (field(node, SLOT_HEAD) == waiter) {",
    "if (removed == 0 && field(node, SLOT_HEAD) == waiter) {",
  ),
  list(
    "nodes-kept",
    "a slot is given back",
    "a settled Future's nodes are kept",
    "    freeSlot(node);\n    node = next;",
    "    node = next;",
  ),
  list(
    "observed-unmarked",
    "an observer is marked",
    "an observer leaves no mark on what it observes",
    "field(slot, SLOT_META) | META_OBSERVED",
    "field(slot, SLOT_META)",
  ),
  list(
    "refused-waiter",
    "a refusal changes nothing",
    "a waiter that was refused a node is reported as added",
    "if (node == 0) return false;",
    "if (node == 0) return true;",
  ),
  future(
    "settle-kept",
    "I-FT1",
    "a settled Future keeps its slot",
    "scheduleWaiters(slot);\n  closeFuture(slot);",
    "scheduleWaiters(slot);",
  ),
  future(
    "settle-silent",
    "callback order",
    "a settled Future tells nobody",
    "scheduleWaiters(slot);\n  closeFuture",
    "closeFuture",
  ),
  future(
    "settle-late",
    "callback order",
    "the slot is given back before its waiters are read",
    "scheduleWaiters(slot);\n  closeFuture(slot);",
    "closeFuture(slot);\n  scheduleWaiters(slot);",
  ),
  future("close-nodes", "a slot is given back", "closing a Future keeps its nodes", "  freeNodes(slot);\n", ""),
  future(
    "settle-twice",
    "I-FT1",
    "settling what is no Future is not noticed",
    "demand(kind == KIND_FUTURE || kind == KIND_TASK, FAULT_SLOT_KIND);",
    "demand(kind < 99, FAULT_SLOT_KIND);",
  ),
];
