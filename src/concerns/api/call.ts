import * as z from 'zod';
import type { PageAnswer } from '../../chat/concern-pages.ts';

/** Bytes as JSON carries them: base64url without padding. With `length`, exactly so many. */
export const bytes = (length?: number) =>
  z
    .base64url()
    .max(40_000)
    .transform((text): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((read) => length === undefined || read.length === length);

export const toJson = (read: Uint8Array): string => Buffer.from(read).toString('base64url');

/** One call: reads its body, and answers. */
export type Call<Context> = (body: unknown, context: Context) => Promise<PageAnswer>;

/** A call whose body has a shape. What does not have it is answered with 400, and is nobody's to see. */
export const call =
  <Body, Context>(
    shape: z.ZodType<Body>,
    work: (body: Body, context: Context) => Promise<PageAnswer>,
  ): Call<Context> =>
  async (body, context) => {
    const read = shape.safeParse(body ?? {});
    return read.success
      ? work(read.data, context)
      : failed(400, 'This page is out of date. Please load it again.');
  };

export const nothing = z.object({});

export const ok = (body: unknown): PageAnswer => ({ status: 200, body });

export const failed = (status: Exclude<PageAnswer['status'], 200>, error: string): PageAnswer => ({
  status,
  body: { error },
});

export const busy = failed(429, 'Very many people are trying at the moment. Please try again in a minute.');
