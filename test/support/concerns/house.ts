import { createHash } from 'node:crypto';
import { type Concerns, createConcerns } from '../../../src/concerns/concerns.ts';
import type { Passing } from '../../../src/concerns/gate.ts';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import type { Draft, Submitted } from '../../../src/concerns/senders.ts';
import { type ConcernStore, openConcernStore } from '../../../src/concerns/store/open.ts';
import { type School, schoolSchema } from '../../../src/content/schema/school.ts';
import { type ManualClock, manualClock } from '../../../src/school/clock.ts';
import { createPeople, type People } from '../../../src/school/people.ts';
import { temporaryFolder } from '../content.ts';

/** A school whose every usual route has its readers. */
export const schoolOf = (more: object = {}): School =>
  schoolSchema.parse({
    example: true,
    name: 'Hill Primary',
    people: [
      { name: 'Grace Holloway', email: 'head@hill.example', roles: ['headteacher'] },
      { name: 'Martin Ashe', email: 'm.ashe@hill.example', roles: ['deputy-headteacher', 'deputy-dsl'] },
      { name: 'Priya Raman', email: 'p.raman@hill.example', roles: ['dsl', 'teacher'] },
      { name: 'Susan Lark', email: 'office@hill.example', roles: ['office'] },
      { name: 'Tom Whitlock', email: 't.whitlock@hill.example', roles: ['support-staff'] },
      { name: 'Aisha Malik', email: 'a.malik@hill.example', roles: ['teacher'] },
      { name: 'Helen Marsh', email: 'chair@hill.example', roles: ['chair-of-governors', 'governor'] },
      { name: 'David Osei', email: 'd.osei@hill.example', roles: ['vice-chair-of-governors', 'governor'] },
    ],
    terms: [
      { name: 'Autumn 2026', from: '2026-09-01', to: '2026-12-18' },
      { name: 'Spring 2027', from: '2027-01-04', to: '2027-03-25' },
      { name: 'Summer 2027', from: '2027-04-12', to: '2027-07-21' },
    ],
    outside_bodies: [
      {
        id: 'nspcc',
        name: 'NSPCC Whistleblowing Advice Line',
        about: 'You are worried about how a school handles a child’s safety.',
        phone: '0800 028 0285',
        checked: '2026-11-01',
      },
    ],
    ...more,
  });

export const readerRoles = [
  'headteacher',
  'deputy-headteacher',
  'dsl',
  'deputy-dsl',
  'chair-of-governors',
  'vice-chair-of-governors',
] as const;

/** A reader's browser. */
export interface Browser {
  readonly id: string;
  readonly role: string;
  readonly passphrase: string;
  readonly recoveryKey: string;
  readonly keys: sealing.ThreadKeys;
  login(): Promise<SignedInBrowser>;
}

/** One concern, opened in it. */
export interface OpenedConcern {
  readonly id: Uint8Array;
  readonly threadSecret: Uint8Array;
  readonly proof: Uint8Array;
}

export interface SignedInBrowser {
  readonly session: string;
  /** The concerns that its reader can open. */
  mine(): Promise<readonly OpenedConcern[]>;
  /** One of them with its messages. */
  read(
    concern: OpenedConcern,
  ): Promise<{ readonly messages: readonly sealing.Message[]; readonly status: string }>;
}

export interface House {
  readonly dataDir: string;
  readonly store: ConcernStore;
  readonly clock: ManualClock;
  readonly school: School;
  readonly concerns: Concerns;
  /** Replaced by a test to let people come and go. */
  people: People;
  enrol(role: string): Promise<Browser>;
  /** Fills in the form and sends it. */
  submit(draft?: Partial<Draft>): Promise<Submitted>;
  /** Sends it and gives the receipt. */
  send(draft?: Partial<Draft>): Promise<string>;
  close(): Promise<void>;
}

/** Time that passes at once when somebody waits for it. */
export function fakePassing(): Passing & { readonly waited: number[] } {
  let now = 0;
  const waited: number[] = [];
  return {
    waited,
    now: () => now,
    async wait(milliseconds) {
      waited.push(milliseconds);
      now += milliseconds;
    },
    random: Math.random,
  };
}

export interface HouseOptions {
  readonly school?: School;
  readonly dataDir?: string;
  readonly now?: string;
  /** Roles of the readers who are enrolled from the start. */
  readonly readers?: readonly string[];
  readonly passing?: Passing;
  /** Quick where left out. */
  readonly stretch?: sealing.Stretch;
}

/** In place of Argon2id where a test is about something else: as good a key, in no time. */
export const quickStretch: sealing.Stretch = async (typed, salt) =>
  createHash('sha256').update(salt).update(typed).digest();

/** A bot's concerns with nothing around them: a real store in a folder of its own, a clock that a test moves. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  await sealing.ready;
  const {
    school = schoolOf(),
    dataDir = temporaryFolder(),
    passing = fakePassing(),
    stretch = quickStretch,
  } = options;
  const clock = manualClock(new Date(options.now ?? '2026-11-25T10:20:30Z'));
  const store = await openConcernStore(dataDir, clock);
  const concerns = createConcerns({
    store,
    clock,
    school,
    people: () => house.people,
    stretch,
    passing,
  });
  let forms = 0;

  async function enrol(role: string): Promise<Browser> {
    const offer = await concerns.enrolments.offer(role);
    if (offer.kind !== 'offered') throw new Error(offer.message);
    const passphrase = `${role} marble kettle orbit seven`;
    const { sealed, keys, recoveryKey } = await sealing.enrol(passphrase, stretch);
    if (!(await concerns.enrolments.enrol(offer.token, sealed))) throw new Error('not enrolled');
    const id = sealing.toText(sealed.id);
    return { id, role, passphrase, recoveryKey, keys, login: () => login(sealed.id, passphrase) };
  }

  async function login(id: Uint8Array, passphrase: string): Promise<SignedInBrowser> {
    const { readers } = concerns;
    const passphraseKeys = await sealing.keysOfPassphrase(id, passphrase, stretch);
    const { ticket, challenge } = await readers.challenge(id);
    const entered = await readers.login(ticket, sealing.signChallenge(challenge, passphraseKeys));
    if (entered.kind !== 'session') throw new Error(entered.kind);
    const keys = sealing.openWithPassphrase(entered.sealedKey, passphraseKeys);
    if (!keys) throw new Error('The passphrase does not open the key.');
    return {
      session: entered.session,
      async mine() {
        const all = await readers.concerns(entered.session);
        if (all.kind !== 'concerns') throw new Error(all.kind);
        return all.concerns.flatMap(({ id: concern, grants }) => {
          const threadSecret = sealing.openGrants(grants, keys);
          if (!threadSecret) return [];
          const proof = sealing.proveAccess(threadSecret, entered.sessionKey, concern);
          return [{ id: concern, threadSecret, proof }];
        });
      },
      async read({ id: concern, proof, threadSecret }) {
        const found = await readers.read(entered.session, { concern, proof });
        if (found.kind !== 'concern') throw new Error(found.kind);
        return { status: found.status, messages: sealing.openMessages(found.messages, threadSecret) };
      },
    };
  }

  async function submit(draft: Partial<Draft> = {}): Promise<Submitted> {
    const about = draft.about ?? 'adult';
    const exclude = draft.exclude ?? [];
    const route = await concerns.senders.readersFor({ about, exclude });
    const readers = route.kind === 'readers' ? route.readers.map(({ id }) => id) : [];
    const nonce = `form ${++forms}`;
    return concerns.senders.submit({
      about,
      exclude,
      kind: 'conduct',
      text: 'Somebody shouts at children.',
      readers,
      nonce,
      ...draft,
    });
  }

  const house: House = {
    dataDir,
    store,
    clock,
    school,
    concerns,
    people: createPeople(school, []),
    enrol,
    submit,
    async send(draft) {
      const submitted = await submit(draft);
      if (submitted.kind !== 'stored') throw new Error(submitted.kind);
      return submitted.receipt;
    },
    close: () => store.close(),
  };
  for (const role of options.readers ?? []) await enrol(role);
  return house;
}
