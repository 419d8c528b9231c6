import { randomBytes } from 'node:crypto';
import { field } from '../chat/actions.ts';
import type { Card } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import type { School } from '../content/schema/school.ts';
import { createCalendar } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import { type Account, type People, sameAccount } from '../school/people.ts';
import { countFeedback, type EntryRef, type Feedback, listFeedback } from '../store/feedback.ts';
import { addGap, closeGap, type Gap, type Nearest, openGaps } from '../store/gaps.ts';
import type { Store } from '../store/open.ts';
import {
  addAnswer,
  addReferral,
  findReferral,
  type Receiver,
  type Referral,
  withdrawReferral,
} from '../store/referrals.ts';
import { answerCard, answeredCard, gapCard, questionCard, sentCard } from './cards.ts';
import { answerForm, questionForm } from './forms.ts';
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
}

/** Kept; the deliveries are still to be made. */
export interface Kept {
  readonly kind: 'kept';
  readonly referral: Referral;
  readonly deliveries: readonly Delivery[];
  /** For the person who wrote it, once it is delivered. */
  readonly card: Card;
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
  /** The form for an answer by somebody who was asked. */
  prepareAnswer(id: string, by: Account): Promise<Refused | Prepared>;
  /** By somebody who was asked. The same answer again is kept once, and its delivery has the same key. */
  answer(answer: {
    readonly id: string;
    readonly by: Account;
    readonly text: string;
  }): Promise<Refused | Kept>;
  state(id: string): Promise<Referral | undefined>;

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

  /** A referral, for somebody whom it was sent to. An id that was guessed opens nothing. */
  async function findFor(
    by: Account,
    id: string,
  ): Promise<Refused | { kind: 'found'; referral: Referral; author: Receiver }> {
    const referral = await findReferral(store, id);
    const author = referral?.receivers.find((receiver) => sameAccount(receiver, by));
    if (!referral || !author || referral.state === 'withdrawn')
      return refused('This question was not sent to you, or it is not here any more.');
    return { kind: 'found', referral, author };
  }

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
      const { receivers, title } = found;
      const asked = {
        id: ids(),
        asker: found.asker,
        role,
        receivers,
        question: checked.text,
        created: clock.now(),
      };
      await addReferral(store, asked);
      const referral: Referral = { ...asked, state: 'waiting', answers: [] };
      const card = questionCard(referral, title);
      const deliveries = receivers.map((receiver, index) => ({
        to: accountOf(receiver),
        card,
        key: `referral:${referral.id}:question:${index + 1}`,
      }));
      return { kind: 'kept', referral, deliveries, card: sentCard(referral, title) };
    },

    withdraw: (id) => withdrawReferral(store, id, clock.now()),

    async prepareAnswer(id, by) {
      const found = await findFor(by, id);
      if (found.kind === 'refused') return found;
      return { kind: 'ready', receivers: [found.referral.asker], form: answerForm(found.referral) };
    },

    async answer({ id, by, text }) {
      const found = await findFor(by, id);
      if (found.kind === 'refused') return found;
      const checked = checkText(text);
      if (checked.kind === 'refused') return { ...checked, field: field.personText };
      const answer = { by: accountOf(by), text: checked.text, at: clock.now() };
      const { referral, position } = await addAnswer(store, id, answer);
      const card = answerCard(referral, checked.text, found.author.name);
      const delivery = { to: accountOf(referral.asker), card, key: `referral:${id}:answer:${position}` };
      return { kind: 'kept', referral, deliveries: [delivery], card: answeredCard(referral, checked.text) };
    },

    state: (id) => findReferral(store, id),
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
