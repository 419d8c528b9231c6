import { abouts } from '../content/schema/concerns.ts';
import type { School } from '../content/schema/school.ts';
import type { Concerns } from './concerns.ts';
import { titleOf } from './routing.ts';
import { sealing } from './sealing-loader.ts';
import { stretchOnThreads } from './stretch.ts';

/** A reader to try the inbox as, with what opens it. */
export interface ExampleReader {
  readonly title: string;
  readonly name: string;
  readonly passphrase: string;
}

/**
 * Enrols a reader for every role that reads concerns, with passphrases that everybody may know, so that
 * somebody who tries the bot out can be a sender, then the reader. For the preview's own data and nothing else.
 * Who is enrolled already stays so. Takes a quarter of a second for each. @throws StoreError
 */
export async function enrolExampleReaders(
  { enrolments, readers }: Concerns,
  school: School,
): Promise<readonly ExampleReader[]> {
  const { enrol } = await sealing();
  const stretch = stretchOnThreads();
  const enrolled = await readers.list();
  const roles = new Set(abouts.flatMap((about) => school.concerns.routes[about].read_by));
  const examples = await Promise.all(
    [...roles].map(async (role) => {
      const holder = school.people.find((person) => person.roles.includes(role));
      if (!holder) return [];
      const { name, email } = holder;
      const title = titleOf(school, role);
      const example = { title, name, passphrase: `made-up words of the ${title}` };
      if (enrolled.some((reader) => reader.title === title && reader.name === name)) return [example];
      const offer = await enrolments.offer(role, email);
      if (offer.kind === 'refused') return [];
      const { sealed } = await enrol(example.passphrase, stretch);
      return (await enrolments.enrol(offer.token, sealed)) ? [example] : [];
    }),
  );
  return examples.flat();
}
