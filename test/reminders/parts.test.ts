import { expect, test } from 'vitest';
import type { Card } from '../../src/chat/mod.ts';
import type { OfficeNotice } from '../../src/reminders/notices.ts';
import { withParts } from '../../src/reminders/parts.ts';

const card = (summary: string): Card => ({ summary, elements: [{ kind: 'heading', text: summary }] });
const notice = (key: string, draw: OfficeNotice['card'] = () => card(key)): OfficeNotice => ({
  person: { id: 'U1', accounts: [], name: 'Grace', roles: [], rolesFrom: 'list' },
  kind: key,
  rung: key,
  day: '2026-11-27',
  last: '2026-11-29',
  items: [],
  key,
  card: draw,
});

test('a part that can’t be drawn is left out and told, and holds up nothing', async () => {
  const faults: unknown[] = [];
  const broken = notice('broken', () => Promise.reject(new Error('no')));
  const { render, carried } = withParts(
    () => card('first'),
    () => [notice('list'), broken, notice('review')],
    (error) => faults.push(error),
  );
  const message = notice('first');
  expect(carried(message)).toEqual([]);
  expect(await render(message)).toEqual({
    summary: 'first. Also: list. Also: review',
    elements: [
      { kind: 'heading', text: 'first' },
      { kind: 'divider' },
      { kind: 'heading', text: 'list' },
      { kind: 'divider' },
      { kind: 'heading', text: 'review' },
    ],
  });
  expect(carried(message).map(({ key }) => key)).toEqual(['list', 'review']);
  expect(faults).toEqual([new Error('no')]);
});

test('a card alone stays as it is', async () => {
  const { render } = withParts(
    () => card('first'),
    () => [],
    () => {},
  );
  expect(await render(notice('first'))).toEqual(card('first'));
});
