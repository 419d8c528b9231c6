import { beforeAll, describe, expect, test } from 'vitest';
import { createAnswerer } from '../../src/answers/answerer.ts';
import { prepare } from '../../src/answers/prepare.ts';
import type { Answerer } from '../../src/answers/reply.ts';
import { contentOf } from '../support/policies.ts';

/** A policy that nobody wrote guidance for. */
const policy = `# Equipment

## Laptops

A laptop is lent to each teacher for the year. Laptops that are lost or stolen must be reported to the bursar within a day.

### Allowed

- Taking a laptop home overnight
- Storing lesson plans and reports

### Forbidden

- Leaving a laptop in a car
- Letting children of your own play games on it
- Installing software unless the technician agrees

## Keys

Staff must not:

- copy a key
- lend a key to:
  - visitors
  - former staff

The alarm code is changed every term.
`;

describe('a policy without guidance', () => {
  let answerer: Answerer;
  beforeAll(async () => {
    const { content, learnt } = await prepare(contentOf({ equipment: policy }));
    answerer = createAnswerer(content, learnt);
  });
  const first = (question: string) => {
    const reply = answerer.answer(question);
    const answer = reply.answers[0];
    return [reply.kind, answer?.verdict, answer?.citations[0]?.quote];
  };

  test.each([
    ['can i take my laptop home overnight', 'yes', 'Taking a laptop home overnight'],
    ['is it ok to leave my laptop in the car', 'no', 'Leaving a laptop in a car'],
    ['can i install software on the laptop', 'only_if', 'Installing software unless the technician agrees'],
    ['can i copy a key', 'no', 'Staff must not: … copy a key'],
    ['can i lend a key to visitors', 'no', 'Staff must not: … lend a key to: … visitors'],
    ['how often is the alarm code changed', 'info', 'The alarm code is changed every term.'],
  ])('%s', (question, verdict, quote) => {
    expect(first(question)).toEqual(['answer', verdict, quote]);
  });

  test.each(['when is pay day', 'can i wear leggings', 'zxcv qwer?'])('%s: it does not say', (question) => {
    expect(first(question)[0]).toBe('none');
  });

  test('what is no matter of a school’s is no gap in its policies', () => {
    expect(first('what is the capital of france')[0]).toBe('help');
  });

  test('a child at risk and a wish to report come first here too', () => {
    expect(first('a girl in my class told me her stepdad hits her')[0]).toBe('safeguarding');
    expect(first('i want to report a colleague anonymously')[0]).toBe('concern');
  });
});
