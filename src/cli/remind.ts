import type { Reminder } from '../reminders/obligation.ts';
import { createReminders } from '../reminders/reminders.ts';
import { readInstant } from './at.ts';
import { readFlags } from './flags.ts';
import { type Office, withOffice } from './office.ts';
import { type Command, type Shell, UsageError } from './shell.ts';

const usage = `Usage: npm run -s remind -- --dry-run      shows who would get a reminder now, one line of JSON a message
       npm run -s remind                   sends them. A bot that is running does so by itself
  --at 2026-12-01T09:00   as if it were that time, in the school's time zone`;

const options = {
  at: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Exit code 1 where somebody may have been missed. */
export const command: Command = async (given, shell) => {
  const { values, positionals } = readFlags(given, options, usage);
  if (values.help) {
    shell.output.write(`${usage}\n`);
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`What is "${positionals[0]}"?`, usage);
  const { at } = values;
  if (values['dry-run']) return withOffice(shell, (office) => foretell(at, office, shell));
  // Only who sends pays for the whole bot.
  const { sendReminders } = await import('./send-reminders.ts');
  return sendReminders(at, shell);
};

async function foretell(at: string | undefined, office: Office, shell: Shell): Promise<number> {
  const { content, store, clock } = office;
  const instant = at === undefined ? clock.now() : readInstant(at, content.school.time_zone, 'refused');
  const { people, whole } = await office.everybody();
  const reminders = createReminders({
    store,
    content,
    clock,
    people: () => people,
    deliver: nothingGoes,
    revise: nothingGoes,
    onFault() {},
  });
  const due = await reminders.due(instant);
  const lines = due.map(line).sort((one, other) => (one.person < other.person ? -1 : 1));
  for (const each of lines) shell.output.write(`${JSON.stringify(each)}\n`);
  if (lines.length === 0) shell.errors.write('Nobody is to be reminded at that time.\n');
  return whole ? 0 : 1;
}

const nothingGoes = async () => ({ kind: 'blocked', reason: 'this is a trial' }) as const;

const line = ({ person, rung, items }: Reminder) => ({
  person: person.id,
  rung,
  items: items.map(({ policy, version, due }) => ({ policy, version, due })),
});
