import type { Card, Element } from '../chat/mod.ts';
import type { Content } from '../content/content.ts';

/** What a start has led to. */
export interface Started {
  readonly content: Pick<Content, 'school' | 'policies'>;
  /** The web server's, without a slash at the end. */
  readonly url: string;
  /** Nothing where it is off. `noBrowser`: whoever sits there has to open one. */
  readonly preview?: { readonly address: string; readonly noBrowser: boolean };
  /** Whether the bot speaks through a chat platform. */
  readonly platform: boolean;
  /** Whether it answers already: a chat platform may be away. */
  readonly ready: boolean;
  /** Whether somebody sits at a terminal. */
  readonly interactive: boolean;
}

/** What whoever started the bot reads first: where it is, and what to try. */
export function startedCard({ content, url, preview, platform, ready, interactive }: Started): Card {
  const { school, policies } = content;
  const summary = ready
    ? 'The staff guidance bot is running.'
    : 'The staff guidance bot has started. It answers as soon as its chat can be reached.';
  const titles =
    policies.length > 5 ? String(policies.length) : policies.map(({ title }) => title).join(', ');
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      {
        kind: 'fields',
        fields: [
          ...(preview ? [{ label: 'Open in a browser', value: preview.address }] : []),
          { label: 'School', value: `${school.name}${school.example ? ' (a made-up example)' : ''}` },
          { label: 'Policies', value: titles },
          { label: 'Health', value: `${url}/healthz` },
        ],
      },
      ...(preview ? whatToTry(preview) : []),
      ...(!preview && !platform && !interactive ? [text(howToTalk)] : []),
    ],
  };
}

function whatToTry({ noBrowser }: NonNullable<Started['preview']>): Element[] {
  return [
    ...(noBrowser
      ? [text('No browser can be opened from here. Open one yourself, and go to that address.')]
      : []),
    text('What to try first'),
    text(
      [
        '• Be Aisha Malik, a teacher, and ask “can I friend a parent?”',
        '• Look at “Home”, and acknowledge a policy.',
        '• Move the time on, and watch who is reminded.',
        '• Be the headteacher, and look at the report.',
        '• Raise a concern, then open the inbox as one of its readers.',
      ].join('\n'),
    ),
    text('Nothing of this leaves this machine. “npm start -- --fresh” begins anew.', 'quiet'),
  ];
}

const text = (words: string, tone?: 'quiet'): Element => ({
  kind: 'text',
  text: words,
  ...(tone && { tone }),
});

const howToTalk =
  'There is no terminal here to type in. To talk to the bot, use "npm start" in a terminal, ask one question with ' +
  'npm run -s ask -- "question", or send it lines on standard input.';
