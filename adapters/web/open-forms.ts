import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Form } from '../../src/chat/mod.ts';
import { BodyError } from './body.ts';

/** Forms that are open on pages go along with these, sealed, so that only forms of the bot's own come back. */
export class OpenForms {
  readonly #key = randomBytes(32);

  seal(form: Form): string {
    const text = printable(form);
    return `${this.#sign(text).toString('base64url')}.${text}`;
  }

  /** @throws BodyError for a form that this did not seal */
  open(sealed: string | null): Form {
    const [, signature = '', text = ''] = /^([\w-]*)\.([\s\S]*)$/.exec(sealed ?? '') ?? [];
    const given = Buffer.from(signature, 'base64url');
    const own = this.#sign(text);
    if (given.length !== own.length || !timingSafeEqual(given, own))
      throw new BodyError(403, 'This form is not one of the preview’s. Please open it again.');
    return JSON.parse(text) as Form;
  }

  #sign(text: string): Buffer {
    return createHmac('sha256', this.#key).update(text).digest();
  }
}

/** JSON in which marks that can't be seen are spelt out: no page can be turned around by what it carries along. */
export function printable(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) =>
    mark
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
