import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfHillPrimary } from '../content.ts';

/**
 * Hill Primary, whose phone policy asks everybody from 2 November until 11 December 2026, and whose headteacher
 * sees how it stands; more lines for the policy's front matter, and what more it asks, such as `, joiners_within_working_days: 5`.
 */
export function hillPrimaryAsking(more = '', rules = ''): string {
  const content = copyOfHillPrimary();
  const file = join(content, 'phones', 'policy.md');
  const asking = `owner: headteacher\nacknowledgement: { opens: 2026-11-02, due: 2026-12-11${rules} }\n${more}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('owner: headteacher\n', asking));
  const school = join(content, 'school.yaml');
  const seeing = 'permissions: [see-report, manage-people, read-gaps]';
  writeFileSync(school, readFileSync(school, 'utf8').replace('permissions: [read-gaps]', seeing));
  return content;
}
