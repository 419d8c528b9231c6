import type { IncomingMessage } from 'node:http';

/** Bytes of a call; a concern with all its grants takes a third of it. */
const most = 64 * 1024;
/** Of a body that is too long so much is read and dropped, so that whoever sent it hears the answer. */
const patience = 16 * 1024 * 1024;

/** A body that can't be read. */
export class JsonError extends Error {
  readonly status: 400 | 413 | 415;
  constructor(status: JsonError['status'], message: string) {
    super(message);
    this.name = 'JsonError';
    this.status = status;
  }
}

/** Reads what a page's own script has sent. @throws JsonError for what is too long, of another kind, or no JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  const type = request.headers['content-type']?.split(';')[0]?.trim();
  if (type !== 'application/json') throw new JsonError(415, 'This page takes its own calls only.');
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonError(400, 'This page is out of date. Please load it again.');
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length <= most) chunks.push(chunk as Buffer);
    if (length > patience) break;
  }
  if (length > most) throw new JsonError(413, 'This is too long to be sent.');
  return Buffer.concat(chunks).toString('utf8');
}
