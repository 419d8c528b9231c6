import type { Day } from '../school/calendar.ts';
import { isPresent, type Person } from '../school/people.ts';
import type { LocalTime } from './local-time.ts';
import type { Acknowledgement, Obligation } from './obligation.ts';
import type { Asked, Obligations } from './obligations.ts';

/**
 * How one person stands with one policy. `acknowledged`: in this academic year, a version that counts ·
 * `earlier_year`: a version that counts, but not in this year · `older_version`: only one that counts no more
 * · `never`: not at all, though it is open · `not_open`: nothing is owed yet · `left`: gone, and it was open and unmet.
 */
type State = 'acknowledged' | 'earlier_year' | 'older_version' | 'never' | 'not_open' | 'left';

export type Colour = 'green' | 'amber' | 'red';

export interface Standing {
  readonly obligation: Obligation;
  readonly state: State;
  /** None where there is nothing to judge: not open yet, or left before acknowledging. */
  readonly colour?: Colour;
  /** Open, not met, the due date past, and the person at the school to be asked. */
  readonly overdue: boolean;
  /** First day back, of somebody on long leave. */
  readonly awayUntil?: Day;
  /** Last day at the school, of somebody who has left. */
  readonly left?: Day;
  /** The one that meets it, or else the last one of this policy. */
  readonly acknowledgement?: Acknowledgement;
}

const words: Readonly<Record<State, string>> = {
  acknowledged: 'Acknowledged',
  earlier_year: 'Acknowledged in an earlier school year',
  older_version: 'Acknowledged an older version',
  never: 'Never acknowledged',
  not_open: 'Not open yet',
  left: 'Left before acknowledging',
};

/** The state without any colour, for a report: “Never acknowledged”. */
export const stateInWords = ({ state }: Pick<Standing, 'state'>): string => words[state];

/** How everybody stands at an instant, in the order of the people. */
export function* standings(
  people: Iterable<Person>,
  now: Date,
  {
    obligations,
    localTime,
  }: { readonly obligations: Pick<Obligations, 'of'>; readonly localTime: LocalTime },
): Generator<Standing> {
  for (const person of people) {
    const { day } = localTime.at(now, person);
    for (const asked of obligations.of(person, now)) yield standingOf(asked, day);
  }
}

/** @param today in the person's own time zone */
function standingOf({ obligation, state: stage, met, outdated }: Asked, today: Day): Standing {
  const { person, due } = obligation;
  const state = met
    ? 'acknowledged'
    : stage === 'coming'
      ? 'not_open'
      : stage === 'closed'
        ? 'left'
        : !outdated
          ? 'never'
          : outdated.by === 'year'
            ? 'earlier_year'
            : 'older_version';
  const colour = colourOf(state);
  const acknowledgement = met ?? outdated?.acknowledgement;
  const away = !isPresent(person, today) && stage === 'open' ? person.awayUntil : undefined;
  return {
    obligation,
    state,
    ...(colour && { colour }),
    overdue: stage === 'open' && !met && away === undefined && due < today,
    ...(away !== undefined && { awayUntil: away }),
    ...(stage === 'closed' && { left: person.leave! }),
    ...(acknowledgement && { acknowledgement }),
  };
}

function colourOf(state: State): Colour | undefined {
  switch (state) {
    case 'acknowledged':
      return 'green';
    case 'earlier_year':
    case 'older_version':
      return 'amber';
    case 'never':
      return 'red';
    case 'not_open':
    case 'left':
      return undefined;
  }
}
