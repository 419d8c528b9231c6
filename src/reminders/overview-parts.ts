import { action, type Button, type Element } from '../chat/mod.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { CampaignState } from '../store/campaigns.ts';
import { writeValue } from './button-value.ts';
import { daysBetween, type SchoolDays } from './days.ts';
import type { Campaign } from './obligation.ts';
import type { Tally } from './report/by-role.ts';
import type { Report, ReportRow } from './report/report.ts';
import { inDays } from './words.ts';

/** How the whole school stands, for somebody who may see it. */
export interface Overview {
  readonly school: School;
  readonly report: Report;
  readonly days: SchoolDays;
  readonly today: Day;
  readonly stateOf: (campaign: Campaign) => CampaignState | undefined;
  /** `Person.id` of whoever sees it. */
  readonly viewer: string;
  /** Whether they may pause a campaign and are told who could not be reached. */
  readonly manages: boolean;
  readonly failures: readonly Failure[];
}

/** Somebody whom a message has not reached. */
export interface Failure {
  readonly name: string;
  readonly problem: 'blocked' | 'uncertain' | 'late';
  /** The platform's words, such as `they left the workspace`. */
  readonly reason: string;
}

/** Stops the reminders of a campaign, or takes that back. */
export const pauseButton = (paused: boolean, value: string): Button =>
  paused
    ? { action: action.campaignResume, value, label: 'Carry on with reminders', style: 'primary' }
    : { action: action.campaignPause, value, label: 'Pause reminders' };

/** A name, and how far from done; a name alone where the list says it. */
export function nameWithState(
  { name, due, overdue, awayUntil, words, state }: ReportRow,
  today: Day,
): string {
  if (overdue) return `${name} (${inDays(daysBetween(due, today))})`;
  if (awayUntil !== undefined) return `${name} (until ${dateInWords(awayUntil)})`;
  return state === 'acknowledged' || state === 'never' || state === 'not_open'
    ? name
    : `${name} (${words.toLowerCase()})`;
}

/** Names, as many as a card has room for. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

/** How many have acknowledged, of those who are asked. */
export const bar = (label: string, { green, asked }: Tally): Element => ({
  kind: 'progress',
  label,
  done: green,
  total: asked,
});

/** What the buttons of a campaign hand back. */
export const handedBack = ({ policy, version }: Campaign, viewer: string): string =>
  writeValue({ person: viewer, about: { policy, version } });

export const text = (words: string, tone?: 'strong' | 'quiet' | 'warning'): Element => ({
  kind: 'text',
  text: words,
  ...(tone && { tone }),
});
