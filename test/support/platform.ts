import type { Adapter, AdapterFactory, Card, Outcome, PlatformPerson } from '../../src/chat/mod.ts';

interface Sent {
  readonly person: string;
  readonly card: Card;
  readonly key: string;
}

/** A chat platform that does what a test says, and keeps what it was sent. */
export function platformOf({
  people = [],
  outcome = () => ({ kind: 'sent', message: 'm' }),
  name = 'fake',
}: {
  /** Undefined: they can't be listed. */
  people?: readonly PlatformPerson[] | undefined;
  outcome?: (sent: Sent) => Outcome | Promise<Outcome>;
  name?: string;
}): { readonly factory: AdapterFactory; readonly sent: readonly Sent[]; readonly calls: readonly string[] } {
  const sent: Sent[] = [];
  const calls: string[] = [];
  const adapter: Adapter = {
    name,
    async start() {
      calls.push('start');
    },
    async stop() {
      calls.push('stop');
    },
    ready: () => true,
    async send(person, card, key) {
      sent.push({ person, card, key });
      return outcome({ person, card, key });
    },
    update: async () => ({ kind: 'sent', message: 'm' }),
    async *people() {
      yield* people;
    },
  };
  return { factory: { name, create: () => adapter }, sent, calls };
}
