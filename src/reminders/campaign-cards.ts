import { row } from '../chat/buttons.ts';
import { capital } from '../chat/capital.ts';
import { action, type Card, type Element } from '../chat/mod.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { periodOf } from './campaigns.ts';
import type { Campaign } from './obligation.ts';
import {
  bar,
  handedBack,
  listed,
  nameWithState,
  type Overview,
  pauseButton,
  text,
} from './overview-parts.ts';
import { tallies } from './report/by-role.ts';
import type { ReportRow } from './report/report.ts';
import { inDays, nameOfText } from './words.ts';

/** One policy by role, and by name who has not acknowledged it. */
export function standingCard(campaign: Campaign, overview: Overview): Card {
  const { report, school } = overview;
  const tally = tallies(report, school.roles).find(({ policy }) => policy === campaign.policy);
  const rows = report.rows.filter(({ policy, left }) => policy === campaign.policy && left === undefined);
  const groups: [string, (row: ReportRow) => boolean][] = [
    ['Overdue', ({ overdue }) => overdue],
    [
      'Not yet, and not overdue',
      ({ overdue, colour, awayUntil }) => !overdue && colour !== 'green' && awayUntil === undefined,
    ],
    ['Away', ({ awayUntil, colour }) => awayUntil !== undefined && colour !== 'green'],
    ['Acknowledged', ({ colour }) => colour === 'green'],
  ];
  const summary = `How your school stands with ${nameOfText(campaign)}`;
  return {
    summary,
    elements: [
      { kind: 'heading', text: nameOfText(campaign) },
      ...(tally
        ? [bar('Acknowledged, all', tally.all), ...tally.roles.map((role) => bar(capital(role.title), role))]
        : []),
      ...groups.flatMap(([title, belongs]): Element[] => {
        const names = rows.filter(belongs).map((each) => nameWithState(each, overview.today));
        return names.length === 0
          ? []
          : [text(`${title} (${names.length})`, 'strong'), text(listed(names, 60))];
      }),
    ],
  };
}

/** Who will be sent what, and when; the overview is as at the day on which the campaign opens, where that is still to come. */
export function previewCard(
  campaign: Campaign,
  overview: Overview,
  { messages, withPause }: { readonly messages: readonly Day[]; readonly withPause: boolean },
): Card {
  const { report, school } = overview;
  const { opens, due, year } = periodOf(campaign, overview.today, overview.days);
  const rows = report.rows.filter(({ policy, left }) => policy === campaign.policy && left === undefined);
  const summary = `Who is asked for ${nameOfText(campaign)}`;
  const byRole = Object.entries(school.roles).flatMap(([role, { title }]) => {
    const holding = rows.filter(({ roles }) => roles.includes(role));
    return holding.length === 0
      ? []
      : [
          {
            label: `${capital(title)} (${holding.length})`,
            value: listed(
              holding.map((each) => dueIfOther(each, due)),
              30,
            ),
          },
        ];
  });
  const others = rows.filter(({ roles }) => !roles.some((role) => Object.hasOwn(school.roles, role)));
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      {
        kind: 'fields',
        fields: [
          { label: 'School year', value: year },
          { label: 'Opens', value: dateInWords(opens) },
          { label: 'Due', value: dateInWords(due) },
          { label: 'People', value: String(rows.length) },
        ],
      },
      text(
        `Whoever has not acknowledged it gets a message on: ${messages.map(dateInWords).join(', ')}.${later(school)} Everything that somebody owes that day comes in one message.`,
      ),
      ...(byRole.length === 0 ? [] : [{ kind: 'fields', fields: byRole } as const]),
      ...(others.length === 0
        ? []
        : [
            text(
              `Without a role: ${listed(
                others.map(({ name }) => name),
                30,
              )}`,
            ),
          ]),
      ...(byRole.length === 0 && others.length === 0
        ? [text('Nobody is asked. Look at “audience” in the policy and in school.yaml.', 'warning')]
        : []),
      ...row(
        withPause && overview.manages
          ? [
              pauseButton(
                overview.stateOf(campaign)?.paused !== undefined,
                handedBack(campaign, overview.viewer),
              ),
            ]
          : [],
      ),
    ],
  };
}

/** Makes sure before the reminders of a campaign stop. */
export function pauseCard(campaign: Campaign, viewer: string): Card {
  const summary = `Pause the reminders of ${nameOfText(campaign)}?`;
  return {
    summary,
    elements: [
      { kind: 'heading', text: summary },
      text('Nobody is reminded of it until you carry on. People can still acknowledge it meanwhile.'),
      ...row([
        {
          action: action.campaignPauseNow,
          value: handedBack(campaign, viewer),
          label: 'Pause',
          style: 'danger',
        },
        { action: action.status, value: '', label: 'Leave as it is' },
      ]),
    ],
  };
}

const dueIfOther = ({ name, due, awayUntil }: ReportRow, usual: Day): string =>
  awayUntil !== undefined
    ? `${name} (away until ${dateInWords(awayUntil)})`
    : due === usual
      ? name
      : `${name} (due ${dateInWords(due)})`;

function later({ reminders: { overdue, digest } }: School): string {
  if (overdue !== undefined) return ` After that, one every ${inDays(overdue)}.`;
  return digest ? ' After that, one each month.' : '';
}
