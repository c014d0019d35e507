import type { SocketAddress } from "../host/address.js";

/** Addresses with their families taking turns, after `count` of the first address's family. */
export function interleave(addresses: readonly SocketAddress[], count: number): SocketAddress[] {
  const families = new Map<string, SocketAddress[]>();
  for (const address of addresses) {
    const list = families.get(address.family);
    if (list === undefined) families.set(address.family, [address]);
    else list.push(address);
  }
  const lists = [...families.values()];
  const ordered = count > 1 ? (lists[0]?.splice(0, count - 1) ?? []) : [];
  for (let i = 0; lists.some((list) => i < list.length); i++) {
    for (const list of lists) if (i < list.length) ordered.push(list[i]!);
  }
  return ordered;
}
