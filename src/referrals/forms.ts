import { field, form as forms } from '../chat/actions.ts';
import type { Element } from '../chat/card.ts';
import type { Form } from '../chat/form.ts';
import { type Account, sameAccount } from '../school/people.ts';
import type { Referral } from '../store/referrals.ts';
import { nameFor, names } from './cards.ts';
import type { Found } from './receivers.ts';
import { TEXT_LIMIT } from './text.ts';

/** The form to write a question in. `draft` is what the asker typed before; comes back with the role as its state. */
export function questionForm({ receivers, title }: Found, role: string, draft?: string): Form {
  const whom = `${names(receivers)}, your ${title}`;
  return {
    id: forms.askPerson,
    title: 'Ask a person',
    intro: [
      {
        kind: 'text',
        text: `Your question goes to ${whom}, with your name. The answer comes to you alone, in our direct chat.`,
      },
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

/** The form to write to the other side, below what was written so far; comes back with the id as its state. */
export function writeForm(referral: Referral, author: Account, draft?: string): Form {
  const { id, asker, question, messages, receivers } = referral;
  const isAsker = sameAccount(asker, author);
  const earlier = messages.map(
    ({ text, by }): Element => ({ kind: 'quote', text, source: nameFor(referral, by, author) }),
  );
  const whom = isAsker ? names(receivers) : asker.name;
  return {
    id: forms.personReply,
    title: isAsker ? 'Write back' : 'Answer a question',
    intro: [
      { kind: 'quote', text: question, source: nameFor(referral, asker, author) },
      ...(earlier.length > 0 ? [{ kind: 'text', text: 'Written so far:' } as const, ...earlier] : []),
    ],
    inputs: [input(isAsker ? `Your message to ${whom}` : `Your answer to ${whom}`, draft)],
    submitLabel: 'Send',
    state: id,
  };
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
