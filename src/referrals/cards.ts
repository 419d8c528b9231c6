import { form as forms } from '../chat/actions.ts';
import { row } from '../chat/buttons.ts';
import type { Card } from '../chat/card.ts';
import type { Referral } from '../store/referrals.ts';

/** What the asker sees when a question has gone out. */
export function sentCard({ receivers, question }: Referral, title: string): Card {
  const whom = `${names(receivers)}, your ${title}`;
  return {
    summary: `Your question has gone to ${whom}`,
    elements: [
      { kind: 'text', text: `Your question has gone to ${whom}.`, tone: 'strong' },
      { kind: 'quote', text: question, source: 'You' },
      { kind: 'text', text: 'The answer will come to you here.', tone: 'quiet' },
    ],
  };
}

/** What everybody who is asked gets. */
export function questionCard({ id, asker, receivers, question }: Referral, title: string): Card {
  const others = receivers.length > 1 ? ` It went to ${names(receivers)}. One answer is enough.` : '';
  return {
    summary: `${asker.name} has a question for you`,
    elements: [
      { kind: 'heading', text: 'A question for you' },
      { kind: 'text', text: `${asker.name} asks the ${title}.${others}` },
      { kind: 'quote', text: question, source: asker.name },
      ...row([{ action: forms.personReply, value: id, label: 'Answer', style: 'primary' }]),
    ],
  };
}

/** What the asker gets when somebody has answered. */
export function answerCard({ question }: Referral, answer: string, author: string): Card {
  return {
    summary: `${author} has answered your question`,
    elements: [
      { kind: 'heading', text: `${author} has answered` },
      { kind: 'quote', text: answer, source: author },
      { kind: 'divider' },
      { kind: 'text', text: 'You asked:', tone: 'quiet' },
      { kind: 'quote', text: question, source: 'You' },
    ],
  };
}

/** What takes the place of the question card once its reader has answered. */
export function answeredCard({ id, asker, question }: Referral, answer: string): Card {
  return {
    summary: `Your answer has gone to ${asker.name}`,
    elements: [
      { kind: 'text', text: `Your answer has gone to ${asker.name}.`, tone: 'strong' },
      { kind: 'quote', text: question, source: asker.name },
      { kind: 'quote', text: answer, source: 'You' },
      ...row([{ action: forms.personReply, value: id, label: 'Add to it' }]),
    ],
  };
}

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
