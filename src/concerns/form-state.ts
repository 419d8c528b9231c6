import * as z from 'zod';
import { abouts } from '../content/schema/concerns.ts';
import { sealing } from './sealing-loader.ts';

/** What a form hands back when it is sent. It holds nothing of what was written, and of a receipt only its end. */

const id = z.string().max(40);

const draftState = z.strictObject({
  about: z.enum(abouts),
  exclude: z.array(id).max(50).readonly(),
  /** Whom the sender was shown. */
  readers: z.array(id).max(20).readonly(),
  nonce: z.string().max(40),
});
export type DraftState = z.infer<typeof draftState>;

export const writeDraftState = (state: DraftState): string => JSON.stringify(state);
/** Undefined where it was not written here. */
export const readDraftState = (state: string | undefined): DraftState | undefined => parse(draftState, state);

const ends = z.array(z.string()).min(1);
export const writeEnds = (state: readonly string[]): string => JSON.stringify(state);
export const readEnds = (state: string | undefined): readonly string[] | undefined => parse(ends, state);

const threadState = z.strictObject({ receipt: z.string(), nonce: z.string() });
type ThreadState = z.infer<typeof threadState>;

/** Seals what must not lie about in a platform's form, such as a receipt, under a key that this process alone has. */
export interface StateSealer {
  write(state: ThreadState): Promise<string>;
  /** Undefined where another process sealed it, or nobody. */
  read(state: string | undefined): Promise<ThreadState | undefined>;
}

export function createStateSealer(): StateSealer {
  let key: Uint8Array | undefined;
  return {
    async write(state) {
      const { KEY_BYTES, randomBytes, seal, toText } = await sealing();
      key ??= randomBytes(KEY_BYTES);
      return toText(seal(new TextEncoder().encode(JSON.stringify(state)), key));
    },
    async read(state) {
      const { fromText, open } = await sealing();
      const sealed = state === undefined ? undefined : fromText(state);
      const plain = sealed && key && open(sealed, key);
      return plain && parse(threadState, new TextDecoder().decode(plain));
    },
  };
}

function parse<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
