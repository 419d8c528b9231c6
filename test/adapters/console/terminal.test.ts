import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openTerminal } from '../../../adapters/console/terminal.ts';

function open(interactive: boolean) {
  const input = new PassThrough();
  const output = new PassThrough();
  let written = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    written += chunk;
  });
  const terminal = openTerminal({ input, output, interactive, colour: false });
  return { input, terminal, written: () => written };
}

test('lines wait until they are asked for, and then there are no more', async () => {
  const { input, terminal, written } = open(false);
  input.end('one\ntwo\r\nlast');
  expect(await terminal.ask('> ')).toBe('one');
  expect(await terminal.ask('> ')).toBe('two');
  expect(await terminal.ask('> ')).toBe('last');
  expect(await terminal.ask('> ')).toBeUndefined();
  expect(await terminal.ask('> ')).toBeUndefined();
  terminal.print('said');
  expect(written()).toBe('said');
  expect(terminal.width()).toBe(80);
});

test('shows a prompt to a person, and puts it back below what is printed meanwhile', async () => {
  const { input, terminal, written } = open(true);
  const line = terminal.ask('Aisha> ');
  terminal.print('(to you): hello\n');
  const [before = '', after = ''] = written().split('(to you): hello\n');
  expect(before).toContain('Aisha> ');
  expect(after).toContain('Aisha> ');
  input.write('hi\r');
  expect(await line).toBe('hi');
});

test('keeps nothing to go back to with the arrow keys', async () => {
  const { input, terminal } = open(true);
  const first = terminal.ask('> ');
  input.write('a secret\r');
  await first;
  const second = terminal.ask('> ');
  input.write('\u001B[A\r');
  expect(await second).toBe('');
});

test.each(['\u0003', '\u0004'])('%j leaves', async (key) => {
  const { input, terminal } = open(true);
  const line = terminal.ask('> ');
  input.write(key);
  expect(await line).toBeUndefined();
});

test('closing ends the wait for a line', async () => {
  const { terminal } = open(true);
  const line = terminal.ask('> ');
  terminal.close();
  expect(await line).toBeUndefined();
});

test.each(['close', '\u0003'])('after %j nothing is asked or prompted for any more', async (how) => {
  const { input, terminal, written } = open(true);
  const line = terminal.ask('> ');
  input.write('typed ahead\r');
  expect(await line).toBe('typed ahead');
  const next = terminal.ask('> ');
  if (how === 'close') terminal.close();
  else input.write(how);
  terminal.print('bye');
  expect(await next).toBeUndefined();
  const before = written();
  expect(await terminal.ask('again> ')).toBeUndefined();
  expect(written()).toBe(before);
});
