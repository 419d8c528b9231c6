import { DateTime } from 'luxon';
import type { Card } from '../chat/card.ts';
import { createCalendar } from '../school/calendar.ts';
import { type Account, keysOf } from '../school/people.ts';
import type { Parts } from './parts.ts';
import { presentReaders } from './routing.ts';
import { allHandlers } from './store/handlers.ts';

/** A message to a reader. It is the same for all and at all times, but for the key. */
export interface Notice {
  readonly to: Account;
  readonly card: Card;
  /** The same whenever the same notice is sent again. */
  readonly key: string;
  /** It may have gone before, in an earlier life of the process. */
  readonly again?: true;
}

export interface Notices {
  /** What is to be sent now: at its times on school days, to every reader who can be reached in a chat. */
  due(now: Date): Promise<readonly Notice[]>;
}

/** Minutes after its time in which a notice still goes, where the bot was not running at the time itself. */
const LATE = 30;

/** `inbox` is the address of the inbox, where it is known. */
export function createNotices({ store, school, people, today }: Parts, inbox?: string): Notices {
  const calendar = createCalendar(school);
  const card = noticeCard(inbox);
  let last: string | undefined;

  return {
    async due(now) {
      const local = DateTime.fromJSDate(now, { zone: school.time_zone });
      const day = local.toISODate();
      if (day === null || !calendar.isSchoolDay(day)) return [];
      const time = school.concerns.notices
        .filter((each) => each <= local.toFormat('HH:mm'))
        .sort()
        .at(-1);
      if (time === undefined) return [];
      const slot = `${day} ${time}`;
      if (slot === last) return [];
      const isFirst = last === undefined;
      last = slot;
      const late = local.diff(
        DateTime.fromISO(`${day}T${time}`, { zone: school.time_zone }),
        'minutes',
      ).minutes;
      if (isFirst && late > LATE) return [];
      const handlers = await allHandlers(store);
      const present = presentReaders({ school, people: people(), day: today(), handlers });
      const keys = new Set(present.map(({ person }) => person));
      return people().all.flatMap((person) => {
        const [to] = person.accounts;
        if (!to || !keysOf(person).some((key) => keys.has(key))) return [];
        return [{ to, card, key: `concerns:${slot}:${to.person}`, ...(isFirst && { again: true as const }) }];
      });
    },
  };
}

/** Says nothing of whether there is anything. */
function noticeCard(inbox: string | undefined): Card {
  const summary = 'Please look into the inbox for concerns.';
  return {
    summary,
    elements: [
      { kind: 'text', text: summary },
      ...(inbox === undefined ? [] : [{ kind: 'link', label: 'Open the inbox', url: inbox } as const]),
      {
        kind: 'text',
        text: 'You get this message on every school day, with the same words, whether or not there is anything new.',
        tone: 'quiet',
      },
    ],
  };
}
