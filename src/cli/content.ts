import { relative } from 'node:path';
import { prepare } from '../answers/prepare.ts';
import { harmless } from '../chat/harmless.ts';
import type { Element } from '../chat/mod.ts';
import { readEnvironment, readSettings, type Settings } from '../config.ts';
import { checkContent } from '../content/check.ts';
import { describeFault } from '../content/fault.ts';
import { loadContent } from '../content/load.ts';
import { createReferrals, type Referrals } from '../referrals/referrals.ts';
import { systemClock } from '../school/clock.ts';
import { createPeople } from '../school/people.ts';
import { openStore } from '../store/open.ts';
import { readFlags } from './flags.ts';
import { type Command, type Shell, screenOf, UsageError } from './shell.ts';
import { teach } from './teach.ts';

const usage = `Usage: npm run -s content -- check [DIR]        finds what is wrong in a folder of policies
       npm run -s content -- learn              reads and learns it now, so that the next start is quick
       npm run -s content -- gaps               lists questions that staff reported as not answered
       npm run -s content -- teach GAP ENTRY    makes such a question a phrasing of an entry of guidance.yaml
       npm run -s content -- dismiss GAP        takes such a question off the list for good
       npm run -s content -- feedback           lists how often each answer helped, and did not
  --content DIR   another folder of policies than the one in the settings`;

const options = { content: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

/** Work with what a subcommand was given: its words, the content folder, and the shell. */
type Work = (words: readonly string[], settings: Settings, shell: Shell) => Promise<number>;

const works: Readonly<Record<string, { readonly words: number; readonly work: Work }>> = {
  check: { words: 0, work: async (_words, { contentDir }, shell) => check(contentDir, shell) },
  learn: {
    words: 0,
    async work(_words, { contentDir }) {
      await prepare(contentDir);
      // Loading what a start loads keeps its compiled form too.
      await import('./start.ts');
      return 0;
    },
  },
  gaps: {
    words: 0,
    work: (_words, settings, shell) => withReferrals(settings, (referrals) => listGaps(referrals, shell)),
  },
  teach: {
    words: 2,
    work: ([gap = '', entry = ''], settings, shell) =>
      withReferrals(settings, (referrals) =>
        teach({ gap, entry, directory: settings.contentDir, referrals, shell }),
      ),
  },
  dismiss: {
    words: 1,
    work: ([gap = ''], settings, shell) =>
      withReferrals(settings, (referrals) => dismiss(gap, referrals, shell)),
  },
  feedback: {
    words: 0,
    work: (_words, settings, shell) => withReferrals(settings, (referrals) => listFeedback(referrals, shell)),
  },
};

/** What a school's office does with its content: check it, and let it learn. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  const [name = '', ...words] = positionals;
  const known = Object.hasOwn(works, name) ? works[name] : undefined;
  if (!known)
    throw new UsageError(name === '' ? 'What is to be done?' : `There is no "content ${name}".`, usage);
  // "check" takes the folder as a word, too.
  const folder = values.content ?? (name === 'check' ? words.shift() : undefined);
  if (words.length !== known.words)
    throw new UsageError(`"content ${name}" takes other words than these.`, usage);
  const settings = readSettings({
    ...readEnvironment(process.cwd(), shell.environment),
    ...(folder !== undefined && { CONTENT_DIR: folder }),
  });
  return known.work(words, settings, shell);
};

function check(directory: string, { output }: Shell): number {
  const faults = checkContent(directory);
  for (const fault of faults) output.write(`${harmless(describeFault(fault))}\n`);
  const near = relative(process.cwd(), directory);
  const where = harmless(near === '' || near.startsWith('..') ? directory : near);
  if (faults.length > 0) {
    output.write(`${count(faults.length, 'fault')} in ${where}.\n`);
    return 1;
  }
  const { policies } = loadContent(directory);
  const clauses = policies.flatMap((policy) => policy.clauses).length;
  const entries = policies.flatMap((policy) => policy.guidance).length;
  output.write(
    `${where} is in order: ${count(policies.length, 'policy', 'policies')}, ${count(clauses, 'clause')}, ` +
      `${count(entries, 'entry', 'entries')} of guidance.\n`,
  );
  return 0;
}

async function listGaps(referrals: Referrals, shell: Shell): Promise<number> {
  const gaps = await referrals.gaps();
  const fields = gaps.map(({ id, question, near, day, times }) => ({
    label: id,
    value:
      `“${question}” Reported ${times === 1 ? 'once' : `${times} times`}, last on ${day}.` +
      (near ? ` It came nearest to ${near.entry ?? 'a clause'} of ${near.policy}.` : ''),
  }));
  await print(shell, [
    fields.length > 0
      ? { kind: 'fields', fields }
      : { kind: 'text', text: 'Nobody has reported a question.' },
  ]);
  return 0;
}

async function dismiss(gap: string, referrals: Referrals, { output, errors }: Shell): Promise<number> {
  const dismissed = await referrals.dismissGap(gap);
  if (dismissed) output.write(`${gap} is off the list.\n`);
  else
    errors.write(`There is no question ${harmless(gap)} on the list. "content gaps" shows what there is.\n`);
  return dismissed ? 0 : 1;
}

async function listFeedback(referrals: Referrals, shell: Shell): Promise<number> {
  const feedback = await referrals.feedback();
  const fields = [...feedback]
    .sort((one, other) => other.unhelpful - one.unhelpful)
    .map(({ policy, entry, version, helpful, unhelpful }) => ({
      label: `${entry} of ${policy}${version === undefined ? '' : `, version ${version}`}`,
      value: `not helpful ${count(unhelpful, 'time')}, helpful ${count(helpful, 'time')}`,
    }));
  await print(shell, [
    fields.length > 0 ? { kind: 'fields', fields } : { kind: 'text', text: 'Nobody has judged an answer.' },
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

/** The list of questions and counts of the bot's own store, which is closed again afterwards. */
async function withReferrals(
  { contentDir, dataDir, databaseUrl }: Settings,
  work: (referrals: Referrals) => Promise<number>,
): Promise<number> {
  const { school } = loadContent(contentDir);
  const clock = systemClock;
  const store = await openStore({ dataDir, clock, ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    return await work(createReferrals({ store, clock, school, people: () => createPeople(school, []) }));
  } finally {
    await store.close();
  }
}

const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
