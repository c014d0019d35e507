// The programs in the documentation: fenced blocks marked `ts`. A block marked `text` right after one is what it prints.

export interface Example {
  /** The line of the opening fence. */
  readonly line: number;
  readonly code: string;
  readonly prints: string | undefined;
  /** Its async functions are to be compiled onto the loop; it stands below the comment that says so. */
  readonly isLowered: boolean;
}

interface Block {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** Nothing but empty lines since the block before. */
  readonly follows: boolean;
  readonly isLowered: boolean;
}

const LOWERED = "<!-- lowered -->";

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  let follows = false;
  let isLowered = false;
  for (let i = 0; i < lines.length; i++) {
    const fence = /^```(\w*)/.exec(lines[i]!);
    if (fence === null) {
      follows &&= lines[i]!.trim() === "";
      if (lines[i]!.trim() !== "") isLowered = lines[i] === LOWERED;
      continue;
    }
    const line = i + 1;
    const start = i + 1;
    while (lines[++i] !== "```") if (i >= lines.length) throw new Error(`the block of line ${line} has no end`);
    blocks.push({ line, language: fence[1]!, text: `${lines.slice(start, i).join("\n")}\n`, follows, isLowered });
    follows = true;
    isLowered = false;
  }
  return blocks;
}

export function examplesOf(markdown: string): Example[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap(({ line, language, text, isLowered }, i) => {
    if (language !== "ts") return [];
    const next = blocks[i + 1];
    const prints = next?.language === "text" && next.follows ? next.text : undefined;
    return [{ line, code: text, prints, isLowered }];
  });
}
