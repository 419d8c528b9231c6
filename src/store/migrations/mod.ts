import { adapterMemory } from './001-adapter-memory.ts';
import { feedback } from './002-feedback.ts';
import { gaps } from './003-gaps.ts';
import { referrals } from './004-referrals.ts';
import { noWordsWithoutNeed } from './005-no-words-without-need.ts';
import { acknowledgements } from './006-acknowledgements.ts';
import { policyVersions } from './007-policy-versions.ts';
import { reminders } from './008-reminders.ts';
import { campaigns } from './009-campaigns.ts';
import { listedPeople } from './010-listed-people.ts';
import { referralCards } from './011-referral-cards.ts';
import type { Migration } from './migration.ts';

/** Every migration in order; new ones go at the end. The version of a database is how many have run. */
export const migrations: readonly Migration[] = [
  adapterMemory,
  feedback,
  gaps,
  referrals,
  noWordsWithoutNeed,
  acknowledgements,
  policyVersions,
  reminders,
  campaigns,
  listedPeople,
  referralCards,
];
