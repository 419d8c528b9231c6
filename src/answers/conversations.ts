import { randomUUID } from 'node:crypto';
import { Bounded } from '../chat/bounded.ts';
import type { Reply, Turn } from './reply.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long a question is kept, in milliseconds. */
const lifetime = 10 * minute;

/** Characters; nobody needs more of a question than what can be sent to a person. */
const typedLength = 3_000;

/** So many questions of one conversation are kept. */
const questionsKept = 5;

interface Asked {
  readonly turn: string;
  /** As typed; of a follow-up also what it follows up on, line by line. */
  readonly typed: string;
  /** The message alone, as typed. */
  readonly text: string;
  readonly expires: number;
}

interface Last {
  readonly before: Turn;
  /** The latest first. */
  readonly asked: readonly Asked[];
}

/**
 * What the bot remembers of a conversation, in memory alone and for a short while: the last questions of
 * each, for follow-ups and for "ask a person"; and what a reply said, without the question, for its buttons.
 */
export class Conversations {
  readonly #last: Bounded<Last>;
  readonly #replies: Bounded<Reply>;
  readonly #pressed: Bounded<true>;
  readonly #shared: Bounded<true>;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.#last = new Bounded(2_000, { lifetime, now });
    this.#replies = new Bounded(5_000, { lifetime: day, now });
    this.#pressed = new Bounded(5_000, { lifetime: day, now });
    this.#shared = new Bounded(5_000, { lifetime: day, now });
  }

  /** Keeps a turn and gives it a name, which the buttons of its card hand back. */
  remember(conversation: string, text: string, reply: Reply): string {
    const turn = randomUUID();
    const { kind, asked, why } = reply;
    const before = this.#asked(conversation);
    const [earlier] = asked === text ? [] : before;
    const typed = (earlier === undefined ? text : `${earlier.typed}\n${text}`).slice(-typedLength);
    const latest = { turn, typed, text: text.slice(0, typedLength), expires: this.#now() + lifetime };
    this.#last.set(conversation, {
      before: { question: asked.slice(0, typedLength), kind },
      asked: [latest, ...before].slice(0, questionsKept),
    });
    // Why a reply was chosen quotes words of the question.
    const wordless = { candidates: [], corrected: [], slots: [], rule: why.rule };
    this.#replies.set(turn, { ...reply, asked: '', why: wordless });
    return turn;
  }

  /** Nothing of this conversation is remembered any more. */
  leave(conversation: string): void {
    this.#last.delete(conversation);
  }

  /** The turn before, for an answerer. */
  before(conversation: string): Turn | undefined {
    return this.#last.get(conversation)?.before;
  }

  /** What was typed for a turn, as long as it is one of the conversation's last and fresh. */
  typed(conversation: string, turn: string): string | undefined {
    return this.#asked(conversation).find((each) => each.turn === turn)?.typed;
  }

  /** The message of a turn alone, under the same condition. */
  text(conversation: string, turn: string): string | undefined {
    return this.#asked(conversation).find((each) => each.turn === turn)?.text;
  }

  #asked(conversation: string): readonly Asked[] {
    const asked = this.#last.get(conversation)?.asked ?? [];
    return asked.filter(({ expires }) => expires > this.#now());
  }

  /** What was replied, for a day. */
  reply(turn: string): Reply | undefined {
    return this.#replies.get(turn);
  }

  /** Whether a button that counts once has been pressed: helpful, not helpful, missing. */
  wasPressed(turn: string): boolean {
    return this.#pressed.get(turn) ?? false;
  }

  press(turn: string): void {
    this.#pressed.set(turn, true);
  }

  /** Whether a reply that one person saw has been shown to all. */
  wasShared(turn: string): boolean {
    return this.#shared.get(turn) ?? false;
  }

  share(turn: string): void {
    this.#shared.set(turn, true);
  }

  /** Drops what is too old, also when nobody asks. */
  forget(): void {
    this.#last.forget();
    this.#replies.forget();
    this.#pressed.forget();
    this.#shared.forget();
  }
}
