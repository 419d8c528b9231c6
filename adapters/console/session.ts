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

/** A button that can be pressed now, whose it is, and what it came with: a message, or else a reply. */
interface Pressable {
  readonly button: Button;
  readonly person: PlatformPerson;
  readonly reference?: MessageRef | typeof page;
}

/** What is read beside a card, whose buttons stay. */
const page = Symbol('page');

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
   * has, and keep them until another card takes the place of the message. One of many is named alone to
   * whoever it is not for, so that the screen is not flooded.
   */
  receive(reference: MessageRef, message: Message, bulk = false): void {
    const { person, card } = message;
    this.#take(reference);
    if (bulk && person !== this.#me) {
      const name = harmlessLine(person.name);
      this.#say(`(to ${name}): ${harmlessLine(card.summary)}. To see it, type "/me ${name}".`);
      this.#inbox.set(reference, message);
      return;
    }
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

  #offer(buttons: ReadonlyMap<number, Button>, whose: Omit<Pressable, 'button'>): void {
    for (const [number, button] of buttons) this.#pressable.set(number, { button, ...whose });
    this.#buttonsWereShown ||= buttons.size > 0;
  }

  /** Takes back the buttons of a message or a page, or of the replies where there is none. */
  #take(reference?: Pressable['reference']): void {
    for (const [number, pressable] of this.#pressable)
      if (pressable.reference === reference) this.#pressable.delete(number);
    if (typeof reference === 'string') this.#inbox.delete(reference);
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
    const message = typeof reference === 'string' ? this.#inbox.get(reference) : undefined;
    if (message) this.#shown = message.card.elements;
    const { action, value } = button;
    const response = await this.#bot.handle({ kind: 'press', origin: this.#origin(), action, value });
    await this.#show(response, typeof reference === 'string' ? reference : undefined);
  }

  /** `reference` is the message whose button led to it, where it was one. */
  async #show(response: Response, reference?: MessageRef): Promise<void> {
    switch (response.kind) {
      case 'card':
        this.#draw(response.card);
        break;
      case 'page':
        this.#take(page);
        this.#drawWithButtons(response.card.elements, page);
        break;
      case 'replace':
        if (reference !== undefined) this.#take(reference);
        this.#draw(response.card, this.#shown, reference);
        break;
      case 'form':
        await this.#fillIn(response.form, reference);
        break;
      case 'invalid':
        this.#say(Object.values(response.errors).map(harmlessLine).join('\n'));
        break;
      case 'nothing':
        break;
    }
  }

  /** What has scrolled by can't be changed, so of a card that takes the place of another only what is new is shown. */
  #draw(card: Card, before: readonly Element[] = [], reference?: MessageRef): void {
    const known = new Set(before.map((element) => JSON.stringify(element)));
    const news = card.elements.filter((each) => each.kind === 'buttons' || !known.has(JSON.stringify(each)));
    this.#take();
    this.#take(page);
    const buttons = this.#drawWithButtons(news, reference);
    if (reference !== undefined && buttons > 0) this.#inbox.set(reference, { person: this.#me, card });
    this.#shown = card.elements;
  }

  /** Returns how many buttons there are. */
  #drawWithButtons(elements: readonly Element[], reference?: Pressable['reference']): number {
    const { text, buttons } = renderElements(elements, this.#screen, this.#pressable);
    this.#print(text);
    this.#offer(buttons, { person: this.#me, ...(reference !== undefined && { reference }) });
    return buttons.size;
  }

  async #fillIn(form: Form, reference?: MessageRef): Promise<void> {
    this.#print(renderElements([{ kind: 'heading', text: form.title }, ...form.intro], this.#screen).text);
    this.#say(howToFillIn(form));
    const conversation = {
      say: (text: string) => this.#say(text),
      ask: (prompt: string) => this.#terminal.ask(prompt),
    };
    let values = await fillIn(form, conversation);
    while (values) {
      const response = await this.#submit(form, values);
      await this.#show(response, reference);
      if (response.kind !== 'invalid') return;
      values = await fillIn(form, conversation, values, new Set(Object.keys(response.errors)));
    }
    this.#say(form.cancelLabel === undefined ? 'Stopped. This form was not sent.' : 'Closed.');
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
      this.#take(page);
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
