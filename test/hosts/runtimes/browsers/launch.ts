// Debian's browsers, started with a page's address: what the page finds comes back through the server, so no protocol
// and no driver is needed.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Child } from "../process.js";

export interface Browser {
  readonly name: string;
  /** In its user agent, and in no other's. */
  readonly proof: RegExp;
  /** What has to be there, and the Debian packages it is in. */
  readonly needs: readonly string[];
  readonly packages: string;
  command(url: string, profile: string): readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
}

const MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

export const BROWSERS: readonly Browser[] = [
  {
    name: "chromium",
    proof: /\b(?:Headless)?Chrome\/\d/,
    needs: ["/usr/bin/chromium"],
    packages: "chromium",
    command: (url, profile) => [
      "/usr/bin/chromium",
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--user-data-dir=${profile}`,
      url,
    ],
  },
  {
    name: "firefox",
    proof: /\bGecko\/\d+ Firefox\/\d/,
    needs: ["/usr/bin/firefox-esr"],
    packages: "firefox-esr",
    command: (url, profile) => [
      "/usr/bin/firefox-esr",
      "--headless",
      "--no-remote",
      "--new-instance",
      "--profile",
      profile,
      url,
    ],
  },
  {
    name: "webkit",
    proof: /\bAppleWebKit\/(?!.*Chrome)/,
    needs: [MINI_BROWSER, "/usr/bin/xvfb-run"],
    packages: "webkit2gtk-driver xvfb xauth",
    command: (url) => ["/usr/bin/xvfb-run", "--auto-servernum", MINI_BROWSER, url],
    env: { JSC_useWasmFastMemory: "0" },
  },
];

export function missingFor({ needs, packages }: Browser): string | null {
  const absent = needs.filter((path) => !existsSync(path));
  return absent.length === 0 ? null : `${absent.join(", ")} is not there: apt-get install ${packages}`;
}

/** A browser with a profile of its own, which goes with it. */
export class RunningBrowser {
  readonly child: Child;
  readonly #home: string;

  constructor(browser: Browser, url: string) {
    this.#home = mkdtempSync(join(tmpdir(), "wasyncio-browser-"));
    const [command, ...args] = browser.command(url, this.#home);
    this.child = new Child(command, args, {
      env: { ...process.env, HOME: this.#home, TMPDIR: this.#home, ...browser.env },
    });
  }

  async stop(): Promise<void> {
    await this.child.stop();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }
}
