import type {
  AnonymousForm,
  Card,
  Element,
  MessageRef,
  Origin,
  Request,
  Response,
  Tone,
} from '../chat/mod.ts';

export type Question = Extract<Request, { kind: 'question' }>;
export type Press = Extract<Request, { kind: 'press' }>;
export type FilledForm = Extract<Request, { kind: 'form' }>;

type Turn<Kind> = (request: Kind) => Promise<Response> | Response;

/** What one job does in the chat. The bot hands each request to the job that knows its name. */
export interface Turns {
  /** By what is typed, and nothing else: such as `status`. */
  readonly words?: Readonly<Record<string, Turn<Question>>>;
  /** What was typed under a message of this job's; undefined where that is none of its own. */
  readonly under?: (request: Question, message: MessageRef) => Promise<Response | undefined>;
  /** By a button's action. */
  readonly presses?: Readonly<Record<string, Turn<Press>>>;
  /** By a form's id. */
  readonly forms?: Readonly<Record<string, Turn<FilledForm>>>;
  /** By a form's id, for forms that come without a sender. */
  readonly anonymousForms?: Readonly<Record<string, Turn<AnonymousForm>>>;
  /** What this job puts on somebody's home view; nothing where it has nothing for them. */
  readonly home?: (origin: Origin) => Promise<readonly Element[]> | readonly Element[];
  /** Drops what is remembered for a short while and is too old now. */
  readonly forget?: () => void;
}

/** A reply in the place where somebody asked, which is theirs alone after a command. */
export const shown = ({ place }: Origin, card: Card): Response => ({
  kind: 'card',
  card,
  audience: place === 'command' ? 'asker' : 'place',
});

export const toAsker = (card: Card): Response => ({ kind: 'card', card, audience: 'asker' });

/** What is for one person's eyes: where others read along, they do not see it. */
export const privately = (origin: Origin, card: Card): Response =>
  origin.place === 'channel' ? toAsker(card) : shown(origin, card);

export const says = (text: string, tone: Tone = 'normal'): Card => ({
  summary: text,
  elements: [{ kind: 'text', text, tone }],
});
