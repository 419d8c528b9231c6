import { harmlessLine } from '../../src/chat/harmless.ts';
import type {
  Bot,
  Button,
  Card,
  Element,
  Form,
  FormValues,
  MessageRef,
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

/** A button that can be pressed now, whose it is, and the message it came with; none for a reply's. */
interface Pressable {
  readonly button: Button;
  readonly person: PlatformPerson;
  readonly reference?: MessageRef;
}

const howToUse = `Type a question and press Enter. To press a button, type its number.
This one terminal stands for everybody: /me NAME or /me ROLE makes you somebody else, /me lists who there is.
/quit leaves.`;

/** What goes on at the keyboard, from the first line to the last. */
export class Session {
  readonly #bot: Bot;
  readonly #terminal: Terminal;
  readonly #people: readonly PlatformPerson[];
  /** Messages that their reader has not seen, or with buttons that no other card has taken the place of. */
  readonly #inbox = new Map<MessageRef, Message>();
  /** By the number that stands on the screen. */
  readonly #pressable = new Map<number, Pressable>();
  #buttonsWereShown = false;
  #me: PlatformPerson;
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
      const heard = readLine(line, this.#buttonsWereShown);
      switch (heard.kind) {
        case 'nothing':
          break;
        case 'question':
          await this.#show(
            await this.#bot.handle({ kind: 'question', origin: this.#origin(), text: heard.text }),
          );
          break;
        case 'press':
          await this.#press(heard.number);
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

  /**
   * A message for somebody at this terminal, or what it is changed to. Its buttons get numbers that no other
   * has, and keep them until another card takes the place of the message.
   */
  receive(reference: MessageRef, message: Message): void {
    const { person, card } = message;
    this.#take(reference);
    const { text, buttons } = renderElements(card.elements, this.#screen, this.#pressable);
    this.#print(`(to ${person === this.#me ? 'you' : harmlessLine(person.name)}):\n${text}`);
    this.#offer(buttons, { person, reference });
    if (buttons.size > 0 || person !== this.#me) this.#inbox.set(reference, message);
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

  #offer(
    buttons: ReadonlyMap<number, Button>,
    whose: { readonly person: PlatformPerson; readonly reference?: MessageRef },
  ): void {
    for (const [number, button] of buttons) this.#pressable.set(number, { button, ...whose });
    this.#buttonsWereShown ||= buttons.size > 0;
  }

  /** Takes back the buttons of a message, or of the replies where there is none. */
  #take(reference?: MessageRef): void {
    for (const [number, pressable] of this.#pressable)
      if (pressable.reference === reference) this.#pressable.delete(number);
    if (reference !== undefined) this.#inbox.delete(reference);
  }

  async #press(number: number): Promise<void> {
    const pressed = this.#pressable.get(number);
    if (!pressed) {
      const there = [...this.#pressable.keys()].sort((one, other) => one - other);
      const or = there.length > 0 ? `Please type one of these: ${there.join(', ')}; or` : 'Please type';
      this.#say(`There is no button ${number} now. ${or} a question.`);
      return;
    }
    const { button, person, reference } = pressed;
    const name = harmlessLine(person.name);
    if (person !== this.#me) {
      this.#say(`That button is for ${name}. Type "/me ${name}" first to be them.`);
      return;
    }
    const message = reference === undefined ? undefined : this.#inbox.get(reference);
    if (message) this.#shown = message.card.elements;
    const { action, value } = button;
    const replaced = await this.#show(
      await this.#bot.handle({ kind: 'press', origin: this.#origin(), action, value }),
    );
    if (replaced && reference !== undefined) this.#take(reference);
  }

  /** Tells whether what is shown takes the place of the card whose button led to it. */
  async #show(response: Response): Promise<boolean> {
    switch (response.kind) {
      case 'card':
      case 'page':
        this.#draw(response.card.elements);
        break;
      case 'replace':
        this.#draw(response.card.elements, this.#shown);
        return true;
      case 'form':
        return this.#fillIn(response.form);
      case 'invalid':
        this.#say(Object.values(response.errors).map(harmlessLine).join('\n'));
        break;
      case 'nothing':
        break;
    }
    return false;
  }

  /** What has scrolled by can't be changed, so of a card that takes the place of another only what is new is shown. */
  #draw(elements: readonly Element[], before: readonly Element[] = []): void {
    const known = new Set(before.map((element) => JSON.stringify(element)));
    const news = elements.filter((each) => each.kind === 'buttons' || !known.has(JSON.stringify(each)));
    this.#take();
    const { text, buttons } = renderElements(news, this.#screen, this.#pressable);
    this.#print(text);
    this.#offer(buttons, { person: this.#me });
    this.#shown = elements;
  }

  /** Tells the same as `#show` of what comes of it. */
  async #fillIn(form: Form): Promise<boolean> {
    this.#print(renderElements([{ kind: 'heading', text: form.title }, ...form.intro], this.#screen).text);
    this.#say(howToFillIn);
    const conversation = {
      say: (text: string) => this.#say(text),
      ask: (prompt: string) => this.#terminal.ask(prompt),
    };
    let values = await fillIn(form, conversation);
    while (values) {
      const response = await this.#submit(form, values);
      const replaced = await this.#show(response);
      if (response.kind !== 'invalid') return replaced;
      values = await fillIn(form, conversation, values, new Set(Object.keys(response.errors)));
    }
    this.#say('Stopped. Nothing was sent.');
    return false;
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
      this.#take();
      this.#say(`You are ${describe(person)}.`);
      for (const [reference, message] of [...this.#inbox])
        if (message.person === person) this.receive(reference, message);
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
