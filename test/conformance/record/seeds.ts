/** `FROM..TO`, both included, or a single seed. */
export function parseSeeds(text: string): { readonly from: number; readonly to: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  if (match === null) throw new Error(`'${text}' is neither FROM..TO nor a seed`);
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  if (to < from) throw new Error(`'${text}' contains no seed`);
  return { from, to };
}
