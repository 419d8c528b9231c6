import { stringify } from 'yaml';
import { action, type Element, type Form, field, type Origin, type Response } from '../../../src/chat/mod.ts';
import { type Composed, compose } from '../../../src/compose.ts';
import * as sealing from '../../../src/concerns/sealing/mod.ts';
import { createLogger } from '../../../src/log.ts';
import { type ManualClock, manualClock } from '../../../src/school/clock.ts';
import { temporaryFolder } from '../content.ts';
import { platformOf } from '../platform.ts';
import { phonesAnd } from '../policies.ts';
import { quickStretch } from './house.ts';
import type { Haystack } from './search.ts';
import { watchFolder } from './watch.ts';

/** Somebody who sends a concern, with all that a platform knows of them. */
export const sender = {
  id: 'U0SENDER9QX',
  name: 'Zebedee Quillfeather',
  email: 'zebedee.quillfeather@hill.example',
  conversation: 'D0DIRECT7WK',
  trigger: '8123456789.4242424242.c0ffee5eed',
  text: 'The caretaker zqsingsloudly in the boiler room',
} as const;

/** Every word that must be nowhere. */
export const needles = Object.values(sender);

const readers = [
  { id: 'U0READER1', name: 'Grace Holloway', email: 'head@hill.example', role: 'headteacher' },
  { id: 'U0READER2', name: 'Martin Ashe', email: 'm.ashe@hill.example', role: 'deputy-headteacher' },
] as const;

/** The whole bot with a platform, a log at its most talkative, and a sender. */
export interface World {
  readonly dataDir: string;
  readonly composed: Composed;
  readonly clock: ManualClock;
  /** All that was sent to anybody. */
  readonly sent: readonly { readonly person: string; readonly card: unknown; readonly key: string }[];
  /** All that was logged. */
  log(): string;
  /** Walks through the forms as the sender; gives the code. */
  send(text?: string): Promise<string>;
  /** The same, and all that could be read in files that were there only while it was being stored. */
  sendWatched(): Promise<{ readonly receipt: string; readonly seen: readonly Haystack[] }>;
  /** Comes back with the code, reads, and writes again. */
  comeBack(receipt: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** What a house's door hands in once a form has been sent: no origin. */
export async function openWorld(
  options: { readonly level?: string; readonly from?: string } = {},
): Promise<World> {
  await sealing.ready;
  let logged = '';
  const logger = createLogger(options.level ?? 'trace', {
    write(line) {
      logged += line;
    },
  });
  // Two days before anybody sends anything, so that what was made at the start is told from what was not.
  const clock = manualClock(new Date(options.from ?? '2026-11-23T07:00:00Z'));
  const school = {
    example: true,
    name: 'Hill Primary',
    // The sender is on the school's own list: a platform's list of people is kept for whoever is on none.
    people: [...readers, { ...sender, role: 'teacher' }].map(({ name, email, role }) => ({
      name,
      email,
      roles: [role],
    })),
  };
  const platform = platformOf({ people: [...readers, sender] });
  const dataDir = temporaryFolder();
  const composed = await compose({
    settings: {
      contentDir: phonesAnd({ 'school.yaml': stringify(school) }),
      dataDir,
      databaseUrl: undefined,
      publicUrl: 'https://hill.example',
    },
    clock,
    adapters: [platform.factory],
    logger,
  });
  await composed.start();
  for (const { role } of readers) {
    const offered = await composed.concerns.enrolments.offer(role);
    if (offered.kind !== 'offered') throw new Error(offered.message);
    const { sealed } = await sealing.enrol('marble kettle orbit seven', quickStretch);
    await composed.concerns.enrolments.enrol(offered.token, sealed);
  }
  clock.moveTo(new Date('2026-11-25T10:20:30.123Z'));

  const origin: Origin = {
    platform: 'fake',
    person: sender.id,
    conversation: sender.conversation,
    place: 'direct',
    delivery: sender.trigger,
  };
  let presses = 0;
  const press = (name: string): Promise<Response> =>
    composed.bot.handle({
      kind: 'press',
      origin: { ...origin, delivery: `${sender.trigger}${++presses}` },
      action: name,
      value: '',
    });
  const fill = ({ id, state }: Form, values: Readonly<Record<string, string>>): Promise<Response> =>
    composed.bot.anonymous({ form: id, values, ...(state !== undefined && { state }) });

  async function send(text: string = sender.text): Promise<string> {
    const about = formOf(await press(action.concern));
    const readersForm = formOf(await fill(about, { [field.concernAbout]: 'adult' }));
    const code = formOf(
      await fill(readersForm, { [field.concernKind]: 'conduct', [field.concernText]: text }),
    );
    return codeIn(code.intro);
  }

  return {
    dataDir,
    composed,
    clock,
    sent: platform.sent,
    log: () => logged,
    send,
    async sendWatched() {
      const watch = watchFolder(dataDir);
      const receipts: string[] = [];
      // Its journal is there for a moment only, which a busy machine may miss.
      do receipts.push(await send());
      while (!(await watch.hasSeen('concerns.db-journal')) && receipts.length < 50);
      return { receipt: receipts[0]!, seen: await watch.stop() };
    },
    async comeBack(receipt, text) {
      const thread = formOf(
        await fill(formOf(await press(action.concernCode)), { [field.codeReceipt]: receipt }),
      );
      const page = await fill(thread, { [field.codeReply]: text });
      if (page.kind !== 'page') throw new Error(page.kind);
    },
    close: () => composed.stop(),
  };
}

function formOf(response: Response): Form {
  if (response.kind !== 'form') throw new Error(JSON.stringify(response));
  return response.form;
}

const codeIn = (elements: readonly Element[]): string =>
  elements.flatMap((each) => (each.kind === 'heading' ? [each.text] : []))[0]!;
