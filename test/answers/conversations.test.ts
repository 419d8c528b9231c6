import { expect, test } from 'vitest';
import { Conversations } from '../../src/answers/conversations.ts';
import type { Reply } from '../../src/answers/reply.ts';

const minute = 60_000;

const reply: Reply = {
  kind: 'none',
  asked: 'needle asked',
  answers: [],
  plain: 'Nothing is said of it.',
  near: [],
  suggestions: [],
  confidence: 1,
  why: {
    candidates: [{ id: 'x', score: 1, nearest: 'needle', veto: 'needle' }],
    corrected: [['needle', 'needle']],
    slots: ['who: needle'],
    rule: 'r',
  },
};

test('what was replied is kept without a word of the question; the question for ten minutes', () => {
  let now = 0;
  const conversations = new Conversations(() => now);
  const turn = conversations.remember('c', 'needle typed', reply);
  expect(JSON.stringify(conversations.reply(turn))).not.toContain('needle');
  expect(conversations.reply(turn)?.plain).toBe('Nothing is said of it.');
  expect(conversations.typed('c', turn)).toBe('needle typed');
  now = 10 * minute;
  expect(conversations.typed('c', turn)).toBeUndefined();
  expect(conversations.before('c')).toBeUndefined();
  expect(conversations.reply(turn)).toBeDefined();
  now = 24 * 60 * minute;
  expect(conversations.reply(turn)).toBeUndefined();
});

test('a follow-up keeps what it follows up on, and its own words apart', () => {
  const conversations = new Conversations(() => 0);
  conversations.remember('c', 'the first', { ...reply, asked: 'the first' });
  const turn = conversations.remember('c', 'and then', { ...reply, asked: 'the first and then' });
  expect(conversations.typed('c', turn)).toBe('the first\nand then');
  expect(conversations.text('c', turn)).toBe('and then');
});
