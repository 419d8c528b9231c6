import { expect, test } from 'vitest';
import { checkBlocks } from './limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: plain(text) });
const button = (action_id: string, more: object = {}) => ({
  type: 'button',
  action_id,
  text: plain('Press'),
  ...more,
});
const input = (element: object) => ({ type: 'input', block_id: 'a', label: plain('L'), element });
const message = (...blocks: object[]) => ({ text: 'x', blocks });
const modal = (...blocks: object[]) => ({ type: 'modal', title: plain('T'), submit: plain('S'), blocks });
const options = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ text: plain(`${at}`), value: `${at}` }));

test('lets through what Slack takes', () => {
  expect(checkBlocks(message(section('a'), { type: 'actions', elements: [button('a')] }))).toEqual([]);
  expect(checkBlocks({ channel: 'C1', text: 'without blocks' })).toEqual([]);
  expect(checkBlocks(modal(input({ type: 'plain_text_input', action_id: 'a' })))).toEqual([]);
  expect(checkBlocks({ type: 'home', blocks: [section('a')] })).toEqual([]);
});

test.each<[string, object]>([
  ['no text beside the blocks', { blocks: [section('a')] }],
  ['51 blocks', message(...Array.from({ length: 51 }, () => section('a')))],
  ['101 blocks in a view', modal(...Array.from({ length: 101 }, () => section('a')))],
  ['3,001 characters', message(section('a'.repeat(3001)))],
  ['an empty text', message(section(''))],
  ['blanks alone', message(section(' \n'))],
  ['a long header', message({ type: 'header', text: plain('a'.repeat(151)) })],
  ['too much in all', message(...Array.from({ length: 6 }, () => section('a'.repeat(2500))))],
  [
    '26 buttons in a row',
    message({ type: 'actions', elements: options(26).map(({ value }) => button(value)) }),
  ],
  ['the same action twice', message({ type: 'actions', elements: [button('a'), button('a')] })],
  ['a long label', message({ type: 'actions', elements: [button('a', { text: plain('a'.repeat(76)) })] })],
  ['a long value', message({ type: 'actions', elements: [button('a', { value: 'a'.repeat(2001) })] })],
  ['an input in a message', message(input({ type: 'plain_text_input', action_id: 'a' }))],
  ['an unknown block', message({ type: 'marquee' })],
  ['an unknown field', message({ ...section('a'), colour: 'red' })],
  ['a long title', { ...modal(section('a')), title: plain('a'.repeat(25)) }],
  [
    'inputs without a button to send',
    { ...modal(input({ type: 'plain_text_input', action_id: 'a' })), submit: undefined },
  ],
  ['11 radio buttons', modal(input({ type: 'radio_buttons', action_id: 'a', options: options(11) }))],
  ['101 options', modal(input({ type: 'static_select', action_id: 'a', options: options(101) }))],
  ['room for 3,001 characters', modal(input({ type: 'plain_text_input', action_id: 'a', max_length: 3001 }))],
  ['a long state', { ...modal(section('a')), private_metadata: 'a'.repeat(3001) }],
  [
    'the same block id twice',
    modal(...[1, 2].map((at) => input({ type: 'plain_text_input', action_id: `${at}` }))),
  ],
])('finds %s', (_what, payload) => {
  expect(checkBlocks(payload)).not.toEqual([]);
});
