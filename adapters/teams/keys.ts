import { createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

/** A key that the platform signs with. */
export interface SigningKey {
  readonly key: KeyObject;
  /** The channels whose tokens it may sign; any where there are none. */
  readonly endorsements: readonly string[];
}

/** The platform's keys can't be had at the moment. */
export class KeysAwayError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeysAwayError';
  }
}

const minute = 60_000;
/** Microsoft changes its keys now and then, and says to ask once a day. */
const fresh = 24 * 60 * minute;
/** Nobody who sends made-up key ids may make the bot ask more often. */
const between = 5 * minute;
const patience = 5_000;

const metadata = z.object({ jwks_uri: z.url() });
const keySet = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      kty: z.string(),
      n: z.string().optional(),
      e: z.string().optional(),
      endorsements: z.array(z.string()).optional(),
    }),
  ),
});

/** The keys that the platform signs its tokens with, asked for at its OpenID metadata address and kept for a day. */
export class SigningKeys {
  readonly #address: string;
  readonly #now: () => number;
  #keys = new Map<string, SigningKey>();
  #loaded = Number.NEGATIVE_INFINITY;
  #asked = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  /** `now` gives milliseconds. */
  constructor(address: string, now: () => number) {
    this.#address = address;
    this.#now = now;
  }

  get known(): boolean {
    return this.#keys.size > 0;
  }

  /** @throws KeysAwayError where the keys were never had and can't be had now */
  async find(id: string): Promise<SigningKey | undefined> {
    const age = this.#now() - this.#loaded;
    const found = this.#keys.get(id);
    const late = this.#now() - this.#asked >= between;
    if (age >= fresh || (!found && late)) await this.load().catch((error: unknown) => this.#without(error));
    return this.#keys.get(id);
  }

  /** Asks now. Those who ask at the same time share one answer. @throws KeysAwayError */
  load(): Promise<void> {
    this.#asked = this.#now();
    this.#asking ??= this.#load().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Keys that are a little old still sign. */
  #without(error: unknown): void {
    if (!this.known) throw error;
  }

  async #load(): Promise<void> {
    const { jwks_uri } = metadata.parse(await fetchJson(this.#address));
    const { keys } = keySet.parse(await fetchJson(jwks_uri));
    const read = keys.flatMap(({ kid, kty, n, e, endorsements = [] }): [string, SigningKey][] =>
      kty === 'RSA' && n && e
        ? [[kid, { key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }), endorsements }]]
        : [],
    );
    if (read.length === 0) throw new KeysAwayError('the list of keys is empty');
    this.#keys = new Map(read);
    this.#loaded = this.#now();
  }
}

async function fetchJson(address: string): Promise<unknown> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
    if (!response.ok) throw new KeysAwayError(`the answer was ${response.status}`);
    return await response.json();
  } catch (error) {
    if (error instanceof KeysAwayError) throw error;
    throw new KeysAwayError('there was no answer that could be read');
  }
}
