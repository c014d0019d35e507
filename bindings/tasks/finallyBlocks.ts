/** A range of a source text, from its opening brace to the closing one. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

// Strings, templates, comments and regular expressions hide braces; a template's `${}` is taken as part of it, with the
// templates in it. A slash begins a regular expression where no value can have ended just before it.
const SKIPPED =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\[^]|\$(?!\{)|\$\{(?:[^`{}]|\{[^`{}]*\}|`(?:[^`\\]|\\[^])*`)*\})*`|\/\/[^\n]*|\/\*[^]*?\*\/|(?<=(?:[=(,:[!&|?{};\n>]|\b(?:return|yield|case))\s*)\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

/** The `finally` blocks of a function's source text. */
export function finallyBlocks(source: string): Range[] {
  const text = source.replace(SKIPPED, (skipped) => " ".repeat(skipped.length));
  const blocks: Range[] = [];
  for (const match of text.matchAll(/\bfinally\s*\{/g)) {
    const start = match.index + match[0].length - 1;
    blocks.push({ start, end: closingBrace(text, start) });
  }
  return blocks;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "{") depth++;
    else if (text[i] === "}" && --depth === 0) return i;
  }
  return text.length;
}
