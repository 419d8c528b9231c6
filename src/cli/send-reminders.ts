import { harmless } from '../chat/harmless.ts';
import { compose } from '../compose.ts';
import { readEnvironment, readSettings } from '../config.ts';
import { createLogger } from '../log.ts';
import type { DeliveryProgress } from '../reminders/delivery.ts';
import { createCalendar } from '../school/calendar.ts';
import { systemClock } from '../school/clock.ts';
import { failedReminders } from '../store/reminder-outcomes.ts';
import { readInstant } from './at.ts';
import { sayUnlisted, withOffice } from './office.ts';
import { progressBar } from './progress-bar.ts';
import { refuseExample } from './refuse-example.ts';
import { InputError, type Shell } from './shell.ts';

/**
 * Sends the reminders that are due at a time, as far as they have not gone, on the platforms that the settings
 * name. Exit code 1 where somebody was not reached or may have been missed.
 */
export async function sendReminders(at: string | undefined, shell: Shell): Promise<number> {
  const settings = readSettings(readEnvironment(process.cwd(), shell.environment));
  const adapters = await shell.platforms(settings);
  if (adapters.length === 0)
    throw new InputError(
      'Reminders go out on Slack or Teams, and neither is set in .env. To see who would get one, add --dry-run.',
    );
  const logger = createLogger(settings.logLevel ?? 'warn');
  const composed = await compose({ settings, clock: systemClock, adapters, logger });
  const stopping = new AbortController();
  const forget = shell.onStopSignal(() => stopping.abort());
  try {
    const { school } = composed.content;
    refuseExample(composed.content, settings);
    const instant = at === undefined ? systemClock.now() : readInstant(at, school.time_zone, 'refused');
    const silent = await composed.prepare();
    for (const { name } of silent) sayUnlisted(name, shell);
    const bar = progressBar(shell.errors, 'done');
    const progress = await composed.reminders.send(instant, {
      signal: stopping.signal,
      onProgress: ({ waiting, total }) => bar.show(total - waiting, total),
    });
    bar.end();
    shell.output.write(`${inWords(progress)}\n`);
    if (stopping.signal.aborted) shell.errors.write('Stopped. The same command carries on from here.\n');
    await composed.stop();
    const missed = progress.waiting + progress.blocked;
    if (missed > 0) await sayWhomNot(createCalendar(school).dayOf(instant), shell);
    return missed > 0 || silent.length > 0 ? 1 : 0;
  } finally {
    forget();
    await composed.stop();
  }
}

/** `12 sent, 1 can’t be reached, 3 not sent so far.` */
function inWords({ sent, dropped, blocked, elsewhere, waiting, total }: DeliveryProgress): string {
  if (total === 0) return 'Nobody is to be reminded at that time.';
  const parts: readonly (readonly [number, string])[] = [
    [elsewhere, 'sent by another process'],
    [dropped, 'not owed any more'],
    [blocked, 'can’t be reached'],
    [waiting, 'not sent so far'],
  ];
  const more = parts.filter(([count]) => count > 0).map(([count, words]) => `, ${count} ${words}`);
  return `${sent} sent${more.join('')}.`;
}

/** By name, for the office to look into. */
function sayWhomNot(day: string, shell: Shell): Promise<void> {
  return withOffice(shell, async ({ store, listed }) => {
    const { whose } = await listed();
    for (const { person: key, reason } of await failedReminders(store, day)) {
      const name = whose(key)?.name ?? key.email ?? key.id;
      shell.errors.write(`${harmless(`Not reached: ${name} (${reason})`)}\n`);
    }
  });
}
