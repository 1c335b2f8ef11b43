import type * as vscode from 'vscode';

/**
 * Exceptions are for bugs. They are caught where the editor calls in, written down with what was being done, and
 * never take another feature down.
 */
export class Log {
  readonly #channel: vscode.LogOutputChannel;

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  trace(message: string): void {
    this.#channel.trace(message);
  }

  info(message: string): void {
    this.#channel.info(message);
  }

  warn(message: string): void {
    this.#channel.warn(message);
  }

  failed(doing: string, error: unknown): void {
    this.#channel.error(`While ${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  show(): void {
    this.#channel.show(true);
  }

  /** Runs some work; when it throws, says so in the log and gives `otherwise`. */
  guard<T>(doing: string, work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      this.failed(doing, error);
      return otherwise;
    }
  }

  /** The same for work that takes time. */
  async guardAsync<T>(doing: string, work: () => PromiseLike<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.failed(doing, error);
      return otherwise;
    }
  }
}
