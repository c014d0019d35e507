// Samples start without garbage.
const host = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };

export function collectGarbage(): void {
  if (host.Bun !== undefined) host.Bun.gc(true);
  else if (host.gc !== undefined) host.gc();
  else throw new Error("run this with --expose-gc: samples start without garbage");
}
