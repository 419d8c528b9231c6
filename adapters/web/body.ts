import type { IncomingMessage } from 'node:http';

/** Bytes of a form; more than any text that the bot takes. */
const most = 64 * 1024;

/** A form that can't be read. */
export class BodyError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
  }
}

/** Reads a form that a page has sent. @throws BodyError for one that is too long or of another kind */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const type = request.headers['content-type']?.split(';')[0]?.trim();
  if (type !== 'application/x-www-form-urlencoded')
    throw new BodyError(415, 'This page takes its own forms only.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > most) throw new BodyError(413, 'This is too long to be sent.');
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
