import { serveTeams } from '../support/teams/bot.ts';
import { buttonsOf, checkCard, textOf } from '../support/teams/cards.ts';
import { type Answered, buttonOf, cardOf, Persona } from '../support/teams/persona.ts';
import { FakeTeams } from '../support/teams/service.ts';
import { describeAdapter } from './contract.ts';
import type { Driver, Harness, Shown } from './harness.ts';

/** A person who reads cards in their own chat with the bot, presses, and fills in dialogs. */
async function openTeams(): Promise<Harness> {
  const teams = await FakeTeams.open();
  const served = await serveTeams(teams);
  const personas = new Map(
    [
      ['Aisha Malik', 'aisha@hill.example'],
      ['Grace Holloway', 'head@hill.example'],
    ].map(([name = '', email = '']) => [email, new Persona(teams, served.url, teams.member(name, email))]),
  );

  let me = [...personas.values()][0]!;
  /** What is open or was shown last, with the buttons that can be pressed on it. */
  let dialog: unknown;
  /** Id of the message a card came with. */
  const seen = (): { readonly id: string; readonly card: unknown } | undefined => {
    const last = [...teams.conversations.get(me.chat.id)!.messages].at(-1);
    return last && { id: last[0], card: cardOf(last[1]) };
  };
  const shownOf = (card: unknown, form: boolean): Shown => {
    const problems = checkCard(card);
    if (problems.length > 0) throw new Error(problems.join('\n'));
    const buttons = buttonsOf(card).map(({ title }) => String(title));
    return { text: textOf(card), buttons: form ? [] : buttons, form };
  };
  const isForm = (card: unknown): boolean => JSON.stringify(card).includes('"Input.');
  const look = ({ body, posted, status }: Answered): Shown => {
    if (status !== 200) throw new Error(`The bot answered ${status}`);
    const inPlace = cardOf(body);
    const task = (body as { task?: { type: string } } | undefined)?.task;
    dialog = task?.type === 'continue' ? inPlace : undefined;
    if (inPlace !== undefined) return shownOf(inPlace, isForm(inPlace));
    const last = posted.at(-1);
    return last ? shownOf(cardOf(last), false) : { text: '', buttons: [], form: false };
  };

  const driver: Driver = {
    ask: async (text) => look(await me.say(text)),
    async press(label) {
      const message = seen();
      if (!message) throw new Error('There is nothing to press');
      return look(await me.press(buttonOf(message.card, label), me.chat, message.id));
    },
    async fill(values) {
      const send = buttonsOf(dialog).at(-1);
      if (!send) throw new Error('No dialog is open');
      const typed = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, [value].flat().map(String).join(',')]),
      );
      return look(await me.submit(send, typed));
    },
    async become(email) {
      const persona = personas.get(email);
      if (!persona) throw new Error(`Nobody is ${email}`);
      me = persona;
      dialog = undefined;
      const cards = [...teams.conversations.get(me.chat.id)!.messages.values()].map(cardOf);
      const last = cards.at(-1);
      if (last === undefined) return { text: '', buttons: [], form: false };
      return { ...shownOf(last, false), text: cards.map(textOf).join('\n') };
    },
    everything: () =>
      [...teams.conversations.values()]
        .flatMap(({ messages }) => [...messages.values()])
        .map(textAsSent)
        .join('\n'),
  };
  return {
    factory: served.factory,
    async driver() {
      for (const persona of personas.values()) await persona.install();
      return driver;
    },
    // Teams’ own: dates and mentions that a client works out, Markdown where it counts, control characters.
    forbidden: /\{\{|(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]|"type":"TextBlock"[^}]*[*_`[\]<>]/u,
    async close() {
      await served.close();
      await teams.close();
    },
  };
}

/**
 * A message as it is shown in the chat: without what its buttons hand back, and without what stands for it in a
 * notification.
 */
const textAsSent = (message: unknown): string =>
  JSON.stringify(message, (key, value: unknown) => (notShown.has(key) ? undefined : value));

const notShown = new Set(['data', 'summary', 'fallbackText']);

describeAdapter('Microsoft Teams', openTeams);
