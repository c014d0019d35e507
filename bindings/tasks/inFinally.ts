// What begins and ends blocks in a function's source text. Strings, templates, comments and regular expressions hide
// braces; a template's `${}` is taken as part of it, with the templates in it. A slash begins a regular expression where
// no value can have ended just before it.
const TOKENS =
  /(?:\bfinally\s*)?\{|\}|(["'])(?:\\.|[^\\\n])*?\1|`(?:\\[^]|\$\{(?:[^`{}]|\{[^`{}]*\}|`(?:\\[^]|[^`\\])*`)*\}|[^`\\])*`|\/\/.*|\/\*[^]*?\*\/|(?<=(?:[=(,:[!&|?{};\n>]|\b(?:return|yield|case))\s*)\/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\//g;

/** Whether the place in the source text lies in a `finally` block. */
export function isInFinally(source: string, offset: number): boolean {
  const open: boolean[] = [];
  for (const { 0: token, index } of source.matchAll(TOKENS)) {
    if (index >= offset) break;
    if (token === "}") open.pop();
    else if (/^[f{]/.test(token)) open.push(token !== "{");
  }
  return open.includes(true);
}
