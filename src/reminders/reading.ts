import { row } from '../chat/buttons.ts';
import { cut } from '../chat/cut.ts';
import {
  action,
  type Button,
  type Card,
  checkField,
  type Element,
  type Form,
  form as forms,
} from '../chat/mod.ts';
import { type CheckQuestion, type Policy, quoteOf } from '../content/content.ts';
import { reviewOverdue } from '../content/policy-in-words.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Changes, KeptClause } from './changes.ts';
import type { Obligation } from './obligation.ts';
import { counted, dueInWords, nameOfText } from './words.ts';

/** A policy in front of somebody who is to acknowledge it. */
export interface Reading {
  readonly policy: Policy;
  readonly obligation: Obligation;
  /** In the person's own time zone. */
  readonly today: Day;
  /** What the card's own buttons hand back. */
  readonly value: string;
  readonly checkQuestions: readonly CheckQuestion[];
  /** Against the version that this person signed last, where they have and it was another text. */
  readonly since?: { readonly version: string; readonly on: Day; readonly changes: Changes };
  /** How many other policies this person has to acknowledge. */
  readonly others: number;
  /** Said above all else. */
  readonly notice?: string;
}

const mostAnswers = 3;
const mostChanges = 6;
const mostSections = 4;
const answerLength = 200;
const changeLength = 240;
const hintLength = 420;

/** The words that are kept with an acknowledgement, as they stand above the button. */
export const statement = (obligation: Pick<Obligation, 'title' | 'version'>): string =>
  `I have read and understood: ${nameOfText(obligation)}.`;

/** The card that carries a policy: what it says in short, what is new, where to read it, and the button. */
export function readingCard(reading: Reading): Card {
  const { policy, obligation, today, value, checkQuestions, others, notice } = reading;
  const late = reviewOverdue(policy, today);
  const questions = checkQuestions.length;
  return {
    summary: `To read and acknowledge: ${nameOfText(obligation)}`,
    elements: [
      ...(notice === undefined ? [] : [{ kind: 'text', text: notice, tone: 'warning' } as const]),
      { kind: 'heading', text: policy.title },
      {
        kind: 'fields',
        fields: [
          ...(policy.version === undefined ? [] : [{ label: 'Version', value: policy.version }]),
          { label: 'To acknowledge', value: dueInWords(obligation.due, today) },
        ],
      },
      ...(late === undefined ? [] : [{ kind: 'text', text: `${late}.`, tone: 'warning' } as const]),
      ...sinceElements(reading),
      ...inShort(policy),
      ...row([
        { action: action.policy, value: `${policy.id} 1`, label: 'Read the policy' },
        ...changedSections(reading),
      ]),
      { kind: 'divider' },
      ...(questions > 0 ? [text(`The button asks you ${counted(questions, 'short question')} first.`)] : []),
      { kind: 'text', text: `By pressing it you say: “${statement(obligation)}”` },
      ...row([
        { action: action.acknowledgeConfirm, value, label: 'I have read and understood', style: 'primary' },
        { action: action.acknowledgeQuestion, value, label: 'I have a question' },
      ]),
      ...(others > 0
        ? [
            quiet(
              others === 1
                ? '1 more policy waits for you after this one.'
                : `${others} more policies wait for you after this one.`,
            ),
          ]
        : []),
    ],
  };
}

/** The check questions. Sending the form is the acknowledgement. */
export function checkForm({ obligation, value, checkQuestions }: Reading): Form {
  return {
    id: forms.acknowledge,
    title: 'Check questions',
    intro: [
      text('Choose what the policy says. You can try again as often as you like.'),
      text(`By sending this you say: “${statement(obligation)}”`),
    ],
    inputs: checkQuestions.map(({ question, options }, index) => ({
      kind: 'choice',
      name: checkField(index + 1),
      label: question,
      options: options.map((option, nth) => ({ value: String(nth + 1), label: option })),
    })),
    submitLabel: 'Read and understood',
    state: value,
  };
}

/** What is said at a check question that was answered wrong: the clause that has the answer. */
export function hintFor({ because }: CheckQuestion, { clauses, sections }: Policy): string {
  const lead = 'That is not what the policy says.';
  const clause = clauses.find(({ id }) => id === because);
  if (!clause) return `${lead} Please look it up, and choose again.`;
  const section = sections.find(({ id }) => id === clause.section)?.title;
  const place = section ? `${section}, clause ${clause.position}` : `Clause ${clause.position}`;
  return `${lead} ${place}: “${cut(quoteOf(clause), hintLength)}” Please choose again.`;
}

function sinceElements({ since }: Reading): Element[] {
  if (!since) return [];
  const { added, changed, removed } = since.changes;
  const signed = `you acknowledged version ${since.version} on ${dateInWords(since.on)}`;
  const lines = [
    ...added.map(({ text: words }) => `New: ${cut(words, changeLength)}`),
    ...changed.map(({ after }) => `Changed: ${cut(after.text, changeLength)}`),
    ...removed.map(({ text: words }) => `Taken out: ${cut(words, changeLength)}`),
  ];
  if (lines.length === 0) return [quiet(`No clause has changed since ${signed}.`)];
  const more = lines.length - mostChanges;
  return [
    { kind: 'text', text: `What has changed since ${signed}:`, tone: 'strong' },
    ...lines.slice(0, mostChanges).map(text),
    ...(more > 0 ? [quiet(`And ${counted(more, 'more change')}. Please read the policy.`)] : []),
  ];
}

/** The sections in which something is new, to read them whole. */
function changedSections({ policy, since }: Reading): Button[] {
  if (!since) return [];
  const { added, changed } = since.changes;
  const clauses: KeptClause[] = [...added, ...changed.map(({ after }) => after)];
  const touched = new Set(clauses.map(({ section }) => section));
  return policy.sections
    .filter(({ id }) => touched.has(id))
    .slice(0, mostSections)
    .map(({ id, title }) => ({
      action: action.section,
      value: `${policy.id} ${id} 1`,
      label: `Changed: ${title || policy.title}`,
    }));
}

/** What people ask most, in the school's own plain words; or else what the policy's sections are. */
function inShort({ guidance, sections }: Policy): Element[] {
  const answers = guidance
    .filter(({ verdict }) => verdict !== 'info')
    .sort((one, other) => other.phrasings.length - one.phrasings.length)
    .slice(0, mostAnswers);
  if (answers.length > 0)
    return [
      { kind: 'text', text: 'In short', tone: 'strong' },
      ...answers.map(({ question, answer }) => text(`${question}\n${cut(answer, answerLength)}`)),
    ];
  const titles = sections.map(({ title }) => title).filter((title) => title !== '');
  return titles.length === 0 ? [] : [text(`It speaks of: ${cut(titles.join(', '), 400)}.`)];
}

const text = (words: string): Element => ({ kind: 'text', text: words });
const quiet = (words: string): Element => ({ kind: 'text', text: words, tone: 'quiet' });
