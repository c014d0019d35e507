import type { Definition } from "../../format.js";

/**
 * Small coroutines for tasks nobody else refers to: children of groups, gathers, shields and
 * timeouts. Each takes a delay and a value, and reacts to cancellation in a way of its own.
 */
export const CHILDREN: Readonly<Record<string, Definition>> = {
  sleeper: { p: ["_n", "_x"], b: [["return", ["sleep", "$_n", "$_x"]]] },
  noisy: {
    p: ["_n", "_x"],
    b: [
      ["t", "noisy", ["sleep", "$_n"]],
      ["return", "$_x"],
    ],
  },
  failing: {
    p: ["_n"],
    b: [
      ["t", "failing", ["sleep", "$_n"]],
      ["raise", "ErrA", "failing"],
    ],
  },
  cleaning: {
    p: ["_n", "_x"],
    b: [
      [
        "try",
        [["t", "cleaning", ["sleep", "$_n", "$_x"]]],
        {
          finally: [
            ["trace", "cleaned", ["cancelling", ["self"]]],
            ["t", "rested", ["sleep", 1]],
          ],
        },
      ],
    ],
  },
  stubborn: {
    p: ["_n", "_x"],
    b: [
      [
        "try",
        [["t", "stubborn", ["sleep", "$_n"]]],
        { except: [["CancelledError", null, [["t", "again", ["sleep", "$_n"]]]]] },
      ],
      ["return", "$_x"],
    ],
  },
  converting: {
    p: ["_n"],
    b: [
      [
        "try",
        [["t", "converting", ["sleep", "$_n"]]],
        { except: [["CancelledError", null, [["raise", "ErrB", "converted"]]]] },
      ],
    ],
  },
};
