import { Bounded } from '../../src/chat/bounded.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterPorts,
  Bot,
  Card,
  MessageRef,
  Outcome,
  PlatformPerson,
  SendOptions,
} from '../../src/chat/mod.ts';
import { type Message, Session } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface ConsoleOptions {
  /** Called when the adapter starts: from then on, what is typed is read. */
  readonly openTerminal: () => Terminal;
  /** The role of whoever sits at the keyboard to begin with; the first person of all where nobody holds it. */
  readonly startAs: string;
  /** Called once nobody sits there any more: Ctrl-C, Ctrl-D, /quit, or a terminal that failed. */
  readonly onLeave: () => void;
}

const name = 'console';

/** A terminal as a chat platform: one screen and one keyboard, which stand for everybody. */
export function createConsole(options: ConsoleOptions): AdapterFactory {
  return { name, create: (ports) => new ConsoleAdapter(options, ports) };
}

class ConsoleAdapter implements Adapter {
  readonly name = name;
  readonly #options: ConsoleOptions;
  readonly #people: readonly PlatformPerson[];
  readonly #messages = new Bounded<Message>(200);
  #session: Session | undefined;
  #running: Promise<void> | undefined;

  constructor(options: ConsoleOptions, { people }: AdapterPorts) {
    this.#options = options;
    this.#people = people.length > 0 ? people : [{ id: 'you', name: 'You' }];
  }

  async start(bot: Bot): Promise<void> {
    const { openTerminal, startAs, onLeave } = this.#options;
    const session = new Session(bot, openTerminal(), this.#people, startAs);
    this.#session = session;
    this.#running = session.run().then(
      (end) => {
        // A file or a pipe that has ended is no reason to stop: messages still come out.
        if (end === 'left') onLeave();
      },
      (error: unknown) => {
        onLeave();
        throw error;
      },
    );
    // A fault of the terminal is told by `stop`, which is what leaving leads to.
    this.#running.catch(() => {});
  }

  async stop(): Promise<void> {
    this.#session?.close();
    await this.#running;
    this.#session = undefined;
  }

  ready(): boolean {
    return this.#session !== undefined;
  }

  async send(person: string, card: Card, key: string, { bulk }: SendOptions = {}): Promise<Outcome> {
    const sent: Outcome = { kind: 'sent', message: key };
    if (this.#messages.get(key)) return sent;
    const recipient = this.#people.find(({ id }) => id === person);
    if (!recipient || !this.#session) return { kind: 'blocked', reason: 'they are not at this terminal' };
    this.#keep(key, { person: recipient, card }, bulk);
    return sent;
  }

  async update(reference: MessageRef, card: Card): Promise<Outcome> {
    const message = this.#messages.get(reference);
    if (!message) return { kind: 'blocked', reason: 'that message is not known any more' };
    this.#keep(reference, { ...message, card });
    return { kind: 'sent', message: reference };
  }

  async *people(): AsyncIterable<PlatformPerson> {
    yield* this.#people;
  }

  #keep(reference: MessageRef, message: Message, bulk = false): void {
    this.#messages.set(reference, message);
    this.#session?.receive(reference, message, bulk);
  }
}
