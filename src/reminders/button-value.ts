import * as z from 'zod';

/** What the buttons of a card hand back: whose card it is, and what it is about. */
export interface ButtonValue {
  /** `Person.id` as it was when the card was drawn. */
  readonly person: string;
  /** Policy and version; none where the whole card is meant. */
  readonly about?: { readonly policy: string; readonly version: string };
  /** The key of the reminder that the card came with; none where somebody asked for it. */
  readonly reminder?: string;
}

const parts = z.tuple([z.string(), z.string(), z.string(), z.string()]);

/** Well under the 2,000 characters of a button's value. */
export function writeValue({ person, about, reminder }: ButtonValue): string {
  return JSON.stringify([person, about?.policy ?? '', about?.version ?? '', reminder ?? '']);
}

/** Undefined for what no card of this bot hands back. */
export function readValue(text: string): ButtonValue | undefined {
  const [person, policy, version, reminder] = partsOf(text) ?? [];
  if (!person) return undefined;
  return {
    person,
    ...(policy && version && { about: { policy, version } }),
    ...(reminder && { reminder }),
  };
}

function partsOf(text: string): z.infer<typeof parts> | undefined {
  try {
    return parts.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
