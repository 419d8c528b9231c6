import { readFileSync, statSync } from 'node:fs';
import { harmless } from '../chat/harmless.ts';
import { describeFault, type Fault } from '../content/fault.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { Person } from '../school/people.ts';
import { type PersonOfFile, readPeopleFile } from '../school/people-file.ts';
import { type Clash, importPeople, removePerson } from '../store/people.ts';
import { forgetVanished } from '../store/platform-people.ts';
import { readFlags } from './flags.ts';
import { type Office, withOffice } from './office.ts';
import { recordPaper, revoke } from './paper.ts';
import { type Command, InputError, type Shell, UsageError } from './shell.ts';

const usage = `Usage: npm run -s people -- import FILE     adds people to the office's list, or updates them
       npm run -s people -- list            shows whom the office's list and school.yaml name, and who is gone
                                            from Slack or Teams and has no last day yet
       npm run -s people -- remove ID       takes somebody off the list who never belonged there, by id or e-mail
       npm run -s people -- paper ID POLICY --signed 2026-11-20 --reason "no account" --by "Susan Lark"
                                            puts a signature on paper on record
       npm run -s people -- revoke NUMBER --reason "wrong person" --by "Susan Lark"
                                            makes an acknowledgement count no more, by its number in the report
  --version V   paper: another version of the policy than today's
  --json        list: one line of JSON a person
FILE is CSV in UTF-8 with the first line id,email,name,role,start,leave,away_until. Somebody who leaves stays on
the list, with a day in "leave".`;

const options = {
  json: { type: 'boolean' },
  signed: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  version: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flag = Exclude<keyof typeof options, 'help'>;

/** What stands behind a subcommand: its words, which flags it needs and which it may have. */
interface Work {
  readonly words: number;
  readonly needs: readonly Flag[];
  readonly may: readonly Flag[];
  run(words: readonly string[], flags: Flags, office: Office, shell: Shell): Promise<number>;
}

type Flags = Readonly<Partial<Record<Exclude<Flag, 'json'>, string>>> & { readonly json?: boolean };

const works: Readonly<Record<string, Work>> = {
  import: {
    words: 1,
    needs: [],
    may: [],
    run: ([file = ''], _flags, office, shell) => importFile(file, office, shell),
  },
  list: {
    words: 0,
    needs: [],
    may: ['json'],
    run: (_words, flags, office, shell) => list(flags, office, shell),
  },
  remove: {
    words: 1,
    needs: [],
    may: [],
    run: ([id = ''], _flags, office, shell) => remove(id, office, shell),
  },
  paper: {
    words: 2,
    needs: ['signed', 'reason', 'by'],
    may: ['version'],
    run: ([person = '', policy = ''], flags, office, shell) =>
      recordPaper(
        {
          person,
          policy,
          version: flags.version,
          signed: flags.signed ?? '',
          reason: flags.reason ?? '',
          by: flags.by ?? '',
        },
        office,
        shell,
      ),
  },
  revoke: {
    words: 1,
    needs: ['reason', 'by'],
    may: [],
    run: ([number = ''], flags, office, shell) =>
      revoke({ number, reason: flags.reason ?? '', by: flags.by ?? '' }, office, shell),
  },
};

/** What a school's office does with its people: who there is, and what they signed on paper. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  const { help, ...flags } = values;
  if (help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  const [name = '', ...words] = positionals;
  const work = Object.hasOwn(works, name) ? works[name] : undefined;
  if (!work)
    throw new UsageError(name === '' ? 'What is to be done?' : `There is no "people ${name}".`, usage);
  if (words.length !== work.words)
    throw new UsageError(`"people ${name}" takes other words than these.`, usage);
  for (const flag of work.needs)
    if (!flags[flag]) throw new UsageError(`"people ${name}" needs --${flag}.`, usage);
  const known: readonly string[] = [...work.needs, ...work.may];
  const wrong = Object.keys(flags).find((flag) => !known.includes(flag));
  if (wrong !== undefined) throw new UsageError(`"people ${name}" has no --${wrong}.`, usage);
  return withOffice(shell, (office) => work.run(words, flags, office, shell));
};

const MOST_MEGABYTES = 16;

async function importFile(
  file: string,
  { content, store }: Office,
  { output, errors }: Shell,
): Promise<number> {
  const { people, faults } = readPeopleFile(readBytes(file), content.school.roles);
  const refuse = (found: readonly Omit<Fault, 'file'>[]): number => {
    for (const fault of found) errors.write(`${harmless(describeFault({ file, ...fault }))}\n`);
    const count = found.length === 1 ? '1 fault' : `${found.length} faults`;
    errors.write(
      `Nobody was imported: there ${found.length === 1 ? 'is' : 'are'} ${count} in ${harmless(file)}.\n`,
    );
    return 1;
  };
  if (faults.length > 0) return refuse(faults);
  const result = await importPeople(
    store,
    people.map(({ person }) => person),
  );
  if (!('kind' in result)) return refuse(result.map((clash) => clashFault(clash, people)));
  const { added, updated, unchanged } = result;
  output.write(
    `${added} added, ${updated} updated, ${unchanged} unchanged. A bot that is running knows within the hour.\n`,
  );
  return 0;
}

/** @throws InputError where the file can't be read */
function readBytes(file: string): Uint8Array {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new InputError(`${file} is a folder. Name the CSV file in it.`);
    if (found.size > MOST_MEGABYTES * 1024 * 1024)
      throw new InputError(`${file} is larger than ${MOST_MEGABYTES} MB. Is it the right file?`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT' || code === 'ENOTDIR'
        ? `There is no file ${file}. Check its name, and the folder that you are in.`
        : `${file} can't be read (${code}). Let your account read it, and close other programs that hold it.`,
    );
  }
}

function clashFault({ index, key, other }: Clash, people: readonly PersonOfFile[]): Omit<Fault, 'file'> {
  const value = people[index]?.person[key];
  return {
    line: people[index]?.line ?? 0,
    what: `${key}: ${value === undefined ? 'what the list has for this person' : `"${value}"`} is ${other.name}'s on the list.`,
    todo: 'Give each person an id and an e-mail of their own, or remove the other one first.',
  };
}

async function list({ json }: Flags, office: Office, { output }: Shell): Promise<number> {
  const { all } = await office.listed();
  const { roles } = office.content.school;
  const people = [...all].sort((one, other) => one.name.localeCompare(other.name, 'en-GB'));
  for (const person of people)
    output.write(json ? `${JSON.stringify(line(person))}\n` : `${harmless(inWords(person, roles))}\n`);
  if (!json && people.length === 0)
    output.write('Neither the office’s list nor school.yaml names anybody.\n');
  return 0;
}

/** With the names of the CSV file's columns. */
const line = ({ id, email, name, roles, start, leave, awayUntil, rolesFrom }: Person) => ({
  id,
  email: email ?? '',
  name,
  role: roles.join(';'),
  start: start ?? '',
  leave: leave ?? '',
  away_until: awayUntil ?? '',
  from: rolesFrom,
});

function inWords(person: Person, roles: Office['content']['school']['roles']): string {
  const { id, email, name, start, leave, awayUntil, vanished, rolesFrom } = person;
  return [
    `${name} (${email === undefined || email === id ? id : `${id}, ${email}`})`,
    person.roles.map((role) => roles[role]?.title ?? role).join(', '),
    ...(start === undefined ? [] : [`first day ${dateInWords(start)}`]),
    ...(leave === undefined ? [] : [`last day ${dateInWords(leave)}`]),
    ...(awayUntil === undefined ? [] : [`away until ${dateInWords(awayUntil)}`]),
    vanished === undefined ? sources[rolesFrom] : `on no chat since ${dateInWords(vanished)}`,
  ].join(' · ');
}

const sources: Readonly<Record<Person['rolesFrom'], string>> = {
  list: 'from the office’s list',
  school: 'from school.yaml',
  platform: 'from a chat platform',
};

async function remove(id: string, { store }: Office, { output, errors }: Shell): Promise<number> {
  const removed = (await removePerson(store, id)) ?? (await forgetVanished(store, id));
  if (removed)
    output.write(
      `${harmless(removed.name)} is taken off. What they acknowledged is kept. Somebody whom school.yaml or a platform names is still known from there.\n`,
    );
  else
    errors.write(
      `Nobody on the office’s list, or gone from a platform, has the id or e-mail ${harmless(id)}. "people list" shows who there is.\n`,
    );
  return removed ? 0 : 1;
}
