import { Bounded } from '../chat/bounded.ts';
import { checkField, type FormValues } from '../chat/mod.ts';
import type { Account, Person, PersonKey } from '../school/people.ts';
import {
  addAcknowledgement,
  type KeptAcknowledgement,
  type NewAcknowledgement,
} from '../store/acknowledgements.ts';
import { clausesOf } from '../store/policy-versions.ts';
import { sentReminders } from '../store/reminder-outcomes.ts';
import { addSnooze, listSnoozes } from '../store/snoozes.ts';
import { writeValue } from './button-value.ts';
import { acknowledgedCard, putOffCard, questionCard } from './cards.ts';
import { changesBetween } from './changes.ts';
import { plusDays } from './days.ts';
import {
  type Answer,
  alreadyDone,
  askedAbout,
  type DeskParts,
  doneFor,
  isAnswer,
  type Revise,
  said,
  unmet,
  type Visit,
  visit,
} from './desk.ts';
import { snoozesLeft } from './ladder.ts';
import type { Campaign } from './obligation.ts';
import type { Asked } from './obligations.ts';
import { checkForm, hintFor, type Reading, readingCard, statement } from './reading.ts';

/**
 * What somebody can do with the buttons of a reminder. Each takes who pressed and what the button handed back,
 * and rejects with a StoreError where the store fails; nothing is recorded then.
 */
export interface Acknowledging {
  /** The policy, in place of the card. */
  open(account: Account, value: string): Promise<Answer>;
  /** “I have read and understood”: recorded, or the check questions first where the policy has some. */
  confirm(account: Account, value: string): Promise<Answer>;
  /** The check questions, answered; recorded where all are right. */
  check(account: Account, value: string, values: FormValues): Promise<Answer>;
  /** Ways to ask; what is owed stays owed. */
  question(account: Account, value: string): Promise<Answer>;
  /** Puts everything that is owed off until the next school day. */
  putOff(account: Account, value: string): Promise<Answer>;
}

export interface AcknowledgingParts extends DeskParts {
  readonly revise: Revise;
  /** Runs something that nobody waits for, and that is brought to its end before the bot stops. */
  readonly aside: (work: () => Promise<void>) => void;
}

const day = 86_400_000;

/** No round of an obligation lasts longer, in days. */
const longestRound = 400;

export function createAcknowledging(parts: AcknowledgingParts): Acknowledging {
  const { store, book, clock, people, revise, aside } = parts;
  const { content, campaigns, localTime, days } = book;
  const settings = content.school.reminders;
  const attempts = new Bounded<number>(10_000, { lifetime: 30 * day, now: () => clock.now().getTime() });

  const isOf = ({ id }: Person, key: PersonKey): boolean => people().whose(key)?.id === id;

  /** The policy that somebody is asked to acknowledge and has not; or what to say instead. */
  async function toRead(
    here: Visit,
  ): Promise<{ reading: Reading; campaign: Campaign; asked: Asked } | Answer> {
    const asked = askedAbout(here);
    if (isAnswer(asked)) return asked;
    const { obligation, met, outdated } = asked;
    if (met) return alreadyDone(here, asked, met, book);
    const policy = content.policies.find(({ id }) => id === obligation.policy);
    const campaign = campaigns.find((each) => each.policy === obligation.policy);
    // What is asked comes from the campaigns, and these from the policies.
    if (!policy || !campaign) throw new Error('A policy that is asked for is not in the content.');
    const signed = outdated?.acknowledgement;
    const before = signed && (await clausesOf(store, signed));
    const { person, now, today, page, value } = here;
    const { reminder } = value;
    const { version } = obligation;
    const pressed = value.about?.version;
    const reading: Reading = {
      policy,
      obligation,
      today,
      value: writeValue({
        person: person.id,
        about: { policy: policy.id, version },
        ...(reminder !== undefined && { reminder }),
      }),
      checkQuestions: campaign.checkQuestions,
      others: unmet(page, person, now).length - 1,
      ...(before && {
        since: {
          version: signed.version,
          on: signed.signedOn ?? localTime.at(signed.at, person).day,
          changes: changesBetween(before, policy.clauses),
        },
      }),
      ...(pressed !== version && {
        notice:
          'The policy has changed since this card was sent. Please read this version. Nothing was recorded.',
      }),
    };
    return { reading, campaign, asked };
  }

  async function record(here: Visit, reading: Reading, campaign: Campaign, tries?: number): Promise<Answer> {
    const { person, account, now, addressed } = here;
    const { obligation } = reading;
    const yearBegins = days.academicYear(obligation.opens).first;
    const begins = localTime.startOf(yearBegins, person);
    const { kind, acknowledgement } = await addAcknowledgement(
      store,
      {
        how: 'chat',
        person: signatoryOf(person, account),
        policy: campaign.policy,
        version: campaign.version,
        sha256: campaign.sha256,
        at: now,
        wording: statement(obligation),
        ...(tries !== undefined && { attempts: tries }),
      },
      (earlier) => isOf(person, earlier.person) && isSince(earlier, { begins, yearBegins }),
    );
    attempts.delete(attemptKey(here, reading));
    const page = await book.read();
    const left = unmet(page, person, now);
    aside(() => bringUpToDate({ ...here, page }, campaign.policy));
    return {
      kind: 'replace',
      card: acknowledgedCard([doneFor(obligation, acknowledgement, person, book)], left, addressed, {
        already: kind === 'already',
      }),
    };
  }

  /** Changes the other cards on which this person still has the policy in front of them. */
  async function bringUpToDate({ person, account, now, page, value, addressed }: Visit, policy: string) {
    const asked = page.obligations.of(person, now);
    const left = unmet(page, person, now);
    const sent = await sentReminders(store, plusDays(addressed.today, -longestRound));
    for (const { key, person: to, platform, message, items } of sent) {
      // The adapter changes the card that was pressed.
      if (key === value.reminder || !isOf(person, to)) continue;
      if (!items.some((item) => item.policy === policy)) continue;
      const on = (id: string): boolean => items.some((item) => item.policy === id);
      const done = asked.flatMap(({ obligation, met }) =>
        met && on(obligation.policy) ? [doneFor(obligation, met, person, book)] : [],
      );
      const card = acknowledgedCard(
        done,
        left.filter((item) => on(item.policy)),
        { person: person.id, today: addressed.today, reminder: key },
      );
      await revise({ owner: { platform, person: account.person }, message, card });
    }
  }

  return {
    async open(account, text) {
      const here = await visit(account, text, parts);
      if (here.kind === 'said') return here;
      const found = await toRead(here);
      return 'kind' in found ? found : { kind: 'replace', card: readingCard(found.reading) };
    },

    async confirm(account, text) {
      const here = await visit(account, text, parts);
      if (here.kind === 'said') return here;
      const found = await toRead(here);
      if ('kind' in found) return found;
      const { reading, campaign } = found;
      if (reading.notice !== undefined) return { kind: 'replace', card: readingCard(reading) };
      if (reading.checkQuestions.length > 0) return { kind: 'form', form: checkForm(reading) };
      return record(here, reading, campaign);
    },

    async check(account, text, values) {
      const here = await visit(account, text, parts);
      if (here.kind === 'said') return here;
      const found = await toRead(here);
      if ('kind' in found) return found;
      const { reading, campaign } = found;
      if (reading.notice !== undefined) return { kind: 'replace', card: readingCard(reading) };
      const key = attemptKey(here, reading);
      const tries = (attempts.get(key) ?? 0) + 1;
      attempts.set(key, tries);
      const errors = wrongAnswers(reading, values);
      if (Object.keys(errors).length > 0) return { kind: 'invalid', errors };
      return record(here, reading, campaign, reading.checkQuestions.length > 0 ? tries : undefined);
    },

    async question(account, text) {
      const here = await visit(account, text, parts);
      if (here.kind === 'said') return here;
      const owed = unmet(here.page, here.person, here.now);
      const id = here.value.about?.policy ?? (owed.length === 1 ? owed[0]?.policy : undefined);
      return { kind: 'card', card: questionCard(content.policies.find((policy) => policy.id === id)) };
    },

    async putOff(account, text) {
      const here = await visit(account, text, parts);
      if (here.kind === 'said') return here;
      const { person, now, today, page, addressed } = here;
      const owed = unmet(page, person, now);
      if (owed.length === 0) return said('There is nothing to put off: you have acknowledged everything.');
      const { id, email } = person;
      const kept = { person: { id, ...(email !== undefined && { email }) }, on: today };
      const outcomes = await Promise.all(
        owed.map(({ policy, version, year }) =>
          addSnooze(store, { ...kept, policy, version, year }, settings.tomorrow, (key) => isOf(person, key)),
        ),
      );
      if (!outcomes.includes('kept')) return said(spent(settings.tomorrow));
      const snoozes = await listSnoozes(store, plusDays(today, -longestRound));
      const left = Math.max(...owed.map((item) => snoozesLeft(item, snoozes, settings, people().whose)));
      return {
        kind: 'replace',
        card: putOffCard(owed, addressed, { next: days.after(today), left }),
      };
    },
  };
}

/** What is said at each check question that is not answered right; empty where all are. */
function wrongAnswers({ checkQuestions, policy }: Reading, values: FormValues): Record<string, string> {
  return Object.fromEntries(
    checkQuestions.flatMap((question, index) => {
      const name = checkField(index + 1);
      const chosen = question.options[Number(values[name]) - 1];
      return chosen === question.answer ? [] : [[name, hintFor(question, policy)]];
    }),
  );
}

const attemptKey = ({ person }: Visit, { obligation }: Reading): string =>
  JSON.stringify([person.id, obligation.policy, obligation.version, obligation.year]);

const isSince = (
  earlier: KeptAcknowledgement,
  { begins, yearBegins }: { readonly begins: Date; readonly yearBegins: string },
): boolean => (earlier.how === 'paper' ? earlier.signedOn >= yearBegins : earlier.at >= begins);

function signatoryOf({ id, email, name }: Person, { platform }: Account): NewAcknowledgement['person'] {
  return { id, name, platform, ...(email !== undefined && { email }) };
}

const spent = (times: number): string =>
  times === 0
    ? 'Your school does not let these reminders be put off. Please read the policy when you can.'
    : `You have put this off ${times === 1 ? 'once' : `${times} times`} already, which is as often as it goes. Please read the policy when you can.`;
