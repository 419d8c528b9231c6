import { cut } from '../chat/cut.ts';
import { action, type Card, type Element } from '../chat/mod.ts';
import type { Content } from '../content/content.ts';
import { exampleQuestions } from './examples.ts';

interface Help {
  /** For somebody who opens the bot for the first time. */
  readonly welcome?: boolean;
  /** Whether there is a concern form to offer. */
  readonly concern: boolean;
}

/** What the bot can do, with questions to try it on. */
export function helpCard(content: Content, { welcome = false, concern }: Help): Card {
  const lead = `I answer questions about the policies of ${content.school.name}, in the policy’s own words.`;
  const questions = exampleQuestions(content);
  return {
    summary: lead,
    elements: [
      { kind: 'heading', text: welcome ? 'Hello' : 'What I can do' },
      text(lead),
      text('Ask as you would ask a colleague. Or type one of these words:'),
      text(
        [
          '• “policy” to read it yourself',
          '• “status” to see what you have to acknowledge',
          ...(concern ? ['• “concern” to raise one without your name'] : []),
          '• “home” for all of that in one place, “help” for this',
        ].join('\n'),
      ),
      text(
        'I keep no questions. One is kept, or sent to a person, only when you press a button that says so. ' +
          'If a child may be at risk, don’t ask me: call 999 if there is danger now, and tell your safeguarding lead.',
      ),
      ...(questions.length === 0
        ? []
        : [
            text('For example:'),
            {
              kind: 'buttons' as const,
              buttons: questions.map((question) => ({
                action: action.ask,
                value: question,
                label: cut(question, 75),
              })),
            },
          ]),
    ],
  };
}

const text = (words: string): Element => ({ kind: 'text', text: words });
