// A transport that does nothing but note what it is asked for; the test plays the host.
import { Transport } from "../../bindings/io/transports/transport.js";
import type { BaseProtocol } from "../../bindings/io/protocols/protocol.js";
import { text } from "./text.js";

export class ScriptedTransport extends Transport {
  readonly calls: string[] = [];
  private closing = false;

  override isClosing(): boolean {
    return this.closing;
  }
  override close(): void {
    this.calls.push("close");
    this.closing = true;
  }
  override setProtocol(_protocol: BaseProtocol): void {
    this.calls.push("setProtocol");
  }
  override getProtocol(): BaseProtocol | null {
    return null;
  }
  override isReading(): boolean {
    return true;
  }
  override pauseReading(): void {
    this.calls.push("pause");
  }
  override resumeReading(): void {
    this.calls.push("resume");
  }
  override setWriteBufferLimits(): void {
    this.calls.push("setWriteBufferLimits");
  }
  override getWriteBufferLimits(): [low: number, high: number] {
    return [0, 0];
  }
  override getWriteBufferSize(): number {
    return 0;
  }
  override write(data: Uint8Array): void {
    this.calls.push(`write ${text(data)}`);
  }
  override writelines(list: Iterable<Uint8Array>): void {
    this.calls.push(`writelines ${[...list].map(text).join("|")}`);
  }
  override writeEof(): void {
    this.calls.push("writeEof");
  }
  override canWriteEof(): boolean {
    return true;
  }
  override abort(): void {
    this.calls.push("abort");
    this.closing = true;
  }
}
