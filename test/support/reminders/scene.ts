import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import type { Button, Card, Outcome, SendOptions } from '../../../src/chat/mod.ts';
import type { Content } from '../../../src/content/content.ts';
import { loadContent } from '../../../src/content/load.ts';
import { createReminders, type Reminders } from '../../../src/reminders/reminders.ts';
import { type ManualClock, manualClock } from '../../../src/school/clock.ts';
import { type Account, createPeople, type People } from '../../../src/school/people.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { temporaryFolder } from '../content.ts';

/** A person of school.yaml; everybody has an account of the platform `chat`, unless told otherwise. */
export interface SchoolPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly start?: string;
  readonly leave?: string;
  readonly away_until?: string;
}

export const grace: SchoolPerson = {
  name: 'Grace Holloway',
  email: 'head@hill.example',
  roles: ['headteacher'],
};
export const dan: SchoolPerson = { name: 'Dan Ross', email: 'dan@hill.example', roles: ['deputy'] };
export const aisha: SchoolPerson = { name: 'Aisha Malik', email: 'aisha@hill.example', roles: ['teacher'] };
export const ben: SchoolPerson = { name: 'Ben Carrow', email: 'ben@hill.example', roles: ['teacher'] };

const roles = {
  headteacher: { title: 'headteacher', audience: ['staff'], permissions: ['see-report', 'manage-people'] },
  deputy: { title: 'deputy headteacher', audience: ['staff'], permissions: ['see-report'] },
  teacher: { title: 'teacher', audience: ['staff'] },
};

/** A policy of two clauses that asks all staff from 2 November until 11 December 2026, unless told otherwise. */
export interface SchoolPolicy {
  readonly id: string;
  readonly front?: Readonly<Record<string, unknown>>;
  readonly acknowledgement?: Readonly<Record<string, unknown>>;
  /** Below the title. */
  readonly text?: string;
}

const text = `## At work {#work}

Keep phones in the staffroom. {#work.staffroom}

Never call a pupil from your own phone. {#work.pupils}
`;

function policyFile({ id, front = {}, acknowledgement = {}, text: body = text }: SchoolPolicy): string {
  const title = `${id.charAt(0).toUpperCase()}${id.slice(1)} Policy`;
  const all = {
    id,
    title,
    version: '2',
    owner: 'headteacher',
    audience: ['staff'],
    acknowledgement: { opens: '2026-11-02', due: '2026-12-11', ...acknowledgement },
    ...front,
  };
  return `---\n${stringify(all)}---\n\n# ${title} {#cover}\n\n${body}`;
}

interface SchoolOptions {
  readonly policies?: readonly SchoolPolicy[];
  readonly people?: readonly SchoolPerson[];
  /** The block of school.yaml. */
  readonly reminders?: Readonly<Record<string, unknown>>;
}

/** Content on disk; school.yaml lists no terms, so each weekday that is no bank holiday is a school day. */
function writeSchool({
  policies = [{ id: 'phones' }],
  people = [grace, dan, aisha, ben],
  reminders = {},
}: SchoolOptions = {}): string {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'school.yaml'),
    stringify({
      example: true,
      name: 'Hill Primary',
      reminders,
      roles,
      people,
      safeguarding: { lead: 'headteacher' },
    }),
  );
  for (const policy of policies) {
    mkdirSync(join(folder, policy.id));
    writeFileSync(join(folder, policy.id, 'policy.md'), policyFile(policy));
  }
  return folder;
}

const read = new Map<string, Content>();

/** Reading takes longer than most tests; the same school is read once. */
function contentOf({ policies, people, reminders }: SchoolOptions): Content {
  const key = JSON.stringify([policies, people, reminders]);
  const content =
    read.get(key) ??
    loadContent(
      writeSchool({
        ...(policies && { policies }),
        ...(people && { people }),
        ...(reminders && { reminders }),
      }),
    );
  read.set(key, content);
  return content;
}

/** A card that is on somebody's screen. */
interface Shown {
  readonly to: Account;
  readonly key: string;
  readonly options: SendOptions;
  /** As it is now. */
  card: Card;
  changes: number;
}

/** A chat platform that a test looks at. */
interface FakeChat {
  readonly shown: Shown[];
  /** What becomes of the next messages; sent, until told otherwise. */
  outcome: (to: Account) => Promise<Outcome | undefined> | Outcome | undefined;
}

export interface Scene {
  readonly reminders: Reminders;
  readonly chat: FakeChat;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly faults: unknown[];
  people: People;
  /** Another life of the bot, on the same store, maybe with other content. */
  again(content: SchoolOptions): Promise<Scene>;
}

/** An account of whoever has this e-mail address. */
export const accountOf = ({ email }: { readonly email: string }): Account => ({
  platform: 'chat',
  person: email,
});

export interface SceneOptions extends SchoolOptions {
  /** ISO; Monday 23 November 2026, 09:00 where left out. */
  readonly at?: string;
  /** Those without an account. */
  readonly offline?: readonly SchoolPerson[];
}

/** Reminders over a real store and real content, on a platform that only remembers. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const clock = manualClock(new Date(options.at ?? '2026-11-23T09:00:00Z'));
  const store = await openStore({ dataDir: temporaryFolder(), clock });
  onTestFinished(() => store.close());
  return sceneOn(store, clock, { shown: [], outcome: () => undefined }, options);
}

async function sceneOn(
  store: Store,
  clock: ManualClock,
  chat: FakeChat,
  options: SceneOptions,
): Promise<Scene> {
  const content = contentOf(options);
  const here = content.school.people.filter(
    ({ email }) => !options.offline?.some((each) => each.email === email),
  );
  const faults: unknown[] = [];
  const scene: Scene = {
    chat,
    clock,
    store,
    faults,
    people: createPeople(content.school, [
      { platform: 'chat', people: here.map(({ email, name }) => ({ id: email, email, name })) },
    ]),
    reminders: createReminders({
      store,
      content,
      clock,
      people: () => scene.people,
      async deliver({ to, card, key }, sendOptions) {
        const outcome = (await chat.outcome(to)) ?? { kind: 'sent', message: `${key} at ${to.platform}` };
        if (outcome.kind === 'sent') chat.shown.push({ to, key, options: sendOptions, card, changes: 0 });
        return outcome;
      },
      async revise({ message, card }) {
        const shown = chat.shown.find(({ key, to }) => `${key} at ${to.platform}` === message);
        if (!shown) return { kind: 'blocked', reason: 'no such message' };
        shown.card = card;
        shown.changes++;
        return { kind: 'sent', message };
      },
      onFault: (error) => faults.push(error),
      pace: { patience: 0 },
    }),
    again: (other) => sceneOn(store, clock, chat, { ...options, ...other }),
  };
  await scene.reminders.recordVersions();
  onTestFinished(() => scene.reminders.stop());
  return scene;
}

export const buttonsOf = ({ elements }: Card): readonly Button[] =>
  elements.flatMap((element) => (element.kind === 'buttons' ? element.buttons : []));

export const labelsOf = (card: Card): string[] => buttonsOf(card).map(({ label }) => label);

/** What the button of that label hands back. */
export function valueOn(card: Card, label: string): string {
  const button = buttonsOf(card).find((each) => each.label === label);
  if (!button) throw new Error(`No button "${label}" among ${labelsOf(card).join(', ')}`);
  return button.value;
}

/** Every word on a card but those of its buttons. */
export function wordsOf({ elements }: Card): string {
  return elements
    .flatMap((element) => {
      switch (element.kind) {
        case 'heading':
        case 'text':
          return element.text;
        case 'quote':
          return `“${element.text}” — ${element.source}`;
        case 'fields':
          return element.fields.map(({ label, value }) => `${label}: ${value}`);
        case 'progress':
          return `${element.label}: ${element.done} of ${element.total}`;
        default:
          return [];
      }
    })
    .join('\n');
}
