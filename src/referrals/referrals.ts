import { randomBytes } from 'node:crypto';
import { field } from '../chat/actions.ts';
import type { Card, Element } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import type { MessageRef } from '../chat/request.ts';
import type { School } from '../content/schema/school.ts';
import { createCalendar } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import { type Account, type People, sameAccount } from '../school/people.ts';
import { countFeedback, type EntryRef, type Feedback, listFeedback } from '../store/feedback.ts';
import { addGap, closeGap, type Gap, type Nearest, openGaps } from '../store/gaps.ts';
import type { Store } from '../store/open.ts';
import {
  addReferral,
  addReferralMessage,
  findReferral,
  findReferralByCard,
  keepReferralCard,
  type Receiver,
  type Referral,
  referralsOf,
  withdrawReferral,
} from '../store/referrals.ts';
import { askedElements, gapCard, messageCard, threadCard } from './cards.ts';
import { questionForm, writeForm } from './forms.ts';
import { findReceivers } from './receivers.ts';
import { type Refused, refused } from './refused.ts';
import { checkText } from './text.ts';

/** A form to open. It says who will read what is written in it. */
export interface Prepared {
  readonly kind: 'ready';
  readonly receivers: readonly Receiver[];
  readonly form: Form;
}

/** A card to be sent with an adapter's `send`. */
export interface Delivery {
  readonly to: Account;
  readonly card: Card;
  /** The same whenever the same message is sent again. */
  readonly key: string;
  /** The earlier message that it belongs under. */
  readonly under?: MessageRef;
}

/** A card that is on somebody's screen and says something else now. */
export interface Revision {
  readonly owner: Account;
  readonly message: MessageRef;
  readonly card: Card;
}

/** Kept; the deliveries and revisions are still to be made. */
export interface Kept {
  readonly kind: 'kept';
  readonly referral: Referral;
  /** To the other side. */
  readonly deliveries: readonly Delivery[];
  readonly revisions: readonly Revision[];
  /** The standing card of the person who wrote it. */
  readonly own: Delivery;
}

/**
 * Asking a person where the policies do not help, and telling the policies' owner what is missing. Every
 * promise rejects with a StoreError where the store fails; nothing is kept where the answer is `refused`.
 */
export interface Referrals {
  /** Who would get a question, and the form to write it in. `draft` is what the asker has typed so far. */
  prepare(role: string, asker: Account, draft?: string): Refused | Prepared;
  ask(question: {
    readonly role: string;
    readonly asker: Account;
    readonly text: string;
  }): Promise<Refused | Kept>;
  /** Takes back a question that could not be delivered to anybody, and forgets its words. */
  withdraw(id: string): Promise<void>;
  /** Remembers that a first card has arrived, so that later ones go under it and its state can be changed. */
  arrived(id: string, to: Account, message: MessageRef): Promise<void>;
  /** The form to write to the other side, for the asker or somebody who was asked. `draft` is what they typed before. */
  prepareMessage(id: string, by: Account, draft?: string): Promise<Refused | Prepared>;
  /** The question that a card on somebody's screen is about, with those whom they would write to. */
  shownBy(
    by: Account,
    message: MessageRef,
  ): Promise<{ readonly id: string; readonly others: readonly Receiver[] } | undefined>;
  /** By the asker or somebody who was asked. The same again is kept once, and its delivery has the same key. */
  write(message: {
    readonly id: string;
    readonly by: Account;
    readonly text: string;
  }): Promise<Refused | Kept>;
  state(id: string): Promise<Referral | undefined>;
  /** What somebody has asked in the last weeks, with its state, as a part of their home view. */
  asked(by: Account): Promise<readonly Element[]>;

  /** Counts that an answer helped. Who said so is not kept. */
  helpful(entry: EntryRef): Promise<void>;
  unhelpful(entry: EntryRef): Promise<void>;
  feedback(): Promise<readonly Feedback[]>;

  /** Keeps a question that was not answered: its words and the day, never who asked. Only to be called for the press. */
  reportGap(
    question: string,
    near?: Nearest,
  ): Promise<Refused | { readonly kind: 'kept'; readonly card: Card }>;
  /** Open gaps, newest day first, with how often each was reported. */
  gaps(): Promise<readonly Gap[]>;
  /** Takes a gap off the list for good, and forgets its words. False where no open one has this id. */
  dismissGap(id: string): Promise<boolean>;
  /** Takes a gap off the list until it is reported again, and forgets its words. False where no open one has this id. */
  markTaught(id: string): Promise<boolean>;
}

export interface ReferralsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: School;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Makes ids that never repeat; short, since people type those of gaps. */
  readonly ids?: () => string;
}

/** Milliseconds for which the home view shows what somebody has asked. */
const recent = 60 * 24 * 3_600_000;

const shortId = (): string => randomBytes(5).toString('hex');

export function createReferrals({
  store,
  clock,
  school,
  people,
  ids = shortId,
}: ReferralsOptions): Referrals {
  const calendar = createCalendar(school);
  const today = () => calendar.dayOf(clock.now());
  const find = (role: string, asker: Account) =>
    findReceivers({ school, people: people(), day: today(), role, asker });

  const titleOf = (role: string): string => school.roles[role]?.title ?? 'colleague';

  /** A referral, for its asker or somebody whom it was sent to. An id that was guessed opens nothing. */
  async function findFor(by: Account, id: string): Promise<Refused | { kind: 'found'; referral: Referral }> {
    const referral = await findReferral(store, id);
    if (
      !referral ||
      referral.state === 'withdrawn' ||
      !sidesOf(referral).some((side) => sameAccount(side, by))
    )
      return refused('This question was not sent to you, or it is not here any more.');
    return { kind: 'found', referral };
  }

  const standing = (referral: Referral, viewer: Account): Card =>
    threadCard(referral, viewer, { title: titleOf(referral.role), dayOf: calendar.dayOf });

  const own = (referral: Referral, by: Account): Delivery => ({
    to: accountOf(by),
    card: standing(referral, by),
    key: `referral:${referral.id}:own`,
  });

  return {
    prepare(role, asker, draft) {
      const found = find(role, asker);
      if (found.kind === 'refused') return found;
      return { kind: 'ready', receivers: found.receivers, form: questionForm(found, role, draft) };
    },

    async ask({ role, asker, text }) {
      const found = find(role, asker);
      if (found.kind === 'refused') return found;
      const checked = checkText(text);
      if (checked.kind === 'refused') return { ...checked, field: field.personText };
      const { receivers } = found;
      const asked = {
        id: ids(),
        asker: found.asker,
        role,
        receivers,
        question: checked.text,
        created: clock.now(),
      };
      await addReferral(store, asked);
      const referral: Referral = { ...asked, state: 'waiting', messages: [], cards: [] };
      const deliveries = receivers.map((receiver, index) => ({
        to: accountOf(receiver),
        card: standing(referral, receiver),
        key: `referral:${referral.id}:question:${index + 1}`,
      }));
      return { kind: 'kept', referral, deliveries, revisions: [], own: own(referral, asker) };
    },

    withdraw: (id) => withdrawReferral(store, id, clock.now()),
    arrived: (id, to, message) => keepReferralCard(store, id, to, message),

    async prepareMessage(id, by, draft) {
      const found = await findFor(by, id);
      if (found.kind === 'refused') return found;
      const { referral } = found;
      return { kind: 'ready', receivers: othersOf(referral, by), form: writeForm(referral, by, draft) };
    },

    async shownBy(by, message) {
      const referral = await findReferralByCard(store, by, message);
      if (!referral || referral.state === 'withdrawn') return undefined;
      return { id: referral.id, others: othersOf(referral, by) };
    },

    async write({ id, by, text }) {
      const found = await findFor(by, id);
      if (found.kind === 'refused') return found;
      const checked = checkText(text);
      if (checked.kind === 'refused') return { ...checked, field: field.personText };
      const message = { by: accountOf(by), text: checked.text, at: clock.now() };
      const { referral, position } = await addReferralMessage(store, id, message);
      const deliveries = othersOf(referral, by).map((to, index): Delivery => {
        const under = referral.cards.find(({ owner }) => sameAccount(owner, to))?.message;
        return {
          to: accountOf(to),
          card: messageCard(referral, message, to),
          key: `referral:${id}:message:${position}:${index + 1}`,
          ...(under !== undefined && { under }),
        };
      });
      const revisions = referral.cards.map(({ owner, message }) => ({
        owner,
        message,
        card: standing(referral, owner),
      }));
      return { kind: 'kept', referral, deliveries, revisions, own: own(referral, by) };
    },

    state: (id) => findReferral(store, id),
    async asked(by) {
      const since = new Date(clock.now().getTime() - recent);
      return askedElements(await referralsOf(store, by, { since, most: 5 }), calendar.dayOf);
    },
    helpful: (entry) => countFeedback(store, entry, 'helpful'),
    unhelpful: (entry) => countFeedback(store, entry, 'unhelpful'),
    feedback: () => listFeedback(store),

    async reportGap(question, near) {
      const checked = checkText(question);
      if (checked.kind === 'refused') return checked;
      await addGap(store, { id: ids(), question: checked.text, near, day: today() });
      return { kind: 'kept', card: gapCard(checked.text) };
    },
    gaps: () => openGaps(store),
    dismissGap: (id) => closeGap(store, id, 'dismissed'),
    markTaught: (id) => closeGap(store, id, 'taught'),
  };
}

/** Of somebody who may carry more than an account, such as a name or the conversation they are in. */
const accountOf = ({ platform, person }: Account): Account => ({ platform, person });

const sidesOf = ({ asker, receivers }: Referral): readonly Receiver[] => [asker, ...receivers];

/** Whom a message goes to: the asker, or from the asker to whoever has answered, or else to all who were asked. */
function othersOf({ asker, receivers, messages }: Referral, by: Account): readonly Receiver[] {
  if (!sameAccount(asker, by)) return [asker];
  const answered = receivers.filter((receiver) =>
    messages.some((message) => sameAccount(message.by, receiver)),
  );
  return answered.length > 0 ? answered : receivers;
}
