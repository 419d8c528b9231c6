import type { Logger } from 'pino';
import type { ConcernPages } from './chat/mod.ts';
import { createConcernPages } from './concerns/api/pages.ts';
import { type Concerns, createConcerns } from './concerns/concerns.ts';
import type { Notice } from './concerns/notices.ts';
import type { ConcernStore } from './concerns/store/open.ts';
import { weekOf } from './concerns/weeks.ts';
import type { School } from './content/schema/school.ts';
import { faultOf } from './log.ts';
import { createCalendar } from './school/calendar.ts';
import type { Clock } from './school/clock.ts';
import type { People } from './school/people.ts';
import type { ConcernTurnsParts } from './turns/concerns.ts';

export interface ConcernServiceOptions {
  /** Closed by `stop`. */
  readonly store: ConcernStore;
  /** Where people reach this server from outside, without a slash at the end. */
  readonly publicUrl: string | undefined;
  readonly school: School;
  readonly clock: Clock;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Sends a notice to a reader's direct chat; never throws. */
  readonly deliver: (notice: Notice) => Promise<unknown>;
  readonly logger: Logger;
}

/** Anonymous concerns with all that they do by themselves. */
export interface ConcernService {
  readonly concerns: Concerns;
  readonly turns: ConcernTurnsParts;
  readonly pages: ConcernPages;
  /** From now on the file is rewritten now and then. */
  start(): void;
  /** The night's work and the readers' notices, where it is time. Never throws, and never runs twice at once. */
  tick(): Promise<void>;
  /** Waits for what is under way, and closes the store. */
  stop(): Promise<void>;
}

export function createConcernService(options: ConcernServiceOptions): ConcernService {
  const { store, publicUrl, school, clock, people, deliver, logger } = options;
  const doorB = publicUrl === undefined ? undefined : `${publicUrl}/concern`;
  const concerns = createConcerns({
    store,
    clock,
    school,
    people,
    ...(publicUrl !== undefined && { inbox: `${publicUrl}/inbox` }),
  });
  const { dayOf } = createCalendar(school);
  const today = () => dayOf(clock.now());
  const notice = () => ({ school, people: people(), day: today(), doorB });
  // A fault is told by its kind and place, and by nothing that anybody sent.
  const fault = (message: string) => (error: unknown) => logger.error(faultOf(error), message);
  const pages = createConcernPages({
    concerns,
    notice,
    now: () => ({ week: weekOf(today()), today: today() }),
    onFault: fault('a call of the pages for concerns failed'),
  });
  let beat: { stop(): void } | undefined;
  let ticking: Promise<void> | undefined;

  /** One that fails does not keep the other from its work. */
  async function tick(): Promise<void> {
    const now = clock.now();
    concerns.forget();
    await concerns.upkeep.tick(now).catch(fault('the upkeep of concerns failed'));
    const due = await concerns.notices.due(now).catch((error: unknown) => {
      fault('the notices to readers of concerns failed')(error);
      return [];
    });
    for (const notice of due) await deliver(notice);
    ticking = undefined;
  }

  return {
    concerns,
    pages,
    turns: { senders: concerns.senders, notice },
    start() {
      beat ??= concerns.upkeep.beat(fault('the file of concerns could not be rewritten'));
    },
    tick() {
      ticking ??= tick();
      return ticking;
    },
    async stop() {
      beat?.stop();
      await ticking;
      await store.close();
    },
  };
}
