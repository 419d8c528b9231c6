import { row } from '../chat/buttons.ts';
import { capital } from '../chat/capital.ts';
import { action, type Element } from '../chat/mod.ts';
import { dateInWords } from '../school/date-in-words.ts';
import { periodOf } from './campaigns.ts';
import type { Campaign } from './obligation.ts';
import {
  bar,
  type Failure,
  handedBack,
  listed,
  nameWithState,
  type Overview,
  pauseButton,
  text,
} from './overview-parts.ts';
import { type PolicyTally, type Tally, tallies } from './report/by-role.ts';
import { counted, nameOfText } from './words.ts';

const mostNames = 12;
const mostCampaigns = 5;

/** Every policy with its bar, who is overdue, and what can be done about it. */
export function overviewElements(overview: Overview): Element[] {
  const { report, school, manages, failures } = overview;
  if (report.campaigns.length === 0) return [text('No policy asks to be acknowledged.', 'quiet')];
  const counts = tallies(report, school.roles);
  const shown = report.campaigns.slice(0, mostCampaigns);
  const more = report.campaigns.length - shown.length;
  return [
    { kind: 'heading', text: `How ${school.name} stands` },
    ...shown.flatMap((campaign) => {
      const tally = counts.find(({ policy }) => policy === campaign.policy);
      return tally ? campaignElements(campaign, tally, overview, report.campaigns.length === 1) : [];
    }),
    ...(more > 0
      ? [text(`And ${counted(more, 'more policy', 'more policies')}: see the report.`, 'quiet')]
      : []),
    ...(manages ? failureElements(failures) : []),
    text(
      'The whole report, to print or as a spreadsheet: the office makes it with “npm run -s report”.',
      'quiet',
    ),
  ];
}

function campaignElements(
  campaign: Campaign,
  tally: PolicyTally,
  overview: Overview,
  alone: boolean,
): Element[] {
  const { report, today, viewer, manages, stateOf } = overview;
  const overdue = report.rows.filter((each) => each.policy === campaign.policy && each.overdue);
  const paused = stateOf(campaign)?.paused;
  const value = handedBack(campaign, viewer);
  return [
    text(nameOfText(campaign), 'strong'),
    text(datesInWords(campaign, overview), 'quiet'),
    ...(paused ? [text(`Paused by ${paused.by.name}: no reminders go out.`, 'warning')] : []),
    bar('Acknowledged', tally.all),
    text(tallyInWords(tally.all)),
    ...(alone ? tally.roles.map((role) => bar(capital(role.title), role)) : []),
    ...(overdue.length === 0
      ? []
      : [
          text(
            `Overdue: ${listed(
              overdue.map((each) => nameWithState(each, today)),
              mostNames,
            )}`,
          ),
        ]),
    ...row([
      { action: action.campaignStanding, value, label: 'By role and name' },
      { action: action.campaignPreview, value, label: 'Who is asked, and when' },
      ...(manages ? [pauseButton(paused !== undefined, value)] : []),
    ]),
  ];
}

function datesInWords(campaign: Campaign, { today, days }: Overview): string {
  const { opens, due } = periodOf(campaign, today, days);
  const opened = opens <= today ? 'Open since' : 'Opens on';
  return `${opened} ${dateInWords(opens)}, due ${dateInWords(due)}.`;
}

/** `Overdue: 2 · Never: 3 · Earlier year or version: 1 · On paper: 1 · Away: 1`, without what is none. */
function tallyInWords({ asked, overdue, red, amber, onPaper, away, notOpen }: Tally): string {
  if (asked === 0) return 'Nobody is asked to acknowledge it.';
  const parts: [string, number][] = [
    ['Overdue', overdue],
    ['Never acknowledged', red],
    ['Earlier year or older version', amber],
    ['Not asked yet', notOpen],
    ['Signed on paper', onPaper],
    ['Away', away],
  ];
  const said = parts.filter(([, count]) => count > 0).map(([name, count]) => `${name}: ${count}`);
  return said.length === 0 ? 'Everybody has acknowledged it.' : said.join(' · ');
}

function failureElements(failures: readonly Failure[]): Element[] {
  if (failures.length === 0) return [];
  const shown = failures.slice(0, mostNames);
  const more = failures.length - shown.length;
  return [
    text('Not reached by a message', 'strong'),
    {
      kind: 'fields',
      fields: shown.map(({ name, problem, reason }) => ({
        label: name,
        value: `${problems[problem]} (${reason})`,
      })),
    },
    ...(more > 0 ? [text(`And ${more} more.`, 'quiet')] : []),
  ];
}

const problems: Readonly<Record<Failure['problem'], string>> = {
  blocked: 'can’t be reached',
  uncertain: 'it may not have arrived',
  late: 'not sent so far; I keep trying',
};
