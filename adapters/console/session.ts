import { harmlessLine } from '../../src/chat/harmless.ts';
import type {
  Bot,
  Button,
  Card,
  Element,
  Form,
  FormValues,
  Origin,
  PlatformPerson,
  Response,
} from '../../src/chat/mod.ts';
import { fillIn, howToFillIn } from './form.ts';
import { findPeople, readLine } from './receive.ts';
import { renderElements, type Screen } from './render.ts';
import type { Terminal } from './terminal.ts';

/** A card in somebody's direct chat. */
export interface Message {
  readonly person: PlatformPerson;
  readonly card: Card;
}

/** A button that can be pressed now, and whose it is. */
interface Pressable {
  readonly button: Button;
  readonly person: PlatformPerson;
}

const howToUse = `Type a question and press Enter. To press a button, type its number.
This one terminal stands for everybody: /me NAME or /me ROLE makes you somebody else, /me lists who there is.
/quit leaves.`;

/** What goes on at the keyboard, from the first line to the last. */
export class Session {
  readonly #bot: Bot;
  readonly #terminal: Terminal;
  readonly #people: readonly PlatformPerson[];
  readonly #inbox = new Map<PlatformPerson, Message>();
  #me: PlatformPerson;
  #pressable: readonly Pressable[] = [];
  /** The card that was shown last, to tell what a replacement adds. */
  #shown: readonly Element[] = [];
  #deliveries = 0;

  /** `people` holds at least one; `startAs` is a role. */
  constructor(bot: Bot, terminal: Terminal, people: readonly PlatformPerson[], startAs: string) {
    this.#bot = bot;
    this.#terminal = terminal;
    this.#people = people;
    // Somebody who is only that: a headteacher who teaches would be asked their own questions.
    this.#me = people.find(({ groups }) => groups?.length === 1 && groups[0] === startAs) ?? people[0]!;
  }

  /** Until the person leaves, or the lines of a file or a pipe have ended. */
  async run(): Promise<'left' | 'ended'> {
    const { interactive } = this.#terminal;
    if (interactive) {
      await this.#show(await this.#bot.handle({ kind: 'welcome', origin: this.#origin() }));
      this.#say(howToUse);
    }
    for (;;) {
      const line = await this.#terminal.ask(`${harmlessLine(this.#me.name)}> `);
      if (line === undefined) return interactive ? 'left' : 'ended';
      const heard = readLine(line, this.#pressable.length);
      switch (heard.kind) {
        case 'nothing':
          break;
        case 'question':
          await this.#show(
            await this.#bot.handle({ kind: 'question', origin: this.#origin(), text: heard.text }),
          );
          break;
        case 'press':
          await this.#press(this.#pressable[heard.number - 1]!);
          break;
        case 'number out of range':
          this.#say(`Please type a number from 1 to ${heard.last}, or a question.`);
          break;
        case 'me':
          this.#become(heard.name);
          break;
        case 'unknown command':
          this.#say(`There is no ${heard.command} here.\n${howToUse}`);
          break;
        case 'leave':
          return 'left';
      }
    }
  }

  /** A message for somebody at this terminal. Its buttons are numbered on from those that are there, which stay. */
  receive(message: Message): void {
    const { person, card } = message;
    this.#inbox.set(person, message);
    const { text, buttons } = renderElements(card.elements, this.#screen, this.#pressable.length + 1);
    this.#print(`(to ${person === this.#me ? 'you' : harmlessLine(person.name)}):\n${text}`);
    this.#pressable = [...this.#pressable, ...buttons.map((button) => ({ button, person }))];
  }

  close(): void {
    this.#terminal.close();
  }

  /** Every line is a delivery of its own: what is typed twice was meant twice. */
  #origin(): Origin {
    const { id } = this.#me;
    return {
      platform: 'console',
      person: id,
      conversation: id,
      place: 'direct',
      delivery: String(++this.#deliveries),
    };
  }

  async #press({ button: { action, value }, person }: Pressable): Promise<void> {
    const name = harmlessLine(person.name);
    if (person !== this.#me) this.#say(`That button is for ${name}. Type "/me ${name}" first to be them.`);
    else await this.#show(await this.#bot.handle({ kind: 'press', origin: this.#origin(), action, value }));
  }

  async #show(response: Response): Promise<void> {
    switch (response.kind) {
      case 'card':
        this.#draw(response.card.elements);
        break;
      case 'replace':
        this.#draw(response.card.elements, this.#shown);
        break;
      case 'form':
        await this.#fillIn(response.form);
        break;
      case 'invalid':
        this.#say(Object.values(response.errors).map(harmlessLine).join('\n'));
        break;
      case 'nothing':
        break;
    }
  }

  /** What has scrolled by can't be changed, so of a card that takes the place of another only what is new is shown. */
  #draw(elements: readonly Element[], before: readonly Element[] = []): void {
    const known = new Set(before.map((element) => JSON.stringify(element)));
    const news = elements.filter((each) => each.kind === 'buttons' || !known.has(JSON.stringify(each)));
    const { text, buttons } = renderElements(news, this.#screen);
    this.#print(text);
    this.#pressable = buttons.map((button) => ({ button, person: this.#me }));
    this.#shown = elements;
  }

  async #fillIn(form: Form): Promise<void> {
    this.#print(renderElements([{ kind: 'heading', text: form.title }, ...form.intro], this.#screen).text);
    this.#say(howToFillIn);
    const conversation = {
      say: (text: string) => this.#say(text),
      ask: (prompt: string) => this.#terminal.ask(prompt),
    };
    let values = await fillIn(form, conversation);
    while (values) {
      const response = await this.#submit(form, values);
      await this.#show(response);
      if (response.kind !== 'invalid') return;
      values = await fillIn(form, conversation, values, new Set(Object.keys(response.errors)));
    }
    this.#say('Stopped. Nothing was sent.');
  }

  /** An anonymous form leaves here without who filled it in. */
  #submit({ id, state, anonymous }: Form, values: FormValues): Promise<Response> {
    const filled = { form: id, values, ...(state !== undefined && { state }) };
    return anonymous
      ? this.#bot.anonymous(filled)
      : this.#bot.handle({ kind: 'form', origin: this.#origin(), ...filled });
  }

  #become(name: string): void {
    const found = name === '' ? this.#people : findPeople(this.#people, name);
    const [person] = found;
    if (!person) this.#say(`There is nobody called "${harmlessLine(name)}" here. /me lists who there is.`);
    else if (name === '' || found.length > 1) {
      const lines = found.map((each) => `${describe(each)}${each === this.#me ? ', which is you now' : ''}`);
      this.#say(lines.join('\n'));
    } else {
      this.#me = person;
      this.#pressable = [];
      this.#say(`You are ${describe(person)}.`);
      const waiting = this.#inbox.get(person);
      if (waiting) this.receive(waiting);
    }
  }

  /** The adapter's own words. */
  #say(text: string): void {
    this.#print(renderElements([{ kind: 'text', text, tone: 'quiet' }], this.#screen).text);
  }

  #print(text: string): void {
    this.#terminal.print(`${text}\n\n`);
  }

  get #screen(): Screen {
    return { width: this.#terminal.width(), colour: this.#terminal.colour };
  }
}

function describe({ name, groups }: PlatformPerson): string {
  return harmlessLine(groups && groups.length > 0 ? `${name} (${groups.join(', ')})` : name);
}
