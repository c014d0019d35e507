// Monotonic counters in the header. They wrap at 2^32; readers compare differences.

export function count(word: i32): void {
  const at = word << 2;
  store<u32>(at, load<u32>(at) + 1);
}
