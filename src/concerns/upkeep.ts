import { DateTime } from 'luxon';
import { type Backups, createBackups } from './backups.ts';
import type { Parts } from './parts.ts';
import { dropEnrolments } from './store/handlers.ts';
import { destroy, dueForPurge, keepUntil } from './store/purge.ts';
import { addDays, weekOf } from './weeks.ts';

/** What the store needs done so that it keeps its promises. */
export interface Upkeep {
  readonly backups: Backups;
  /** Does the night's work where it has not been done today: at two in the morning, or once the bot has started. */
  tick(now: Date): Promise<void>;
  /** The night's work, now. Returns how many concerns are gone. */
  night(): Promise<number>;
  /**
   * Rewrites the file now and then, by a chance that knows nothing of the past, until it is stopped: so that
   * the moment of the last write is not the moment of somebody's concern. `onFault` is told what goes wrong.
   */
  beat(onFault: (error: unknown) => void): { stop(): void };
}

/** Hour of the day. */
const NIGHT = 2;
/** Milliseconds, on average. */
const BETWEEN_BEATS = 30_000;
/** Days that a concern nobody has read is kept on, again and again, before it is looked at anew. */
const UNREAD_DAYS = 28;
/** Days that the link to enrol with is good for nothing any more, and kept no longer. */
const OLD_ENROLMENTS = 8;

export function createUpkeep({ store, clock, school, passing, today, week }: Parts): Upkeep {
  const backups = createBackups(store, clock);
  let lastNight: string | undefined;

  async function night(): Promise<number> {
    const due = await dueForPurge(store, week());
    // What nobody has read is not purged in silence: it stays, and the inbox says so to all who can open it.
    for (const { id, unread } of due)
      if (unread) await keepUntil(store, id, weekOf(addDays(today(), UNREAD_DAYS)));
    const gone = due.filter(({ unread }) => !unread).map(({ id }) => id);
    await destroy(store, gone);
    if (gone.length > 0) await backups.destroy(gone);
    await dropEnrolments(store, addDays(today(), -OLD_ENROLMENTS));
    await store.vacuum();
    await backups.weekly(week());
    return gone.length;
  }

  return {
    backups,
    night,
    async tick(now) {
      const local = DateTime.fromJSDate(now, { zone: school.time_zone });
      const day = local.toISODate();
      if (day === null || day === lastNight) return;
      if (lastNight !== undefined && local.hour < NIGHT) return;
      await night();
      lastNight = day;
    },
    beat(onFault) {
      let timer: NodeJS.Timeout | undefined;
      let stopped = false;
      const next = (): void => {
        // Times that come by chance, as a Geiger counter's do: what went before says nothing of what comes.
        const pause = -Math.log(1 - passing.random()) * BETWEEN_BEATS;
        timer = setTimeout(async () => {
          try {
            await store.rewrite();
          } catch (error) {
            onFault(error);
          }
          if (!stopped) next();
        }, pause).unref();
      };
      next();
      return {
        stop() {
          stopped = true;
          clearTimeout(timer);
        },
      };
    },
  };
}
