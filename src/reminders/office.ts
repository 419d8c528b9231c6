import type { Card, Element } from '../chat/mod.ts';
import type { School } from '../content/schema/school.ts';
import type { Day } from '../school/calendar.ts';
import type { Clock } from '../school/clock.ts';
import type { Account, People, Person } from '../school/people.ts';
import { may } from '../school/permissions.ts';
import { decideCampaign } from '../store/campaigns.ts';
import type { Store } from '../store/open.ts';
import { failedReminders } from '../store/reminder-outcomes.ts';
import type { Book } from './book.ts';
import { pauseCard, previewCard, standingCard } from './campaign-cards.ts';
import { periodOf } from './campaigns.ts';
import { monthOf, plusDays } from './days.ts';
import { type Answer, said, type Visit, visit } from './desk.ts';
import type { Campaign } from './obligation.ts';
import { overviewElements } from './overview.ts';
import type { Failure, Overview } from './overview-parts.ts';
import { reportPage } from './report/page.ts';
import { readReport } from './report/read.ts';
import { rungsIn } from './rungs.ts';

/** What those who answer for the school see and decide. All of it asks for a permission of school.yaml. */
export interface Office {
  /** How the school stands; nothing for who may not see it. */
  elements(person: Person): Promise<readonly Element[]>;
  /** By role and name. */
  standing(account: Account, value: string): Promise<Answer>;
  /** Who is asked, and when they hear of it. */
  preview(account: Account, value: string): Promise<Answer>;
  /** The same for somebody who has not asked: some days before a campaign opens, on this day. */
  previewFor(reader: Person, campaign: Campaign, opens: Day): Promise<Card>;
  /** Who has acknowledged what, as a page of its own to print; nothing for who may not see it. */
  report(account: Account): Promise<string | undefined>;
  /** Asks whether to. */
  pause(account: Account, value: string): Promise<Answer>;
  /** Does so, or takes it back; nothing to show but how the school stands then. */
  decide(account: Account, value: string, decision: 'paused' | 'resumed'): Promise<Answer | 'done'>;
}

export interface OfficeParts {
  readonly store: Store;
  readonly book: Book;
  readonly clock: Clock;
  readonly people: () => People;
}

/** Failures are shown so long, in days. */
const failuresShown = 60;

export function createOffice(parts: OfficeParts): Office {
  const { store, book, clock, people } = parts;
  const { content, campaigns, days, localTime } = book;
  const { school } = content;

  async function overviewFor(viewer: Person, at?: Date): Promise<Overview> {
    const now = clock.now();
    const { day: today } = localTime.at(at ?? now, {});
    const manages = may(school, viewer, 'manage-people', localTime.at(now, viewer).day);
    const page = await book.read();
    return {
      school,
      days,
      today,
      manages,
      viewer: viewer.id,
      stateOf: page.stateOf,
      report: await readReport(store, { book, people: people(), at: at ?? now, now }),
      failures: manages ? await failures(plusDays(today, -failuresShown)) : [],
    };
  }

  async function failures(from: Day): Promise<Failure[]> {
    const { whose } = people();
    const failed = await failedReminders(store, from, whose);
    return failed.flatMap(({ person: key, problem, reason }) => {
      const person = whose(key);
      return person ? [{ name: person.name, problem, reason }] : [];
    });
  }

  /** Whoever pressed, where they may, with the campaign that the card is about. */
  async function enter(
    account: Account,
    value: string,
    permission: 'see-report' | 'manage-people',
  ): Promise<Answer | { readonly here: Visit; readonly campaign: Campaign }> {
    const here = await visit(account, value, parts);
    if (here.kind === 'said') return here;
    if (!may(school, here.person, permission, here.today)) return said(notAllowed(permission, school));
    const { about } = here.value;
    const campaign = campaigns.find(
      (each) => each.policy === about?.policy && each.version === about.version,
    );
    return campaign
      ? { here, campaign }
      : said('This card is about an older version. Type “status” for what holds now.');
  }

  function messagesOf(campaign: Campaign, day: Day): Day[] {
    const { opens, due } = periodOf(campaign, day, days);
    const found = new Set<Day>();
    for (let month = monthOf(opens); month <= monthOf(due); month = monthOf(plusDays(`${month}-28`, 7)))
      for (const { day: falls } of rungsIn(month, { opens, due }, school.reminders, days))
        if (falls <= due) found.add(falls);
    return [...found].sort();
  }

  /** As at the day on which the campaign opens, where that is still to come. */
  async function previewAt(reader: Person, campaign: Campaign, day: Day, withPause = false): Promise<Card> {
    const now = clock.now();
    const begins = localTime.startOf(day, {});
    const overview = await overviewFor(reader, begins > now ? begins : now);
    return previewCard(campaign, overview, { messages: messagesOf(campaign, day), withPause });
  }

  return {
    previewFor: (reader, campaign, opens) => previewAt(reader, campaign, opens, true),
    async elements(person) {
      if (!may(school, person, 'see-report', localTime.at(clock.now(), person).day)) return [];
      return overviewElements(await overviewFor(person));
    },

    async standing(account, value) {
      const found = await enter(account, value, 'see-report');
      if ('kind' in found) return found;
      return {
        kind: 'page',
        title: 'By role and name',
        card: standingCard(found.campaign, await overviewFor(found.here.person)),
      };
    },

    async preview(account, value) {
      const found = await enter(account, value, 'see-report');
      if ('kind' in found) return found;
      const { campaign, here } = found;
      const { opens } = periodOf(campaign, here.today, days);
      const day = opens > here.today ? opens : here.today;
      const card = await previewAt(here.person, campaign, day);
      return { kind: 'page', title: 'Who is asked, and when', card };
    },

    async report(account) {
      const person = people().find(account);
      const now = clock.now();
      if (!may(school, person, 'see-report', localTime.at(now, person ?? {}).day)) return undefined;
      const report = await readReport(store, { book, people: people(), at: now, now });
      return reportPage(report, school.roles);
    },

    async pause(account, value) {
      const found = await enter(account, value, 'manage-people');
      if ('kind' in found) return found;
      return { kind: 'replace', card: pauseCard(found.campaign, found.here.person.id) };
    },

    async decide(account, value, decision) {
      const found = await enter(account, value, 'manage-people');
      if ('kind' in found) return found;
      const { campaign, here } = found;
      const { id, name } = here.person;
      const { policy, version } = campaign;
      await decideCampaign(store, { policy, version, decision, by: { id, name }, at: here.now });
      return 'done';
    },
  };
}

function notAllowed(permission: 'see-report' | 'manage-people', { roles }: School): string {
  const titles = Object.values(roles)
    .filter(({ permissions }) => permissions.includes(permission))
    .map(({ title }) => title);
  const who = titles.length === 0 ? 'nobody, as the school’s settings stand' : titles.join(', ');
  return `This is not for your role. It is for: ${who}.`;
}
