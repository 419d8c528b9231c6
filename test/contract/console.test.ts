import { createConsole } from '../../adapters/console/adapter.ts';
import { fakeTerminal } from '../support/terminal.ts';
import { describeAdapter } from './contract.ts';
import type { Driver, Harness, Shown } from './harness.ts';

/** A person who reads button numbers off the screen and types lines. */
async function openConsole(): Promise<Harness> {
  // The widest that lines get, so that no label of a button is broken.
  const terminal = fakeTerminal({ width: 88 });
  /** Label to number, as the screen showed them last. */
  const numbers = new Map<string, string>();

  const see = async (text: string): Promise<Shown> => {
    const found = [...text.matchAll(/\[(\d+)\] (.*?)(?= {3}\[\d+\] |\n|$)/g)];
    for (const [, number = '', label = ''] of found) numbers.set(label, number);
    return {
      text,
      buttons: found.map(([, , label = '']) => label),
      // The prompts of a form's inputs; to anything else a person answers at one of their name.
      form: (await terminal.prompt()).endsWith(': '),
    };
  };
  const type = async (line: string): Promise<Shown> => see(await terminal.type(line));

  const driver: Driver = {
    ask: type,
    press: (label) => type(numbers.get(label) ?? `no button ${label}`),
    async fill(values) {
      let shown = await see('');
      for (const value of Object.values(values)) {
        await terminal.type(String(value));
        shown = await type('');
      }
      // The word to send it.
      return (await terminal.prompt()).startsWith('Press Enter') ? type('') : shown;
    },
    become: (email) => type(`/me ${email}`),
    everything: () => terminal.screen(),
  };
  return {
    factory: createConsole({ openTerminal: () => terminal, startAs: 'teacher', onLeave: () => {} }),
    driver: async () => driver,
    forbidden: /(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u,
    close: async () => {},
  };
}

describeAdapter('the terminal', openConsole);
