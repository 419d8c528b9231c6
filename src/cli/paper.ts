import * as z from 'zod';
import { harmless } from '../chat/harmless.ts';
import { recordVersions } from '../reminders/book.ts';
import { campaignsOf, versionOf } from '../reminders/campaigns.ts';
import { createSchoolDays } from '../reminders/days.ts';
import { nameOfText } from '../reminders/words.ts';
import { type Calendar, createCalendar, type Day } from '../school/calendar.ts';
import { dateInWords } from '../school/date-in-words.ts';
import type { People, Person, Whose } from '../school/people.ts';
import {
  addAcknowledgement,
  listAcknowledgements,
  revokeAcknowledgement,
} from '../store/acknowledgements.ts';
import { firstKept, listPolicyVersions, type PolicyVersion, textsAskedBy } from '../store/policy-versions.ts';
import type { Office } from './office.ts';
import { InputError, type Shell } from './shell.ts';

/** A paper that somebody signed, as the office typed it in. */
interface Paper {
  /** Id or e-mail. */
  readonly person: string;
  readonly policy: string;
  /** Today's where left out. */
  readonly version: string | undefined;
  readonly signed: string;
  readonly reason: string;
  readonly by: string;
}

/** Puts a signature on paper on record. Returns the exit code. @throws InputError for what can't be so */
export async function recordPaper(paper: Paper, office: Office, { output, errors }: Shell): Promise<number> {
  const { store, content, clock } = office;
  const now = clock.now();
  const calendar = createCalendar(content.school);
  const today = calendar.dayOf(now);
  const signedOn = paper.signed.trim();
  if (!z.iso.date().safeParse(signedOn).success)
    throw new InputError(`--signed "${paper.signed}" is not a day that exists. Write it as 2026-11-20.`);
  if (signedOn > today)
    throw new InputError(`--signed ${signedOn} is still to come. Put in the day on the paper.`);
  const text = await textOf(paper, office);
  const since = await firstDayOf(text, office, calendar);
  if (signedOn < since)
    throw new InputError(
      `--signed ${signedOn} lies before version "${text.version}" of "${text.policy}", which there has been since ${since}. Check the year. If the day is right, name the version that was signed with --version, or put right "reviewed" in policy.md.`,
    );
  const { person, whose, whole } = await find(paper.person, office);
  if (!person) {
    errors.write(
      `Nobody has the id or e-mail ${harmless(paper.person)}. ${
        whole
          ? 'Add them with "people import" first; "people list" shows who there is.'
          : 'Nothing was recorded.'
      }\n`,
    );
    return 1;
  }
  await recordVersions(store, content, now);
  const { id, name, email } = person;
  const { kind, acknowledgement } = await addAcknowledgement(
    store,
    {
      how: 'paper',
      person: { id, name, ...(email !== undefined && { email }) },
      policy: text.policy,
      version: text.version,
      sha256: text.sha256,
      at: now,
      signedOn,
      recordedBy: paper.by.trim(),
      reason: paper.reason.trim(),
    },
    (earlier) => earlier.how === 'paper' && earlier.signedOn === signedOn && whose(earlier.person)?.id === id,
  );
  const what = `${name} signed on paper on ${dateInWords(signedOn)}: ${nameOfText(text)}`;
  output.write(
    `${harmless(
      kind === 'already'
        ? `It is on record already, as number ${acknowledgement.position}: ${what}.`
        : `On record as number ${acknowledgement.position}: ${what}. Keep the paper.`,
    )}\n`,
  );
  const days = createSchoolDays(calendar);
  const year = days.academicYear(signedOn).name;
  if (year !== days.academicYear(today).name)
    output.write(`That was in the school year ${year}, so it does not count for this one.\n`);
  return 0;
}

/** @throws InputError where no such policy, or version of it, was ever asked for */
async function textOf({ policy, version }: Paper, { content, store }: Office) {
  const campaigns = campaignsOf(content);
  const own = campaigns.find((campaign) => campaign.policy === policy);
  if (own && (version === undefined || own.version === version)) return own;
  const versions = await listPolicyVersions(store);
  const kept = versions.filter((each) => each.policy === policy);
  const found = version === undefined ? undefined : kept.find((each) => each.version === version);
  if (found) return found;
  if (!own && kept.length === 0) {
    const asked = campaigns.map((each) => each.policy).join(', ');
    throw new InputError(
      `No policy "${policy}" asks to be acknowledged. ${asked ? `Those that do: ${asked}.` : 'None does.'}`,
    );
  }
  const known = [...new Set([...kept, ...(own ? [own] : [])].map((each) => each.version))].join(', ');
  throw new InputError(
    version === undefined
      ? `Nobody is asked to acknowledge "${policy}" now. Name the version that was signed with --version: ${known}.`
      : `Nobody was ever asked to acknowledge version "${version}" of "${policy}". Use one of: ${known}.`,
  );
}

/** The first day on which somebody can have signed this version: it was approved, asked for, or kept by then. */
async function firstDayOf(
  { policy, version }: Pick<PolicyVersion, 'policy' | 'version'>,
  { content, store, clock }: Office,
  calendar: Pick<Calendar, 'dayOf'>,
): Promise<Day> {
  const now = clock.now();
  const own = content.policies.find(({ id }) => id === policy);
  const asked = [
    ...(own ? campaignsOf({ policies: [own] }) : []),
    ...(await textsAskedBy(store, now)).map(({ asking, ...text }) => ({ ...text, ...asking })),
  ].filter((each) => each.policy === policy && each.version === version);
  const isOwn = own !== undefined && versionOf(own) === version;
  const days = [
    calendar.dayOf((await firstKept(store, { policy, version })) ?? now),
    ...asked.map(({ opens }) => opens),
    // `2015-06` stands before each of its days.
    ...(isOwn && own.reviewed !== undefined ? [own.reviewed.padEnd(10, '-01')] : []),
  ];
  return days.sort()[0]!;
}

/** The platforms are asked only where the lists do not name somebody. */
async function find(
  key: string,
  office: Office,
): Promise<{ readonly person: Person | undefined; readonly whose: Whose; readonly whole: boolean }> {
  const asked = { id: key.trim(), email: key.trim().toLowerCase() };
  const among = ({ whose }: Pick<People, 'whose'>) => ({ person: whose(asked), whose });
  const listed = among(await office.listed());
  if (listed.person) return { ...listed, whole: true };
  const { people, whole } = await office.everybody();
  return { ...among(people), whole };
}

/** Makes an acknowledgement count no more. Returns the exit code. @throws InputError for what is no number */
export async function revoke(
  { number, reason, by }: { readonly number: string; readonly reason: string; readonly by: string },
  { store, clock }: Office,
  { output, errors }: Shell,
): Promise<number> {
  if (!/^[1-9]\d{0,14}$/.test(number))
    throw new InputError(`"${number}" is not the number of an acknowledgement. The report shows each one's.`);
  const position = Number(number);
  const details = { by: by.trim(), reason: reason.trim(), at: clock.now() };
  const outcome = await revokeAcknowledgement(store, position, details);
  if (outcome === 'unknown') {
    errors.write(`There is no acknowledgement with the number ${number}. The report shows each one's.\n`);
    return 1;
  }
  const revoked = (await listAcknowledgements(store)).find((each) => each.position === position);
  output.write(
    outcome === 'already'
      ? `Number ${number} was revoked before. Nothing was changed.\n`
      : `Number ${number} counts no more: ${harmless(revoked?.person.name ?? '')} has not acknowledged it any more. It stays on record, with the reason.\n`,
  );
  return 0;
}
