import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { type Account, type People, type Person, sameAccount } from '../school/people.ts';
import type { Receiver } from '../store/referrals.ts';
import { names } from './cards.ts';
import { type Refused, refused } from './refused.ts';

/** Who would get a question. */
export interface Found {
  readonly kind: 'found';
  readonly title: string;
  readonly asker: Receiver;
  /** At least one; never the asker. */
  readonly receivers: readonly Receiver[];
}

export interface Sought {
  readonly school: School;
  readonly people: People;
  readonly day: Day;
  readonly role: string;
  readonly asker: Account;
}

/** From a role to the people who hold it that day and can be written to, or the plain reason why there are none. */
export function findReceivers({ school, people, day, role, asker }: Sought): Refused | Found {
  const holders = people.holders(role, day);
  if (holders.kind === 'unknown')
    return refused('The school’s settings have no such role. Please ask in person.');
  const { title } = holders;
  if (holders.kind === 'nobody')
    return refused(`The school’s settings name nobody as ${title}. Please ask in person.`);
  if (holders.kind === 'away')
    return refused(
      `Away at the moment: ${names(holders.people)}, your ${title}. Please ask whoever stands in.`,
    );
  const others = holders.people.filter((person) => !person.accounts.some((own) => sameAccount(own, asker)));
  if (others.length === 0) return refused(`This would go to the ${title}, and that is you.`);
  const receivers = others.flatMap((person) => receiverOf(person, asker.platform));
  if (receivers.length === 0)
    return refused(
      `${names(others)}, your ${title}, can’t be reached in this chat. ${otherWays(others, school)}`,
    );
  const { platform, person } = asker;
  return {
    kind: 'found',
    title,
    asker: { platform, person, name: people.find(asker)?.name ?? 'A colleague' },
    receivers,
  };
}

/** One account each, on the asker's platform where there is one. */
function receiverOf({ accounts, name }: Person, platform: string): Receiver[] {
  const account = accounts.find((own) => own.platform === platform) ?? accounts[0];
  return account ? [{ platform: account.platform, person: account.person, name }] : [];
}

function otherWays(people: readonly Person[], { example }: School): string {
  const addresses = people.flatMap(({ email }) => email ?? []);
  if (addresses.length === 0) return 'Please speak to them.';
  return `Please speak to them, or write to ${addresses.join(' or ')}${example ? ' (made-up example)' : ''}.`;
}
