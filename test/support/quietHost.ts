import { VirtualHost } from "../../bindings/testing.js";

/** Virtual time; what would be written to the host's error output is kept. */
export class QuietHost extends VirtualHost {
  readonly logged: string[] = [];

  override logError(text: string): void {
    this.logged.push(text);
  }
}
