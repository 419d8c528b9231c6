import type { About } from '../content/schema/concerns.ts';
import { checkWritten } from '../store/written.ts';
import type { Kind } from './kinds.ts';
import { Once } from './once.ts';
import type { Parts } from './parts.ts';
import { createPeriods } from './periods.ts';
import { presentReaders, type Reader, type Route, routeFor } from './routing.ts';
import { busy, createSealedSenders, type NoThread, none, type SealedSenders } from './sealed-senders.ts';
import type { Message, ReaderName } from './sealing/message.ts';
import { isForSender } from './sealing/passed-on.ts';
import type { Receipt } from './sealing/receipt.ts';
import { TEXT_LIMIT } from './sealing/sizes.ts';
import { type Sealing, sealing } from './sealing-loader.ts';
import {
  addConcern,
  addMessage,
  findByLookup,
  messagesOf,
  type SealedConcern,
  type StoredConcern,
} from './store/concerns.ts';
import { allHandlers } from './store/handlers.ts';
import type { Status } from './store/tables.ts';
import { keptAYear, type Week, weekOf } from './weeks.ts';

/** Whom a concern is about, and who is not to read it. */
interface Subject {
  readonly about: About;
  /** Ids of readers that the sender leaves out, as `choices` lists them. */
  readonly exclude: readonly string[];
}

/** What somebody has written, with nothing of who they are. */
export interface Draft extends Subject {
  readonly kind: Kind;
  readonly text: string;
  /** The readers that the sender was shown; it goes to nobody else. */
  readonly readers: readonly string[];
  /** Of this one form, so that a second press of the same button sends nothing twice. */
  readonly nonce: string;
}

/** A reader as a sender is shown them. */
interface ShownReader extends ReaderName {
  readonly publicKey: Uint8Array;
}

export type ShownRoute =
  | {
      readonly kind: 'readers';
      readonly readers: readonly ShownReader[];
      readonly route: Extract<Route, { kind: 'readers' }>;
    }
  | { readonly kind: 'outside' };

/** It names what is wrong, in words for the sender. */
interface Refused {
  readonly kind: 'refused';
  readonly message: string;
}

export type Submitted =
  /** It is stored. The receipt is shown once and can't be had again. */
  | { readonly kind: 'stored'; readonly receipt: Receipt }
  /** Who would read it is not whom the sender was shown: they must see it before anything is sealed. */
  | { readonly kind: 'changed'; readonly route: ShownRoute }
  | Refused;

/** A thread as its sender sees it. */
export interface OpenThread {
  readonly kind: 'open';
  readonly status: Status;
  /** In which it was sent. */
  readonly week: Week;
  /** The last week in which it is kept. */
  readonly purgeWeek: Week;
  /** In order, with who has come to read it; without whether it is muted. */
  readonly messages: readonly Message[];
}

type Replied = { readonly kind: 'stored' } | Refused | NoThread;

/**
 * What a sender can do. Nothing of who they are can be handed in, and nothing of what they do is logged. Every
 * promise rejects with a StoreError where the store fails; nothing is kept then.
 */
export interface Senders extends SealedSenders {
  /** Waits its turn where very many open forms at once; false where it is to be tried again in a while. */
  opening(): Promise<boolean>;
  /** Readers who can be left out. */
  choices(): Promise<readonly ReaderName[]>;
  /** `refused` where somebody is left out whom nobody knows: whom that would spare can't be told. */
  readersFor(subject: Subject): Promise<ShownRoute | Refused>;
  /** Seals it here and stores it at once. The same draft again within ten minutes gets the same receipt. */
  submit(draft: Draft): Promise<Submitted>;
  openThread(receipt: string): Promise<OpenThread | NoThread>;
  /** Writes into a thread. `refused` names what is wrong with the text. */
  reply(receipt: string, text: string, nonce: string): Promise<Replied>;
  /** Forgets by itself what is too old now. */
  forget(): void;
}

export function createSenders(parts: Parts): Senders {
  const { store, clock, school, people, stretch, gates, today, week } = parts;
  const periods = createPeriods(school);
  const now = (): number => clock.now().getTime();
  const submissions = new Once<Submitted>(now);
  const replies = new Once<Replied>(now);

  async function route({ about, exclude }: Subject): Promise<ShownRoute | Refused> {
    const { toText } = await sealing();
    const handlers = await allHandlers(store);
    if (exclude.some((id) => handlers.every((handler) => toText(handler.id) !== id))) return unknownReader;
    const excluding = handlers.filter(({ id }) => exclude.includes(toText(id))).map(({ person }) => person);
    const found = routeFor({ school, people: people(), day: today(), handlers }, about, excluding);
    if (found.kind === 'outside') return found;
    return { kind: 'readers', readers: found.readers.map((reader) => shown(reader, toText)), route: found };
  }

  async function keep(sealed: SealedConcern, kind: Kind): Promise<void> {
    const day = today();
    await addConcern(store, sealed, {
      week: weekOf(day),
      purgeWeek: keptAYear(day),
      term: periods.nameOf(day),
      kind,
    });
  }

  async function submit(draft: Draft): Promise<Submitted> {
    const checked = checkWritten(draft.text, TEXT_LIMIT);
    if (checked.kind === 'refused') return checked;
    const tools = await sealing();
    const receipt = tools.newReceipt();
    const { lookup, unlock } = await tools.keysOfReceipt(receipt, stretch);
    // Settled last, so that nobody is sealed to who has lost the right while the receipt was stretched.
    const found = await route(draft);
    if (found.kind === 'refused') return found;
    if (found.kind === 'outside' || !sameReaders(found.readers, draft.readers))
      return { kind: 'changed', route: found };
    const { readers, route: chosen } = found;
    const { publicKey, secretKey } = tools.newThread();
    const message = tools.sealMessage(
      {
        type: 'concern',
        order: 0,
        author: 'sender',
        week: week(),
        about: draft.about,
        kind: draft.kind,
        text: checked.text,
        readers: readers.map(({ id, title, name }) => ({ id, title, name })),
        excluded: chosen.excluded,
      },
      secretKey,
    );
    if (!message) return tooLong;
    const grants = tools.sealGrants(
      secretKey,
      readers.map((reader) => reader.publicKey),
    );
    const sealedKey = tools.sealKey(secretKey, unlock);
    await keep({ lookup, publicKey, sealedKey, grants, message }, draft.kind);
    return { kind: 'stored', receipt };
  }

  /** The thread that a receipt opens, with its secret key. */
  async function unseal(
    tools: Sealing,
    receipt: string,
  ): Promise<{ concern: StoredConcern; secretKey: Uint8Array } | undefined> {
    const { lookup, unlock } = await tools.keysOfReceipt(receipt, stretch);
    const concern = await findByLookup(store, lookup);
    const secretKey = concern && tools.openKey(concern.sealed_key, unlock, concern.public_key);
    return concern && secretKey ? { concern, secretKey } : undefined;
  }

  async function reply(receipt: string, text: string): Promise<Replied> {
    const checked = checkWritten(text, TEXT_LIMIT);
    if (checked.kind === 'refused') return checked;
    const tools = await sealing();
    const thread = await unseal(tools, receipt);
    if (!thread) return none;
    const { concern, secretKey } = thread;
    const messages = tools.openMessages(await messagesOf(store, concern.id), secretKey);
    const message = tools.sealMessage(
      {
        type: 'message',
        order: tools.nextOrder(messages),
        author: 'sender',
        week: week(),
        text: checked.text,
      },
      secretKey,
    );
    if (!message) return tooLong;
    return (await addMessage(store, concern.id, message)) ? { kind: 'stored' } : none;
  }

  return {
    opening: () => gates.openings.pass(),
    async choices() {
      const { toText } = await sealing();
      const handlers = await allHandlers(store);
      const present = presentReaders({ school, people: people(), day: today(), handlers });
      // Somebody who reads by two roles is left out with both.
      return present
        .filter(({ person }, index) => present.findIndex((each) => each.person === person) === index)
        .map(({ id, person, name }) => {
          const titles = present.filter((each) => each.person === person).map(({ title }) => title);
          return { id: toText(id), title: titles.join(' and '), name };
        })
        .sort((one, other) => one.name.localeCompare(other.name, 'en-GB'));
    },
    readersFor: route,
    submit: (draft) => submissions.run([draft], isStored, () => submit(draft)),

    async openThread(receipt) {
      if (!(await gates.lookups.pass())) return busy;
      const tools = await sealing();
      const thread = await unseal(tools, receipt);
      if (!thread) return none;
      const { status, week: sentIn, purge_week: purgeWeek, id } = thread.concern;
      const messages = tools.openMessages(await messagesOf(store, id), thread.secretKey);
      const own = messages.filter(isForSender);
      return { kind: 'open', status, week: sentIn, purgeWeek, messages: own };
    },
    reply: (receipt, text, nonce) =>
      replies.run([receipt, text, nonce], isStored, () => reply(receipt, text)),

    ...createSealedSenders(parts, keep),
    forget() {
      submissions.forget();
      replies.forget();
    },
  };
}

const tooLong = {
  kind: 'refused',
  message: 'This is too long. Please make it shorter, or send the rest as a second message.',
} as const;

const unknownReader = {
  kind: 'refused',
  message: 'The readers have changed. Please look again who will read it.',
} as const;

const isStored = ({ kind }: { readonly kind: string }): boolean => kind === 'stored';

const shown = ({ id, title, name, publicKey }: Reader, toText: Sealing['toText']): ShownReader => ({
  id: toText(id),
  title,
  name,
  publicKey,
});

function sameReaders(readers: readonly ReaderName[], ids: readonly string[]): boolean {
  return readers.length === ids.length && readers.every(({ id }) => ids.includes(id));
}
