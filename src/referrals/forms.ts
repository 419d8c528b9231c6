import { field, form as forms } from '../chat/actions.ts';
import type { Element } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import { type Account, sameAccount } from '../school/people.ts';
import type { Receiver, Referral } from '../store/referrals.ts';
import { names } from './cards.ts';
import type { Found } from './receivers.ts';
import { TEXT_LIMIT } from './text.ts';

/** The form to write a question in. `draft` is what the asker typed before; comes back with the role as its state. */
export function questionForm({ receivers, title }: Found, role: string, draft?: string): Form {
  const whom = `${names(receivers)}, your ${title}`;
  return {
    id: forms.askPerson,
    title: 'Ask a person',
    intro: [
      { kind: 'text', text: `Your question goes to ${whom}, with your name. The answer comes to you here.` },
      {
        kind: 'text',
        text: 'If a child may be in danger, don’t wait for an answer here. Tell your designated safeguarding lead now.',
        tone: 'warning',
      },
    ],
    inputs: [input('Your question', draft)],
    submitLabel: 'Send',
    state: role,
  };
}

/** The form to write an answer in, below the question and what was answered so far; comes back with the id as its state. */
export function answerForm({ id, asker, question, answers, receivers }: Referral): Form {
  const earlier = answers.map(
    ({ text, by }): Element => ({ kind: 'quote', text, source: authorOf(receivers, by) }),
  );
  return {
    id: forms.personReply,
    title: 'Answer a question',
    intro: [
      { kind: 'quote', text: question, source: asker.name },
      ...(earlier.length > 0 ? [{ kind: 'text', text: 'Answered so far:' } as const, ...earlier] : []),
    ],
    inputs: [input(`Your answer to ${asker.name}`)],
    submitLabel: 'Send',
    state: id,
  };
}

function authorOf(receivers: readonly Receiver[], by: Account): string {
  return receivers.find((receiver) => sameAccount(receiver, by))?.name ?? 'A colleague';
}

function input(label: string, initial?: string): Form['inputs'][number] {
  const text = {
    kind: 'text',
    name: field.personText,
    label,
    multiline: true,
    maxLength: TEXT_LIMIT,
  } as const;
  return initial === undefined ? text : { ...text, initial: initial.slice(0, TEXT_LIMIT) };
}
