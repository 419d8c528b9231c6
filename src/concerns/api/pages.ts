import type { ConcernPages, PageAnswer } from '../../chat/concern-pages.ts';
import { browserScripts, compile } from '../browser-scripts.ts';
import type { Concerns } from '../concerns.ts';
import type { NoticeParts } from '../notice.ts';
import { type Call, failed } from './call.ts';
import { readerCalls } from './reader.ts';
import { senderCalls } from './sender.ts';

export interface ConcernPagesOptions {
  readonly concerns: Concerns;
  readonly notice: () => NoticeParts;
  readonly now: () => { readonly week: string; readonly today: string };
  /** Told of faults of the bot, never of what was sent. */
  readonly onFault: (error: unknown) => void;
}

export function createConcernPages({ concerns, notice, now, onFault }: ConcernPagesOptions): ConcernPages {
  const { senders, readers, enrolments } = concerns;
  const sender = senderCalls(senders, notice, () => now().week);
  const reader = readerCalls(readers, enrolments, now);
  let scripts: Promise<ReadonlyMap<string, string>> | undefined;

  async function answer<Context>(
    calls: Readonly<Record<string, Call<Context>>>,
    name: string,
    body: unknown,
    context: Context,
  ): Promise<PageAnswer> {
    const named = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (!named) return failed(404, 'There is nothing here.');
    try {
      return await named(body, context);
    } catch (error) {
      onFault(error);
      return failed(
        500,
        'Something went wrong on the server, and this was not done. Please try again in a while.',
      );
    }
  }

  return {
    sender: (name, body) => answer(sender, name, body, undefined),
    reader: (name, body, session = '') => answer(reader, name, body, session),
    scripts() {
      scripts ??= browserScripts();
      return scripts;
    },
    compile,
  };
}
