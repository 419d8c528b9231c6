import { deadlinesOf } from './deadlines.ts';
import { createEnrolments, type Enrolments } from './enrolments.ts';
import { createNotices, type Notices } from './notices.ts';
import { type ConcernsOptions, partsOf } from './parts.ts';
import { createPeriods } from './periods.ts';
import { createReaders, type Readers } from './readers.ts';
import { createSenders, type Senders } from './senders.ts';
import { statistics, type TermStatistics } from './statistics.ts';
import { allStandings } from './store/concerns.ts';
import { allCounts } from './store/counts.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

/**
 * Anonymous concerns, with two faces that share nothing but the store: who sends is not known to either. All
 * promises reject with a StoreError where the store fails.
 */
export interface Concerns {
  readonly senders: Senders;
  readonly readers: Readers;
  readonly enrolments: Enrolments;
  readonly notices: Notices;
  readonly upkeep: Upkeep;
  /** What governors may see: terms that are over, with small numbers hidden. */
  statistics(): Promise<readonly TermStatistics[]>;
  /** Whether anything has waited for longer than is promised; not what, and not how much. */
  isOverdue(): Promise<boolean>;
  /** Forgets by itself what is remembered for a short while and is too old now. */
  forget(): void;
}

export function createConcerns(options: ConcernsOptions): Concerns {
  const parts = partsOf(options);
  const senders = createSenders(parts);
  const readers = createReaders(parts);
  return {
    senders,
    readers,
    enrolments: createEnrolments(parts),
    notices: createNotices(parts, options.inbox),
    upkeep: createUpkeep(parts),
    async statistics() {
      return statistics(await allCounts(options.store), createPeriods(options.school), parts.today());
    },
    async isOverdue() {
      const waiting = await allStandings(options.store);
      return waiting.some(
        ({ status, week }) => deadlinesOf(status, week, parts.today()).overdue !== undefined,
      );
    },
    forget() {
      senders.forget();
      readers.forget();
    },
  };
}
