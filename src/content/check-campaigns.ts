import { createCalendar, type Day } from '../school/calendar.ts';
import type { Fault } from './fault.ts';
import type { PolicySource } from './load.ts';
import { nearest } from './nearest.ts';
import type { School } from './schema/school.ts';

/** What reads well in a policy's wish for acknowledgement, and is hardly as its author meant it. */
export function checkCampaigns(sources: readonly PolicySource[], school: School): Fault[] {
  const asking = sources.filter(({ policy }) => policy.acknowledgement);
  return [
    ...asking.flatMap((source) => checkCampaign(source, school)),
    ...(asking.length > 0 ? checkRungs(asking[0]!, school) : []),
  ];
}

function checkCampaign({ policy, files, frontMatter }: PolicySource, school: School): Fault[] {
  const { audience, opens, due, check_questions: questions } = policy.acknowledgement!;
  const faults: Fault[] = [];
  const fault = (path: PropertyKey[], what: string, todo: string): void => {
    faults.push({ file: files.policy, line: frontMatter.lineOf(path), what, todo });
  };
  const at = (...path: PropertyKey[]): PropertyKey[] => ['acknowledgement', ...path];

  if (policy.version === undefined)
    fault(
      at(),
      'People are asked to acknowledge this policy, and it has no version: each change of its text, a comma too, is a new one that everybody is asked for again.',
      'Add a version: "2026-09", for example, and write change: minor beside it after a small correction.',
    );

  const calendar = createCalendar(school);
  const yearOf = (day: Day): string => calendar.academicYear(day).name;
  const inHolidays = (day: Day): boolean =>
    school.terms.some(({ to }) => yearOf(to) === yearOf(day)) &&
    !school.terms.some(({ from, to }) => from <= day && day <= to);
  if (inHolidays(opens))
    fault(
      at('opens'),
      `"opens", ${opens}, lies in no term of school.yaml, and nobody is told of it in the holidays.`,
      'Choose a day in term, or put the term right.',
    );
  if (inHolidays(due))
    fault(
      at('due'),
      `"due", ${due}, lies in no term of school.yaml: the last reminder goes out when term ends.`,
      'Choose a day in term, or put the term right.',
    );
  if (yearOf(due) !== yearOf(opens))
    fault(
      at('due'),
      `"due", ${due}, lies in another school year than "opens", ${opens}: who acknowledges before 1 September is asked again on that day.`,
      'Let both lie in one school year, which runs from 1 September until 31 August.',
    );

  const groups = new Set([
    ...Object.keys(school.roles),
    ...Object.values(school.roles).flatMap((role) => role.audience),
  ]);
  const asked = audience ?? policy.audience;
  if (asked.length === 0)
    fault(
      at(),
      'Neither "acknowledgement" nor the policy names an audience, so everybody whom Slack or Teams lists is asked.',
      'Add audience: [staff], for example.',
    );
  for (const [index, group] of asked.entries())
    if (!groups.has(group))
      fault(
        audience ? at('audience', index) : ['audience', index],
        `No role of school.yaml belongs to the audience "${group}", so nobody is asked for it.`,
        nearest(group, groups),
      );

  const clauses = new Set(policy.clauses.map(({ id }) => id));
  for (const [index, { because }] of questions.entries())
    if (because !== undefined && !clauses.has(because))
      fault(
        at('check_questions', index, 'because'),
        `There is no clause "${because}" in ${files.policy}.`,
        nearest(because, clauses),
      );
  return faults;
}

/** Acknowledgements that are asked for and reminders that are all left out. */
function checkRungs({ files, frontMatter }: PolicySource, { reminders }: School): Fault[] {
  const { digest, due_day: dueDay, week_before: weekBefore, day_before: dayBefore, overdue } = reminders;
  if (digest || dueDay || [weekBefore, dayBefore, overdue].some((days) => days !== undefined)) return [];
  return [
    {
      file: files.policy,
      line: frontMatter.lineOf(['acknowledgement']),
      what: 'People are asked to acknowledge this policy, and "reminders" in school.yaml leaves every reminder out.',
      todo: 'Leave the digest on at least, so that they hear of it.',
    },
  ];
}
