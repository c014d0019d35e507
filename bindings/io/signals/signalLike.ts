/** A signal's name, as `"SIGTERM"`, or the system's number for it. */
export type SignalLike = string | number;
