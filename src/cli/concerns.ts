import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Element } from '../chat/mod.ts';
import { type Concerns, createConcerns } from '../concerns/concerns.ts';
import { aboutWords, kindWords } from '../concerns/kinds.ts';
import { openConcernStore } from '../concerns/store/open.ts';
import { weekOf } from '../concerns/weeks.ts';
import { abouts } from '../content/schema/concerns.ts';
import { createCalendar } from '../school/calendar.ts';
import { readFlags } from './flags.ts';
import { type Office, withOffice } from './office.ts';
import { type Command, InputError, type Shell, screenOf, UsageError } from './shell.ts';

const usage = `Usage: npm run -s concerns -- handlers add ROLE ["NAME"]   makes a link with which the holder of a role becomes a
                                                  reader of concerns; it works once, for seven days
       npm run -s concerns -- handlers list       shows who reads concerns, and which have too few readers
       npm run -s concerns -- handlers remove ID  ends somebody's time as a reader: their key is destroyed
       npm run -s concerns -- backup [FILE]       copies the concerns, sealed as they are
       npm run -s concerns -- statistics [--json] shows what governors may see: whole terms, small numbers hidden`;

const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** Work with the words after its name. */
interface Work {
  readonly fewest: number;
  readonly most: number;
  run(words: readonly string[], desk: Desk, json: boolean): Promise<number>;
}

interface Desk {
  readonly concerns: Concerns;
  readonly office: Office;
  readonly shell: Shell;
}

const works: Readonly<Record<string, Work>> = {
  'handlers add': { fewest: 1, most: 2, run: ([role = '', name], desk) => add(role, name, desk) },
  'handlers list': { fewest: 0, most: 0, run: (_words, desk) => list(desk) },
  'handlers remove': { fewest: 1, most: 1, run: ([id = ''], desk) => remove(id, desk) },
  backup: { fewest: 0, most: 1, run: ([file], desk) => backup(file, desk) },
  statistics: { fewest: 0, most: 0, run: (_words, desk, json) => showStatistics(desk, json) },
};

/** What whoever runs the bot does for anonymous concerns. None of it opens one. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  const name = Object.keys(works).find((each) => `${positionals.join(' ')} `.startsWith(`${each} `));
  const work = name === undefined ? undefined : works[name];
  if (name === undefined || !work)
    throw new UsageError(
      positionals.length === 0 ? 'What is to be done?' : `There is no "concerns ${positionals.join(' ')}".`,
      usage,
    );
  const words = positionals.slice(name.split(' ').length);
  if (words.length < work.fewest || words.length > work.most)
    throw new UsageError(`"concerns ${name}" takes other words than these.`, usage);
  return withOffice(shell, async (office) => {
    const people = await office.listed();
    const { school } = office.content;
    const store = await openConcernStore(office.settings.dataDir, office.clock);
    try {
      const concerns = createConcerns({ store, clock: office.clock, school, people: () => people });
      return await work.run(words, { concerns, office, shell }, values.json === true);
    } finally {
      await store.close();
    }
  });
};

async function add(
  role: string,
  name: string | undefined,
  { concerns, office: { settings }, shell: { output, errors } }: Desk,
): Promise<number> {
  const offered = await concerns.enrolments.offer(role, name);
  if (offered.kind === 'refused') {
    errors.write(`${offered.message}\n`);
    return 1;
  }
  const { host, port, publicUrl = `http://${host}:${port}` } = settings;
  output.write(
    `${publicUrl}/inbox#enrol=${offered.token}\n\n` +
      `This link is for ${offered.name}, your ${offered.title}, and nobody else. It works once, within seven days.\n` +
      'Hand it over in person, not in a chat. They choose a passphrase and print a recovery key: keep neither.\n',
  );
  return 0;
}

async function list(desk: Desk): Promise<number> {
  const { concerns, shell } = desk;
  const readers = await concerns.enrolments.enrolled();
  const routes = await Promise.all(
    abouts.map(async (about) => ({
      about,
      route: await concerns.senders.readersFor({ about, exclude: [] }),
    })),
  );
  const elements: Element[] = [
    readers.length === 0
      ? {
          kind: 'text',
          text: 'Nobody reads concerns yet, so nothing can be sent. Begin with: handlers add dsl',
        }
      : {
          kind: 'fields',
          fields: readers.map(({ id, name, title, standing }) => ({
            label: `${name}, ${title}`,
            value: `${standingWords[standing]} (${id})`,
          })),
        },
    { kind: 'text', text: 'Who reads a concern about' },
    {
      kind: 'fields',
      fields: routes.map(({ about, route }) => {
        const names = route.kind === 'readers' ? [...new Set(route.readers.map(({ name }) => name))] : [];
        const few = names.length === 1 ? '. One reader is too few: enrol a second' : '';
        const nobody = 'nobody; whoever has one is shown the outside bodies';
        return { label: aboutWords[about], value: names.length > 0 ? `${names.join(', ')}${few}` : nobody };
      }),
    },
    ...((await concerns.isOverdue())
      ? [
          {
            kind: 'text',
            text: 'Something has waited in the inbox for more than a week. Ask the readers to look at it.',
            tone: 'warning',
          } as const,
        ]
      : []),
  ];
  await print(shell, elements);
  return 0;
}

const standingWords = {
  reading: 'reads concerns',
  away: 'does not hold the role now, or is away: hand over their concerns',
  left: 'reads no more',
} as const;

async function remove(id: string, { concerns, shell: { output, errors } }: Desk): Promise<number> {
  const ended = await concerns.enrolments.end(id);
  if (ended)
    output.write('Their key is destroyed. What only they could read can’t be read by anybody now.\n');
  else errors.write('There is no reader with this id. "handlers list" shows them.\n');
  return ended ? 0 : 1;
}

async function backup(
  given: string | undefined,
  { concerns, office, shell: { output } }: Desk,
): Promise<number> {
  const { backups } = concerns.upkeep;
  const day = createCalendar(office.content.school).dayOf(office.clock.now());
  const file = resolve(given ?? `${backups.folder}/by-hand-${weekOf(day)}.db`);
  if (existsSync(file))
    throw new InputError(`${file} is there already. Name another file, or take that one away.`);
  await backups.copyTo(file);
  output.write(
    `${file}\nIt is sealed as concerns.db is. To put it back: stop the bot and copy it over that file.\n`,
  );
  return 0;
}

async function showStatistics({ concerns, shell }: Desk, json: boolean): Promise<number> {
  const terms = await concerns.statistics();
  if (json) {
    for (const term of terms) shell.output.write(`${JSON.stringify(term)}\n`);
    return 0;
  }
  const inWords = (n: number | undefined): string => (n === undefined ? 'hidden' : String(n));
  const elements = terms.flatMap(({ term, total, kinds }): Element[] => [
    { kind: 'heading', text: term },
    {
      kind: 'fields',
      fields: [
        { label: 'All', value: total === undefined ? 'fewer than 5' : String(total) },
        ...kinds.map(({ kind, n }) => ({ label: kindWords[kind], value: inWords(n) })),
      ],
    },
  ]);
  await print(shell, [
    ...(elements.length > 0
      ? elements
      : [{ kind: 'text', text: 'No term with concerns is over yet.' } as const]),
    {
      kind: 'text',
      text: 'A number under 5 is hidden, and so is a second one where the gap would give it away. A term shows once it is over.',
      tone: 'quiet',
    },
  ]);
  return 0;
}

async function print(
  { cardDrawer, output, environment }: Shell,
  elements: readonly Element[],
): Promise<void> {
  const draw = await cardDrawer();
  output.write(`${draw({ summary: '', elements }, screenOf(output, environment))}\n`);
}
