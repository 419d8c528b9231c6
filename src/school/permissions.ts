import type { Permission, School } from '../content/schema/school.ts';
import type { Day } from './calendar.ts';
import { hasLeft, type Person } from './people.ts';

/** Whether any role of a person carries a permission. Somebody who has left, or whom nobody knows, may nothing. */
export function may(
  school: Pick<School, 'roles'>,
  person: Person | undefined,
  permission: Permission,
  day: Day,
): boolean {
  if (!person || hasLeft(person, day)) return false;
  return person.roles.some((role) => school.roles[role]?.permissions.includes(permission) ?? false);
}
