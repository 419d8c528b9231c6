import { setTimeout as pause } from 'node:timers/promises';
import type { FormValues } from '../../../src/chat/mod.ts';
import type { Driver, Shown } from '../../contract/harness.ts';
import type { FakeSlack } from './fake-slack.ts';
import { Person } from './person.ts';
import { readSurface, type Surface } from './workspace.ts';

/** How long the bot makes no call before it counts as having said all, milliseconds. */
const quietFor = 30;

/** A person at the fake Slack who chats in their direct chat with the bot. */
export function slackDriver(slack: FakeSlack): Driver {
  const people = new Map<string, Person>();
  /** How much each had seen when they were last played. */
  const marks = new Map<string, number>();
  let me: Person;
  let current: readonly Surface[] = [];

  async function seeing(surfaces: readonly Surface[], errors: readonly string[] = []): Promise<Shown> {
    current = surfaces;
    marks.set(me.id, me.mark);
    const read = surfaces.map(readSurface);
    return {
      text: [...read.map(({ text }) => text), ...errors].join('\n'),
      buttons: read.flatMap(({ buttons }) => buttons.map(({ label }) => label)),
      form: me.modal?.view.submit !== undefined,
    };
  }

  async function quiet(): Promise<void> {
    for (let calls = -1; calls !== slack.calls.length; await pause(quietFor)) calls = slack.calls.length;
  }

  /** What comes before their eyes once the bot has said all. */
  async function after(mark: number, wanted: (surface: Surface) => boolean): Promise<Shown> {
    await me.next(mark, wanted);
    await quiet();
    const last = new Map<unknown, Surface>();
    for (const surface of me.since(mark).filter(wanted)) last.set(idOf(surface), surface);
    return seeing([...last.values()].slice(-1));
  }

  return {
    async ask(text) {
      const { mark } = me;
      await me.write(text);
      return after(mark, (surface) => surface.kind === 'message' && surface.message.user !== me.id);
    },
    async press(label) {
      const { mark } = me;
      const surface = current.findLast((each) =>
        readSurface(each).buttons.some((button) => button.label === label),
      );
      if (!surface) throw new Error(`There is no button “${label}”`);
      await me.press(surface, label);
      return after(mark, ({ kind }) => kind !== 'closed');
    },
    async fill(values: FormValues) {
      const { mark } = me;
      const { body } = await me.submit(values);
      if (body.response_action === 'errors')
        return seeing(me.since(mark), Object.values(body.errors as Record<string, string>));
      if (body.response_action === 'update') return seeing(me.since(mark).slice(-1));
      return after(mark, ({ kind }) => kind === 'message');
    },
    async become(email) {
      const member = slack.workspace.members.find((each) => each.email === email);
      if (!member) throw new Error(`Nobody has the address ${email}`);
      me = people.get(email) ?? new Person(slack, member.id);
      people.set(email, me);
      await quiet();
      return seeing(me.since(marks.get(me.id) ?? 0));
    },
    everything: () => slack.workspace.everything(),
  };
}

function idOf(surface: Surface): unknown {
  switch (surface.kind) {
    case 'message':
      return surface.message.ts;
    case 'modal':
      return surface.view.id;
    default:
      return surface.kind;
  }
}
