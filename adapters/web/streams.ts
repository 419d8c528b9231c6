import type { Response } from 'express';
import type { Html } from './render.ts';
import type { Item, Transcript } from './transcript.ts';

/** One open page that hears what comes. */
export interface Stream {
  /** While somebody waits for what this page has sent, that answer brings the news: nothing comes twice. */
  hold(): void;
  /** The page has now seen all up to a revision. */
  release(seen: number): void;
}

export interface StreamParts {
  readonly transcript: Transcript;
  /** The revision up to which the page has seen the chat. */
  readonly seen: number;
  readonly response: Response;
  readonly render: (item: Item) => Html;
}

/** All open pages of one preview, by names that they made up. */
export class Streams {
  readonly #open = new Map<string, Stream & { end(): void }>();

  get size(): number {
    return this.#open.size;
  }

  get(page: string): Stream | undefined {
    return this.#open.get(page);
  }

  /** Sends what has come since, and what comes from now on, until the page is closed. */
  open(page: string, { transcript, seen: start, response, render }: StreamParts): void {
    let seen = start;
    let held = 0;
    const push = (): void => {
      if (held > 0) return;
      const news = transcript.since(seen);
      seen = transcript.revision;
      if (news.length > 0) response.write(eventOf(seen, news.map(render)));
    };
    const forget = transcript.watch(push);
    const stream = {
      hold: () => {
        held++;
      },
      release: (revision: number) => {
        held--;
        seen = Math.max(seen, revision);
        push();
      },
      end: () => response.end(),
    };
    this.#open.get(page)?.end();
    this.#open.set(page, stream);
    response.on('close', () => {
      forget();
      if (this.#open.get(page) === stream) this.#open.delete(page);
    });
    response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    response.flushHeaders();
    push();
  }

  endAll(): void {
    for (const { end } of this.#open.values()) end();
  }
}

/** One server-sent event. */
function eventOf(id: number, parts: readonly Html[]): string {
  const data = parts
    .map(String)
    .join('\n')
    .split('\n')
    .map((line) => `data: ${line}\n`);
  return `id: ${id}\n${data.join('')}\n`;
}
