import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { PageAnswer } from '../../../src/chat/mod.ts';
import { isLocal } from '../guard.ts';
import type { Files } from './files.ts';
import { headers, isOwnPage } from './headers.ts';
import { JsonError, readJson } from './json.ts';

/** Where pages that seal are served, and to whom. */
export interface Place {
  /** Of the page itself, such as `/concern`; its calls and files lie below. */
  readonly path: string;
  /** For this machine alone. */
  readonly local: boolean;
  /** Where people reach this server from outside, where that is known. */
  readonly publicUrl: string | undefined;
}

export interface SealedPage extends Place {
  /** The page, whole. */
  readonly html: string;
  readonly files: Files;
  /** Never throws. `session` is what the page's script sends along once somebody has logged in. */
  readonly call: (name: string, body: unknown, session: string | undefined) => Promise<PageAnswer>;
}

/**
 * Serves a page that seals: itself, its files, and the calls of its script. It asks a request for no more than
 * its path, its body, and what tells a page of ours from another's; nothing of it is kept or logged.
 */
export function sealedListener(page: SealedPage): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(page, request, response).catch((error: unknown) => {
      if (error instanceof JsonError) sendJson(response, error.status, { error: error.message });
      // Whoever asked has gone; or it is a fault of the bot, which tells nobody outside what it is.
      else if (!response.headersSent) sendText(response, 500, 'Something went wrong on the server.');
      else response.destroy();
    });
  };
}

async function answer(page: SealedPage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (page.local && !isLocal(request))
    return sendText(response, 403, 'The preview is for this computer alone.');
  const rest = below(page.path, request.url ?? '');
  const { method } = request;
  if (rest?.startsWith('/call/')) {
    if (method !== 'POST') return refuseMethod(response, 'POST');
    return answerCall(page, rest.slice('/call/'.length), request, response);
  }
  if (method !== 'GET' && method !== 'HEAD') return refuseMethod(response, 'GET, HEAD');
  if (rest === '') return send(request, response, { type: 'text/html', body: Buffer.from(page.html) });
  // Relative, so that it holds wherever the page lies behind another server.
  if (rest === '/') {
    response.writeHead(308, { location: `..${page.path.slice(page.path.lastIndexOf('/'))}` }).end();
    return;
  }
  const file = rest === undefined ? undefined : await page.files.find(rest.slice(1), request);
  if (!file) return sendText(response, 404, 'There is no such page.');
  response.setHeader('vary', 'accept-encoding');
  if (file.encoding !== undefined) response.setHeader('content-encoding', file.encoding);
  send(request, response, file);
}

async function answerCall(
  page: SealedPage,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOwnPage(request, page.publicUrl)) {
    request.resume();
    return sendJson(response, 403, { error: 'This came from another page. Please use this one.' });
  }
  const body = await readJson(request);
  const session = /^Bearer ([\w-]{1,100})$/.exec(request.headers.authorization ?? '')?.[1];
  const { status, body: answered } = await page.call(name, body, session);
  sendJson(response, status, answered);
}

/** What follows a path in an address; undefined for another address. */
function below(path: string, url: string): string | undefined {
  const [given = ''] = url.split('?');
  return given === path || given.startsWith(`${path}/`) ? given.slice(path.length) : undefined;
}

function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { type, body }: { readonly type: string; readonly body: Buffer },
): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}

function refuseMethod(response: ServerResponse, allow: string): void {
  response.setHeader('allow', allow);
  sendText(response, 405, 'This page can’t do that.');
}
