import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heard } from '../../../adapters/slack/heard.ts';
import { escaped } from '../../support/slack/person.ts';

const nameOf = (id: string) => (id === 'U0GRACE' ? 'Grace Holloway' : undefined);
const hear = (text: string) => heard(text, 'U0BOT', nameOf);

test.each([
  ['<@U0BOT> can I post this?', 'can I post this?'],
  ['<@U0BOT>: <@U0BOT|guide>, can I?', 'can I?'],
  ['can I, <@U0BOT>', 'can I,'],
  ['may <@U0GRACE> see it', 'may Grace Holloway see it'],
  ['may <@U0ELSE> see it', 'may somebody see it'],
  ['may <@U0ELSE|ben> see it', 'may ben see it'],
  ['in <#C1|staffroom> or <#C2>', 'in #staffroom or a channel'],
  ['<!here> <!subteam^S1|@teachers>', '@here @teachers'],
  ['see <https://a.example/x?a=1&amp;b=2>', 'see https://a.example/x?a=1&b=2'],
  ['see <https://a.example|this &amp; that>', 'see this & that'],
  ['<mailto:a@b.example|a@b.example> <tel:999>', 'a@b.example 999'],
  ['hello :smile: :+1::skin-tone-3: you', 'hello   you'],
  ['at 10:30:15 or a:b:c', 'at 10:30:15 or a:b:c'],
  ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['&lt;!channel&gt; &lt;@U1&gt;', '<!channel> <@U1>'],
  ['  \n', ''],
])('%j is heard as %j', (text, words) => {
  expect(hear(text)).toBe(words);
});

test('whatever is typed is heard as it was typed, but for Slack’s names of emoji', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
      fc.pre(!typed.includes(':'));
      expect(hear(escaped(typed))).toBe(typed.trim());
    }),
  );
});

test('long runs of almost-markup take no time', () => {
  for (const piece of ['<', '<@', '<https:', ':a', '<@U0BOT>', '&lt', ' '])
    expect(() => hear(piece.repeat(20_000))).not.toThrow();
}, 2_000);
