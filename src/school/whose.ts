/** What tells people from one another. */
interface Known {
  readonly id: string;
  readonly accounts: readonly { readonly person: string }[];
  readonly email?: string;
}

/**
 * Finds whose something is among all these people. An id or an account tells for certain; the e-mail counts only
 * where nobody has that id, since an address may be given to somebody else later. An e-mail in place of an id,
 * of somebody who had no account then, is an e-mail.
 */
export function whoseAmong<Person extends Known>(
  people: Iterable<Person>,
): (key: { readonly id: string; readonly email?: string }) => Person | undefined {
  const byId = new Map<string, Person>();
  const byAccount = new Map<string, Person>();
  const byEmail = new Map<string, Person>();
  for (const person of people) {
    addFirst(byId, person.id, person);
    for (const account of person.accounts) addFirst(byAccount, account.person, person);
    if (person.email !== undefined) addFirst(byEmail, person.email, person);
  }
  return ({ id, email }) =>
    byId.get(id) ??
    byAccount.get(id) ??
    (email === undefined ? undefined : byEmail.get(email)) ??
    byEmail.get(id);
}

function addFirst<Value>(index: Map<string, Value>, key: string, value: Value): void {
  if (!index.has(key)) index.set(key, value);
}
