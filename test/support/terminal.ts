import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Terminal } from '../../adapters/console/terminal.ts';

/** A terminal without a keyboard or a screen: a test types, and reads what was printed. */
export interface FakeTerminal extends Terminal {
  /** Types a line once the prompt is there; resolves once the next prompt is, with what was printed between. */
  type(line: string): Promise<string>;
  /** The prompt that stands there now, once there is one. */
  prompt(): Promise<string>;
  /** All that was printed so far. */
  screen(): string;
}

export function fakeTerminal(options: { interactive?: boolean; width?: number } = {}): FakeTerminal {
  const { interactive = true, width = 80 } = options;
  let printed = '';
  let asked: { readonly prompt: string; answer(line: string | undefined): void } | undefined;
  let closed = false;

  async function untilAsked() {
    for (let turn = 0; turn < 5_000; turn++) {
      if (asked || closed) return asked;
      await nextTurn();
    }
    throw new Error(`Nothing was asked for. Printed so far:\n${printed}`);
  }

  return {
    interactive,
    colour: false,
    width: () => width,
    ask(prompt) {
      if (closed) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        asked = {
          prompt,
          answer(line) {
            asked = undefined;
            resolve(line);
          },
        };
      });
    },
    print(text) {
      printed += text;
    },
    close() {
      closed = true;
      asked?.answer(undefined);
    },
    async type(line) {
      const before = await untilAsked();
      const from = printed.length;
      before?.answer(line);
      await untilAsked();
      return printed.slice(from).trimEnd();
    },
    prompt: async () => (await untilAsked())?.prompt ?? '',
    screen: () => printed,
  };
}
