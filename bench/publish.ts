// What the documentation says about speed: the JSON with every round, and from that alone the chart, the README's table
// and docs/speed.md.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chart } from "./report/chart.js";
import { formatRatio } from "./report/format.js";
import { speedPage, type Reports } from "./report/tables.js";
import { ratio, type Report } from "./result.js";
import { PUBLISHED_HOSTS, thisNode } from "./runtimes.js";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = "bench/published";
const CHART_FILE = "docs/speed.svg";
const PAGE_FILE = "docs/speed.md";
const TABLE_FILE = "README.md";

function jsonFile(host: string): string {
  return `${FOLDER}/${host}.json`;
}

/** Five digits are more than a measurement has. */
function roundNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}

export function toJson(report: Report): string {
  return `${JSON.stringify(report, roundNumbers, 2)}\n`;
}

function prettify(...files: string[]): void {
  const { status } = spawnSync("npx", ["prettier", "--log-level", "warn", "--write", ...files], {
    cwd: fileURLToPath(ROOT),
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`prettier failed on ${files.join(", ")}`);
}

export function publish(host: string, report: Report): void {
  mkdirSync(new URL(FOLDER, ROOT), { recursive: true });
  writeFileSync(new URL(jsonFile(host), ROOT), toJson(report));
  prettify(jsonFile(host));
}

/** What was published before, by host. */
export function readPublished(): Reports {
  const hosts = [thisNode.name, ...PUBLISHED_HOSTS].filter((host) => existsSync(new URL(jsonFile(host), ROOT)));
  return new Map(
    hosts.map((host) => [host, JSON.parse(readFileSync(new URL(jsonFile(host), ROOT), "utf8")) as Report]),
  );
}

/** The table's rows name cases; their ratios are replaced. */
function updateTable(markdown: string, { results }: Report): string {
  return markdown.replace(/^\| +[\d.]+ \| (.+?) +\|/gm, (row, name: string) => {
    const result = results.find((each) => each.name === name);
    return result === undefined ? row : row.replace(/[\d.]+/, formatRatio(ratio(result)));
  });
}

/** Writes everything that is made from published figures. */
export function render(reports: Reports): void {
  const home = reports.get(thisNode.name);
  if (home === undefined) throw new Error(`${jsonFile(thisNode.name)} is not there: run with --publish first`);
  const table = new URL(TABLE_FILE, ROOT);
  writeFileSync(new URL(CHART_FILE, ROOT), chart(home));
  writeFileSync(new URL(PAGE_FILE, ROOT), speedPage(reports, home));
  writeFileSync(table, updateTable(readFileSync(table, "utf8"), home));
  prettify(PAGE_FILE, TABLE_FILE);
}
