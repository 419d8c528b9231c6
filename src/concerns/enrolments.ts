import { createHash, randomBytes } from 'node:crypto';
import { abouts } from '../content/schema/concerns.ts';
import { keysOf, type Person } from '../school/people.ts';
import type { Parts } from './parts.ts';
import { nameOf, presentReaders, titleOf } from './routing.ts';
import type { ReaderName } from './sealing/message.ts';
import type { SealedReader } from './sealing/reader.ts';
import { KEY_BYTES, READER_ID_BYTES, SEALED_KEY_BYTES } from './sealing/sizes.ts';
import { addEnrolment, allHandlers, endHandler, enrolHandler, findEnrolment } from './store/handlers.ts';
import { addDays } from './weeks.ts';

/** Somebody who is to become a reader, as the page greets them. */
interface Enrolling {
  readonly role: string;
  readonly title: string;
  readonly name: string;
}

/** From a role to a reader, by a link that is used once. */
export interface Enrolments {
  /**
   * A token for the holder of a role; of several, for the one of that name or e-mail. It works for seven days.
   * `refused` says what to do.
   */
  offer(
    role: string,
    whom?: string,
  ): Promise<
    | { readonly kind: 'offered'; readonly token: string; readonly title: string; readonly name: string }
    | { readonly kind: 'refused'; readonly message: string }
  >;
  /** Who is to enrol with a token; undefined where it was used, is too old, or never was. */
  enrolling(token: string): Promise<Enrolling | undefined>;
  /** Enrols a reader with what their browser has sealed, and uses up the token. */
  enrol(token: string, sealed: SealedReader): Promise<boolean>;
  /** Everybody who was ever enrolled, by name. */
  enrolled(): Promise<readonly Enrolled[]>;
  /** Ends a reader's time, by their id: their key is destroyed. False where no active reader has it. */
  end(id: string): Promise<boolean>;
}

interface Enrolled extends ReaderName {
  /** `away`: does not hold the role any more, or is not at the school at the moment; gets no new concerns. */
  readonly standing: 'reading' | 'away' | 'left';
}

/** Days that a token works. */
const LIFETIME = 7;

export function createEnrolments({ store, school, people, today }: Parts): Enrolments {
  const since = (): string => addDays(today(), -LIFETIME);

  return {
    async offer(role, whom) {
      const held = people().holders(role, today());
      if (held.kind === 'unknown')
        return refused(
          `There is no role "${role}" in school.yaml. Use one of: ${Object.keys(school.roles).join(', ')}.`,
        );
      const read = abouts.flatMap((about) => school.concerns.routes[about].read_by);
      if (!read.includes(role))
        return refused(
          `No concern goes to the role "${role}". Use one of: ${[...new Set(read)].join(', ')}, or put it in a route of school.yaml.`,
        );
      if (held.kind === 'nobody')
        return refused(`Nobody holds the role "${role}" in school.yaml. Put its holder in first.`);
      const wanted = whom?.toLowerCase();
      const meant = held.people.filter(
        (person) => wanted === undefined || [person.name.toLowerCase(), ...keysOf(person)].includes(wanted),
      );
      const names = held.people.map(({ name }) => name).join(', ');
      if (meant.length === 0)
        return refused(`"${whom}" does not hold the role "${role}". It is held by ${names}.`);
      const [person] = meant;
      if (meant.length > 1 || !person)
        return refused(
          `Several people hold the role "${role}": ${names}. Say which: handlers add ${role} "NAME".`,
        );
      const token = randomBytes(24).toString('base64url');
      await addEnrolment(store, hashOf(token), { role, person: keyOf(person), day: today() });
      return { kind: 'offered', token, title: held.title, name: person.name };
    },

    async enrolling(token) {
      const found = await findEnrolment(store, hashOf(token), since());
      const held = found && people().holders(found.role, today());
      if (held?.kind !== 'people') return undefined;
      const person = held.people.find((each) => keysOf(each).includes(found!.person));
      return person && { role: found!.role, title: held.title, name: person.name };
    },

    enrol: async (token, { id, publicKey, sealedByPassphrase, sealedByRecovery, verifier }) =>
      id.length === READER_ID_BYTES &&
      publicKey.length === KEY_BYTES &&
      verifier.length === KEY_BYTES &&
      sealedByPassphrase.length === SEALED_KEY_BYTES &&
      sealedByRecovery.length === SEALED_KEY_BYTES &&
      enrolHandler(store, hashOf(token), {
        id,
        keys: {
          public_key: publicKey,
          sealed_by_passphrase: sealedByPassphrase,
          sealed_by_recovery: sealedByRecovery,
          verifier,
        },
        since: since(),
        today: today(),
      }),

    async enrolled() {
      const handlers = await allHandlers(store);
      const present = presentReaders({ school, people: people(), day: today(), handlers });
      const everybody = people();
      return handlers
        .map(({ id, role, person, state }): Enrolled => {
          const reads = present.some((reader) => Buffer.from(reader.id).equals(id));
          return {
            id: Buffer.from(id).toString('base64url'),
            title: titleOf(school, role),
            name: nameOf(everybody, person),
            standing: state === 'left' ? 'left' : reads ? 'reading' : 'away',
          };
        })
        .sort((one, other) => one.name.localeCompare(other.name, 'en-GB'));
    },
    end: (id) => endHandler(store, Buffer.from(id, 'base64url'), today()),
  };
}

/** What a reader is known by in the school's list of people, whatever else comes to be known of them. */
const keyOf = ({ email, id }: Person): string => email ?? id;

/** A token is random and long, so that its hash need not be slow. */
const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();

const refused = (message: string) => ({ kind: 'refused', message }) as const;
