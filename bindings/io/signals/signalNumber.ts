// Signals by name or number, as the system that the program runs on numbers them.
import { describe } from "../../errors/checks.js";
import { ValueError } from "../../errors/errors.js";
import { builtin } from "../host/builtin.js";

/** TypeError or ValueError unless it is a signal of this system. */
export function signalNumber(signal: unknown, where: string): number {
  const signals: Readonly<Record<string, number>> = builtin("node:os").constants.signals;
  if (typeof signal === "string") {
    if (Object.hasOwn(signals, signal)) return signals[signal]!;
    throw new ValueError(
      `invalid signal ${describe(signal)}: ${where} expects a name such as "SIGTERM", or its number`,
    );
  }
  if (!Number.isInteger(signal)) {
    throw new TypeError(`${where} expects a signal's name or number, got ${describe(signal)}`);
  }
  if (Object.values(signals).includes(signal as number)) return signal as number;
  throw new ValueError(`invalid signal number ${String(signal)}: ${where} expects one that this system knows`);
}

/** As signalNumber; 0 as well, which only asks whether the process is there. */
export function signalToSend(signal: unknown): number {
  return signal === 0 ? 0 : signalNumber(signal, "sendSignal()");
}

/** The host's name of a signal. */
export function signalName(number: number): NodeJS.Signals {
  const names = Object.entries(builtin("node:os").constants.signals) as [NodeJS.Signals, number][];
  return names.find(([, value]) => value === number)![0];
}
