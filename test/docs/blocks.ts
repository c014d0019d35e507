// The programs in the documentation: fenced blocks marked `ts`. A block marked `text` right after one is what it prints.

export interface Example {
  /** The line of the opening fence. */
  readonly line: number;
  readonly code: string;
  readonly prints: string | undefined;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Nothing but empty lines since the block before. */
  readonly follows: boolean;
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  let follows = false;
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\w*)/.exec(lines[i]!);
    if (fence === null) {
      follows &&= lines[i]!.trim() === "";
      continue;
    }
    const line = i + 1;
    const start = i + 1;
    while (lines[++i] !== "```") if (i >= lines.length) throw new Error(`the block of line ${line} has no end`);
    blocks.push({ line, language: fence[1]!, text: `${lines.slice(start, i).join("\n")}\n`, follows });
    follows = true;
  }
  return blocks;
}

export function examplesOf(markdown: string): Example[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap(({ line, language, text }, i) => {
    if (language !== "ts") return [];
    const next = blocks[i + 1];
    const prints = next?.language === "text" && next.follows ? next.text : undefined;
    return [{ line, code: text, prints }];
  });
}
