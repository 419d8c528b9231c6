import type { Content } from '../content/content.ts';
import { createCalendar } from '../school/calendar.ts';
import type { People } from '../school/people.ts';
import { type KeptAcknowledgement, listAcknowledgements } from '../store/acknowledgements.ts';
import { type CampaignState, listCampaignStates } from '../store/campaigns.ts';
import { headOf } from '../store/chain.ts';
import type { Store } from '../store/open.ts';
import { listPolicyVersions, recordPolicyVersion } from '../store/policy-versions.ts';
import { campaignsOf } from './campaigns.ts';
import { createSchoolDays, type SchoolDays } from './days.ts';
import { createLocalTime, type LocalTime } from './local-time.ts';
import type { Campaign } from './obligation.ts';
import { createObligations, type Obligations } from './obligations.ts';

/** What the policies ask for, and the ground on which it is reckoned. */
export interface Book {
  readonly content: Content;
  readonly campaigns: readonly Campaign[];
  readonly days: SchoolDays;
  readonly localTime: LocalTime;
  /** Keeps the texts that people are asked to acknowledge; to be called before anybody is asked. */
  recordVersions(at: Date): Promise<void>;
  /** What is kept, as it stands now. */
  read(): Promise<Page>;
}

/** The book as it was read at one moment. */
export interface Page {
  readonly acknowledgements: readonly KeptAcknowledgement[];
  /** Of every campaign. */
  readonly obligations: Obligations;
  /** Of those that are not paused: what people are reminded of. */
  readonly reminded: Obligations;
  /** What was decided about a campaign; nothing where nobody has. */
  stateOf(campaign: Pick<Campaign, 'policy' | 'version'>): CampaignState | undefined;
}

/** @param people asked anew each time, since people come and go while the bot runs */
export function createBook(store: Store, content: Content, people: () => Pick<People, 'whose'>): Book {
  const { school } = content;
  const days = createSchoolDays(createCalendar(school));
  const localTime = createLocalTime(school.time_zone);
  const campaigns = campaignsOf(content);
  /** It is read for each message and each press, and changes seldom. */
  let last:
    | { readonly stamp: string; readonly among: Pick<People, 'whose'>; readonly page: Page }
    | undefined;

  return {
    content,
    campaigns,
    days,
    localTime,
    recordVersions: (at) => recordVersions(store, content, at),
    async read() {
      // The head first: what comes meanwhile is read again next time.
      const { hash } = await headOf(store);
      const states = await listCampaignStates(store);
      const versions = await listPolicyVersions(store);
      const stamp = JSON.stringify([hash, states, versions]);
      const among = people();
      if (last?.stamp === stamp && last.among === among) return last.page;
      const acknowledgements = await listAcknowledgements(store);
      const stateOf: Page['stateOf'] = ({ policy, version }) =>
        states.find((state) => state.policy === policy && state.version === version);
      const reckon = (asking: readonly Campaign[]): Obligations =>
        createObligations({
          school,
          days,
          localTime,
          campaigns: asking,
          versions,
          acknowledgements,
          whose: among.whose,
        });
      const page: Page = {
        acknowledgements,
        obligations: reckon(campaigns),
        reminded: reckon(campaigns.filter((campaign) => !stateOf(campaign)?.paused)),
        stateOf,
      };
      last = { stamp, among, page };
      return page;
    },
  };
}

/** Keeps the texts that people are asked to acknowledge; to be called before anybody is asked, or a signature is recorded. */
export async function recordVersions(
  store: Store,
  content: Pick<Content, 'policies'>,
  at: Date,
): Promise<void> {
  const clausesOf = new Map(content.policies.map(({ id, clauses }) => [id, clauses]));
  for (const campaign of campaignsOf(content)) {
    const clauses = clausesOf.get(campaign.policy) ?? [];
    await recordPolicyVersion(store, { ...campaign, clauses, asking: campaign }, at);
  }
}
