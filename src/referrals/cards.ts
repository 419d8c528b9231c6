import { form as forms } from '../chat/actions.ts';
import { row } from '../chat/buttons.ts';
import type { Card, Element } from '../chat/card.ts';
import { cut } from '../chat/cut.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { type Account, sameAccount } from '../school/people.ts';
import type { Referral, ReferralMessage } from '../store/referrals.ts';

/** What a card says beside what was written. */
interface Told {
  /** Of the role that was asked. */
  readonly title: string;
  readonly dayOf: (instant: Date) => Day;
}

/** What is shown of a long exchange. */
const latest = 4;

/**
 * The standing card of one side: the question, the latest of what was written, and the state. It is sent
 * once and changed with every message.
 */
export function threadCard(referral: Referral, viewer: Account, { title, dayOf }: Told): Card {
  const { id, asker, receivers, question, messages } = referral;
  const isAsker = sameAccount(asker, viewer);
  const others = receivers.length > 1 ? ` It went to ${names(receivers)}. One answer is enough.` : '';
  const lead = isAsker
    ? `Your question has gone to ${names(receivers)}, your ${title}.`
    : `${asker.name} asks the ${title}.${others}`;
  const left = messages.length > latest ? [quiet(`Earlier messages: ${messages.length - latest}.`)] : [];
  const label = isAsker
    ? 'Write back'
    : messages.some(({ by }) => sameAccount(by, viewer))
      ? 'Add to it'
      : 'Answer';
  const waits = referral.state === 'waiting';
  return {
    summary: isAsker ? lead : `${asker.name} has a question for you`,
    elements: [
      { kind: 'heading', text: isAsker ? 'Your question' : 'A question for you' },
      { kind: 'text', text: lead },
      { kind: 'quote', text: question, source: isAsker ? 'You' : asker.name },
      ...left,
      ...messages
        .slice(-latest)
        .map(({ by, text }): Element => ({ kind: 'quote', text, source: nameFor(referral, by, viewer) })),
      { kind: 'text', text: stateOf(referral, dayOf), tone: 'strong' },
      ...(isAsker && waits ? [quiet('The answer will come to you here.')] : []),
      ...(isAsker && messages.length === 0
        ? []
        : row([
            {
              action: forms.personReply,
              value: id,
              label,
              ...(waits && !isAsker && { style: 'primary' as const }),
            },
          ])),
    ],
  };
}

/** Brings a new message to the other side. */
export function messageCard(
  referral: Referral,
  { by, text }: Omit<ReferralMessage, 'position' | 'at'>,
  viewer: Account,
): Card {
  const author = nameFor(referral, by, viewer);
  const isAnswer = sameAccount(referral.asker, viewer);
  const summary = isAnswer ? `${author} has answered your question` : `${author} has written back`;
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      { kind: 'quote', text, source: author },
      { kind: 'divider' },
      quiet(isAnswer ? 'You asked:' : 'The question was:'),
      { kind: 'quote', text: referral.question, source: nameFor(referral, referral.asker, viewer) },
      ...row([{ action: forms.personReply, value: referral.id, label: isAnswer ? 'Write back' : 'Answer' }]),
    ],
  };
}

/** The state in words: `Waiting for an answer`, `Answered by Grace Holloway on 24 November 2026`. */
function stateOf({ asker, receivers, messages, state }: Referral, dayOf: Told['dayOf']): string {
  if (state === 'withdrawn') return 'Taken back: it reached nobody.';
  const last = messages.findLast(({ by }) => !sameAccount(by, asker));
  if (state === 'waiting' || !last) return 'State: waiting for an answer.';
  const author = receivers.find((receiver) => sameAccount(receiver, last.by))?.name ?? 'a colleague';
  return `State: answered by ${author} on ${dateInWords(dayOf(last.at))}.`;
}

/** What somebody has asked lately, each with its state. */
export function askedElements(referrals: readonly Referral[], dayOf: Told['dayOf']): Element[] {
  if (referrals.length === 0) return [];
  return [
    { kind: 'heading', text: 'Questions you put to people' },
    ...referrals.map(
      (referral): Element => ({
        kind: 'text',
        text: `“${cut(referral.question, 150)}” (to ${names(referral.receivers)})\n${stateOf(referral, dayOf)}`,
      }),
    ),
  ];
}

export function nameFor({ asker, receivers }: Referral, who: Account, viewer: Account): string {
  if (sameAccount(who, viewer)) return 'You';
  return [asker, ...receivers].find((each) => sameAccount(each, who))?.name ?? 'A colleague';
}

const quiet = (text: string): Element => ({ kind: 'text', text, tone: 'quiet' });

/** What somebody sees who has reported that the policies do not answer their question. */
export function gapCard(question: string): Card {
  return {
    summary: 'Your question has been passed on without your name',
    elements: [
      { kind: 'text', text: 'Thank you. The policy’s owner will see this question:', tone: 'strong' },
      { kind: 'quote', text: question, source: 'Asked by a member of staff' },
      { kind: 'text', text: 'Your name was not kept, only the question and the day.', tone: 'quiet' },
    ],
  };
}

/** `Ada`, `Ada and Ben`, `Ada, Ben and Cy` */
export function names(people: readonly { readonly name: string }[]): string {
  const all = people.map(({ name }) => name);
  const last = all.pop() ?? 'nobody';
  return all.length > 0 ? `${all.join(', ')} and ${last}` : last;
}
