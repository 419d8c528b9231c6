import { describe, expect, test } from 'vitest';
import type { Card, Element } from '../../src/chat/mod.ts';
import type { Answer } from '../../src/reminders/desk.ts';
import { createPeople } from '../../src/school/people.ts';
import { addAcknowledgement } from '../../src/store/acknowledgements.ts';
import {
  accountOf,
  aisha,
  ben,
  buttonsOf,
  dan,
  grace,
  labelsOf,
  openScene,
  type Scene,
  type SchoolPerson,
  valueOn,
  wordsOf,
} from '../support/reminders/scene.ts';

const head = accountOf(grace);
const deputy = accountOf(dan);
const teacher = accountOf(aisha);

async function acknowledge({ reminders }: Scene, who: SchoolPerson): Promise<void> {
  const account = accountOf(who);
  const open = await reminders.open(
    account,
    valueOn(await reminders.status(account), 'Read and acknowledge'),
  );
  if (open.kind !== 'replace') throw new Error(open.kind);
  await reminders.confirm(account, valueOn(open.card, 'I have read and understood'));
}

const bars = ({ elements }: Card) =>
  elements.flatMap((each) => (each.kind === 'progress' ? [[each.label, each.done, each.total]] : []));

function cardIn(answer: Answer): Card {
  if (!('card' in answer)) throw new Error(answer.kind);
  return answer.card;
}

describe('status', () => {
  test('of somebody without a role for it shows their own, and nobody else’s', async () => {
    const scene = await openScene({
      policies: [{ id: 'phones' }, { id: 'keys', acknowledgement: { opens: '2026-12-01' } }],
    });
    await acknowledge(scene, ben);
    const own = await scene.reminders.status(teacher);
    expect(wordsOf(own)).toBe(`Your policies
You have 1 policy to acknowledge.
Phones Policy, version 2: Due 11 December 2026 (18 days left)
Later on: Keys Policy, version 2 (from 1 December 2026).`);
    expect(own.summary).toBe('You have 1 policy to acknowledge.');
    expect(JSON.stringify(own)).not.toContain('Ben');
    const done = await scene.reminders.status(accountOf(ben));
    expect(wordsOf(done)).toContain(`You have acknowledged everything that is asked of you.
Phones Policy, version 2: ✔ Acknowledged on 23 November 2026`);
    expect(labelsOf(done)).toEqual([]);
  });

  test('shows apart what was signed on paper', async () => {
    const scene = await openScene();
    await addAcknowledgement(
      scene.store,
      {
        how: 'paper',
        person: { id: aisha.email, name: aisha.name },
        policy: 'phones',
        version: '2',
        sha256: 'a'.repeat(64),
        at: new Date('2026-11-23T08:00:00Z'),
        signedOn: '2026-11-20',
        recordedBy: 'Ola',
        reason: 'no phone',
      },
      () => false,
    );
    expect(wordsOf(await scene.reminders.status(teacher))).toContain('✔ Signed on paper on 20 November 2026');
    expect(wordsOf(await scene.reminders.status(head))).toContain('Signed on paper: 1');
  });

  test('of somebody whom nobody knows, has left, or is asked nothing, says so', async () => {
    const scene = await openScene({
      people: [grace, { ...ben, leave: '2026-11-01' }, { ...dan, roles: ['deputy'] }],
      policies: [{ id: 'phones', front: { audience: ['governor'] } }],
    });
    expect(wordsOf(await scene.reminders.status(teacher))).toMatch(
      /^I don’t know you as somebody of this school/,
    );
    expect(wordsOf(await scene.reminders.status(accountOf(ben)))).toContain('you have left');
    expect(wordsOf(await scene.reminders.status(deputy))).toContain(
      'You are not asked to acknowledge any policy.',
    );
    expect(wordsOf(await scene.reminders.status(head))).toContain('Nobody is asked to acknowledge it.');
    expect(await scene.reminders.home(teacher)).toEqual([]);
  });

  test('for who may see the report: each policy by role, in bars and words, and who is overdue', async () => {
    const scene = await openScene({
      at: '2026-12-14T09:00:00Z',
      people: [grace, dan, aisha, { ...ben, away_until: '2027-01-11' }],
    });
    await acknowledge(scene, dan);
    const status = await scene.reminders.status(deputy);
    expect(bars(status)).toEqual([
      ['Acknowledged', 1, 4],
      ['Headteacher', 0, 1],
      ['Deputy headteacher', 1, 1],
      ['Teacher', 0, 2],
    ]);
    expect(wordsOf(status)).toContain(`How Hill Primary stands
Phones Policy, version 2
Open since 2 November 2026, due 11 December 2026.
Acknowledged: 1 of 4
Overdue: 2 · Never acknowledged: 3 · Away: 1`);
    expect(wordsOf(status)).toContain('Overdue: Aisha Malik (3 days), Grace Holloway (3 days)');
    expect(wordsOf(status)).toContain('npm run -s report');
    expect(labelsOf(status)).toEqual(['By role and name', 'Who is asked, and when']);
    expect(labelsOf(await scene.reminders.status(head))).toContain('Pause reminders');
    expect(bars({ summary: '', elements: await scene.reminders.home(deputy) })).toEqual(bars(status));
    expect(bars({ summary: '', elements: await scene.reminders.home(teacher) })).toEqual([]);
  });

  test('of several policies shows each one’s bar, and the roles behind a button', async () => {
    const policies = Array.from({ length: 7 }, (_, index) => ({ id: `p${index}` }));
    const scene = await openScene({ policies });
    const status = await scene.reminders.status(head);
    expect(bars(status)).toHaveLength(5);
    expect(wordsOf(status)).toContain('And 2 more policies: see the report.');
    const page = await scene.reminders.standing(head, valueOn(status, 'By role and name'));
    expect(bars(cardIn(page))[0]).toEqual(['Acknowledged, all', 0, 4]);
  });

  test('says it where no policy asks', async () => {
    const scene = await openScene({ policies: [{ id: 'phones', front: { acknowledgement: undefined } }] });
    expect(wordsOf(await scene.reminders.status(head))).toContain('No policy asks to be acknowledged.');
    await scene.reminders.tick();
    expect(scene.chat.shown).toEqual([]);
  });

  test('puts what other jobs have to say between the two', async () => {
    const scene = await openScene();
    const more: Element[] = [{ kind: 'text', text: 'Questions you put to people' }];
    const words = wordsOf(await scene.reminders.status(head, more));
    expect(words).toMatch(/^Your policies[\s\S]*Questions you put to people\nHow Hill Primary stands/);
  });
});

describe('who was not reached', () => {
  /** As somebody of the e-mail list is known once they are on a platform, under an id of its own. */
  const withAccount = (scene: Scene, ...who: readonly SchoolPerson[]) => {
    const headteacher = { title: 'headteacher', audience: [], permissions: [], groups: [] };
    const people = [grace, ...who].map(({ name, email, roles }) => ({ name, email, roles: [...roles] }));
    scene.people = createPeople({ people, roles: { headteacher } }, [
      { platform: 'chat', people: [{ id: grace.email, email: grace.email, name: grace.name }] },
      {
        platform: 'teams',
        people: who.map(({ name, email }) => ({ id: `29:${name}`, email, name })),
      },
    ]);
  };

  test('is reached once a message arrives, also under another id than the one that failed', async () => {
    const scene = await openScene({ people: [grace, aisha, ben], offline: [aisha, ben] });
    await scene.reminders.tick();
    const failed = 'Not reached by a message\nAisha Malik: can’t be reached (no account';
    expect(wordsOf(await scene.reminders.status(head))).toContain(failed);
    withAccount(scene, aisha, ben);
    expect(scene.people.all.map(({ id }) => id)).toContain('29:Aisha Malik');
    scene.chat.outcome = ({ person }) =>
      person === '29:Ben Carrow' ? { kind: 'blocked', reason: 'they left' } : undefined;
    scene.clock.moveTo(new Date('2026-11-24T09:00:00Z'));
    await scene.reminders.tick();
    expect(scene.chat.shown.map(({ to }) => to.person)).toContain('29:Aisha Malik');
    // Once each, as things stand now.
    const status = wordsOf(await scene.reminders.status(head));
    expect(status).toContain('Not reached by a message\nBen Carrow: can’t be reached (they left)');
    expect(status.match(/be reached \(/g)).toHaveLength(1);
  });

  test('is not on the list of those who can’t be told either', async () => {
    const scene = await openScene({ people: [grace, aisha], offline: [aisha], at: '2026-12-10T09:00:00Z' });
    await acknowledge(scene, grace);
    await scene.reminders.tick();
    withAccount(scene, aisha);
    scene.clock.moveTo(new Date('2026-12-11T09:00:00Z'));
    await scene.reminders.tick();
    scene.clock.moveTo(new Date('2026-12-14T09:00:00Z'));
    await scene.reminders.tick();
    // Overdue since Saturday, and told so on Friday: the list is about who was told, and it is told a week after.
    expect(scene.chat.shown.map(({ to, card }) => `${to.person}: ${card.summary}`)).toEqual([
      '29:Aisha Malik: Due today: a policy to acknowledge: Phones Policy',
    ]);
  });
});

describe('by role and name', () => {
  test('groups everybody by how far they are', async () => {
    const scene = await openScene({
      at: '2026-12-14T09:00:00Z',
      people: [grace, dan, aisha, { ...ben, away_until: '2027-01-11' }],
    });
    await acknowledge(scene, dan);
    const page = await scene.reminders.standing(
      deputy,
      valueOn(await scene.reminders.status(deputy), 'By role and name'),
    );
    expect(page).toMatchObject({ kind: 'page' });
    expect(wordsOf(cardIn(page))).toContain(`Overdue (2)
Aisha Malik (3 days), Grace Holloway (3 days)
Away (1)
Ben Carrow (until 11 January 2027)
Acknowledged (1)
Dan Ross`);
  });

  test('tells an older version and an earlier year from never', async () => {
    const scene = await openScene();
    await acknowledge(scene, dan);
    const later = await scene.again({ policies: [{ id: 'phones', front: { version: '3' } }] });
    const page = await later.reminders.standing(
      head,
      valueOn(await later.reminders.status(head), 'By role and name'),
    );
    expect(wordsOf(cardIn(page))).toContain(
      'Not yet, and not overdue (4)\nAisha Malik, Ben Carrow, Dan Ross (acknowledged an older version), Grace Holloway',
    );
  });
});

describe('permissions', () => {
  test('are asked for at every button, whoever got hold of it', async () => {
    const scene = await openScene();
    const { reminders } = scene;
    const status = await reminders.status(head);
    // As somebody could make it up: in their own name.
    const forged = (account: { person: string }) =>
      valueOn(status, 'Pause reminders').replace(grace.email, account.person);
    for (const act of [reminders.standing, reminders.preview])
      expect(await act(teacher, forged(teacher))).toEqual({
        kind: 'said',
        message: 'This is not for your role. It is for: headteacher, deputy headteacher.',
      });
    for (const account of [teacher, deputy])
      for (const act of [
        reminders.pause,
        (who: typeof head, value: string) => reminders.decide(who, value, 'paused'),
      ])
        expect(await act(account, forged(account))).toEqual({
          kind: 'said',
          message: 'This is not for your role. It is for: headteacher.',
        });
    expect(await reminders.decide(deputy, forged(head), 'paused')).toMatchObject({ kind: 'said' });
    await reminders.tick();
    expect(scene.chat.shown).toHaveLength(4);
  });

  test('end with the last day at the school', async () => {
    const scene = await openScene({ people: [{ ...grace, leave: '2026-11-30' }, aisha] });
    const value = valueOn(await scene.reminders.status(head), 'Pause reminders');
    scene.clock.moveTo(new Date('2026-12-01T09:00:00Z'));
    expect(await scene.reminders.decide(head, value, 'paused')).toMatchObject({ kind: 'said' });
    expect(JSON.stringify(await scene.reminders.status(head))).not.toContain('Aisha');
    scene.people = createPeople({ people: [], roles: {} }, []);
    expect(JSON.stringify(await scene.reminders.status(head))).not.toContain('Aisha');
  });
});

describe('a card about a campaign that is not asked any more', () => {
  test('decides nothing', async () => {
    const scene = await openScene();
    const value = valueOn(await scene.reminders.status(head), 'Pause reminders');
    const later = await scene.again({ policies: [{ id: 'phones', front: { version: '3' } }] });
    for (const act of [later.reminders.pause, later.reminders.preview, later.reminders.standing])
      expect(await act(head, value)).toEqual({
        kind: 'said',
        message: 'This card is about an older version. Type “status” for what holds now.',
      });
    expect(labelsOf(await later.reminders.status(head))).toContain('Pause reminders');
  });
});

test('every value that a button hands back fits on every platform', async () => {
  const version = 'v'.repeat(60);
  const scene = await openScene({ policies: [{ id: 'phones', front: { version } }] });
  await scene.reminders.tick();
  const cards = [await scene.reminders.status(head), ...scene.chat.shown.map(({ card }) => card)];
  for (const { value } of cards.flatMap((card) => buttonsOf(card))) expect(value.length).toBeLessThan(500);
});
