/** By what holds: a program that fails if it does not. */
export type Features = Readonly<Record<string, () => Promise<void>>>;
