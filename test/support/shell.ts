import { PassThrough, Readable } from 'node:stream';
import { renderCard } from '../../adapters/console/render.ts';
import { addConcernPages } from '../../adapters/web/concerns.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { temporaryFolder } from './content.ts';

/** What a command wrote, and how to tell it to stop. */
export interface FakeShell extends Shell {
  /** Everything on standard output so far. */
  written(): string;
  /** Everything on standard error so far. */
  complaints(): string;
  stop(): void;
}

/** A shell without a process: standard input is given, the settings name only the content. */
export function fakeShell(contentDir: string, input: string | Iterable<Buffer> = ''): FakeShell {
  const output = new PassThrough();
  const errors = new PassThrough();
  const written = gather(output);
  const complaints = gather(errors);
  let stop = (): void => {};
  return {
    environment: { CONTENT_DIR: contentDir, DATA_DIR: temporaryFolder(), PORT: '0', LOG_LEVEL: 'silent' },
    input: Readable.from(typeof input === 'string' ? [Buffer.from(input)] : input),
    output,
    errors,
    addConcernPages: async (routes, site) => addConcernPages(routes, { ...site, base: '', local: false }),
    cardDrawer: async () => (card, screen) => renderCard(card, screen).text,
    terminalChat: async () => ({
      name: 'none',
      create: () => ({
        name: 'none',
        start: async () => {},
        stop: async () => {},
        ready: () => true,
        send: async () => ({ kind: 'blocked', reason: 'there is no terminal' }),
        update: async () => ({ kind: 'blocked', reason: 'there is no terminal' }),
        people: async function* () {},
      }),
    }),
    async previewChat(options) {
      const { createWeb } = await import('../../adapters/web/adapter.ts');
      return createWeb({ ...options, pages: [] });
    },
    browser: async () => undefined,
    platforms: async () => [],
    onStopSignal(listener) {
      stop = listener;
      return () => {};
    },
    written,
    complaints,
    stop: () => stop(),
  };
}

function gather(stream: PassThrough): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => {
    // What was written in this very turn has not been told yet.
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) text += chunk;
    return text;
  };
}
