import type { People } from '../../school/people.ts';
import { headOf } from '../../store/chain.ts';
import type { Store } from '../../store/open.ts';
import { type AskedText, listPolicyVersions, textsAskedBy } from '../../store/policy-versions.ts';
import type { Book } from '../book.ts';
import type { Campaign } from '../obligation.ts';
import { createObligations } from '../obligations.ts';
import { makeReport, type Report } from './report.ts';

/** Makes the report of what the store holds. @throws StoreError */
export async function readReport(
  store: Store,
  {
    book,
    people,
    at,
    now,
  }: {
    readonly book: Book;
    readonly people: Pick<People, 'all' | 'whose'>;
    /** The last instant that counts. */
    readonly at: Date;
    readonly now: Date;
  },
): Promise<Report> {
  const { localTime, days } = book;
  const { school } = book.content;
  const { acknowledgements } = await book.read();
  const versions = await listPolicyVersions(store);
  const texts = at < now ? await textsAskedBy(store, at) : [];
  const campaigns = book.campaigns.map((campaign) => campaignThen(campaign, texts));
  // Last: what comes meanwhile is then in the chain that the report names, if not in its rows.
  const head = await headOf(store);
  return makeReport({
    school,
    campaigns,
    localTime,
    obligations: createObligations({
      school,
      days,
      localTime,
      campaigns,
      versions,
      acknowledgements,
      whose: people.whose,
    }),
    acknowledgements,
    versions,
    people,
    head,
    at,
    now,
  });
}

/** What a policy asked before its text of today: that, where nothing else was on record by then. */
function campaignThen(campaign: Campaign, texts: readonly AskedText[]): Campaign {
  const own = texts.filter(({ policy }) => policy === campaign.policy);
  const last = own.at(-1);
  if (!last || own.some(({ sha256 }) => sha256 === campaign.sha256)) return campaign;
  const { asking, ...text } = last;
  return { ...text, ...asking, checkQuestions: [] };
}
