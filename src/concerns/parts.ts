import type { School } from '../content/schema/school.ts';
import { createCalendar, type Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { People } from '../school/people.ts';
import { Gate, type Passing } from './gate.ts';
import type { Stretch } from './sealing/stretch.ts';
import type { ConcernStore } from './store/open.ts';
import { stretchOnThreads } from './stretch.ts';
import { type Week, weekOf } from './weeks.ts';

export interface ConcernsOptions {
  readonly store: ConcernStore;
  readonly clock: Clock;
  readonly school: School;
  /** Asked anew each time, since people come and go while the bot runs. */
  readonly people: () => People;
  /** Where the inbox is, for the notices to readers. */
  readonly inbox?: string;
  /** Argon2id on Node's threads where left out. */
  readonly stretch?: Stretch;
  /** Real time where left out. */
  readonly passing?: Passing;
}

/** What all of this job stands on. */
export interface Parts {
  readonly store: ConcernStore;
  readonly clock: Clock;
  readonly school: School;
  readonly people: () => People;
  readonly stretch: Stretch;
  readonly passing: Passing;
  readonly gates: Gates;
  today(): Day;
  week(): Week;
}

/** For all forms and all people together. What is sent goes through none of them. */
interface Gates {
  /** Opening a form. */
  readonly openings: Gate;
  /** Trying a receipt. */
  readonly lookups: Gate;
  /** Trying a passphrase, a recovery key or an enrolment token. */
  readonly logins: Gate;
}

export function partsOf(options: ConcernsOptions): Parts {
  const { store, clock, school, people } = options;
  const passing = options.passing ?? realPassing;
  const { dayOf } = createCalendar(school);
  const today = (): Day => dayOf(clock.now());
  return {
    store,
    clock,
    school,
    people,
    stretch: options.stretch ?? stretchOnThreads(),
    passing,
    gates: {
      // A whole staff that opens it after a training day is not held up.
      openings: new Gate({ burst: 300, perSecond: 20, waiting: 30 }, passing),
      // Slack wants its answer within three seconds, the stretching included.
      lookups: new Gate({ burst: 20, perSecond: 5, waiting: 6 }, passing),
      logins: new Gate({ burst: 5, perSecond: 0.5, waiting: 10 }, passing),
    },
    today,
    week: () => weekOf(today()),
  };
}

const realPassing: Passing = {
  now: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
};
