import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Request, Response, Router } from 'express';

const files = {
  'style.css': { type: 'text/css', from: [own('style.css')] },
  'icon.svg': { type: 'image/svg+xml', from: [own('icon.svg')] },
  'chat.js': { type: 'text/javascript', from: [own('chat.js')] },
  // One script: the library begins by itself once it has run, and must find its extensions there.
  'htmx.js': {
    type: 'text/javascript',
    from: [library('htmx.min.js'), library('ext/hx-upsert.min.js'), library('ext/hx-sse.min.js')],
  },
} as const;

function own(name: string): URL {
  return new URL(`./assets/${name}`, import.meta.url);
}

function library(name: string): string {
  return join(dirname(createRequire(import.meta.url).resolve('htmx.org')), name);
}

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;

/** Serves what the pages need beside themselves, each file compressed once. */
export function addAssets(pages: Router): void {
  for (const [name, { type, from }] of Object.entries(files)) {
    const plain = Buffer.from(from.map((file) => readFileSync(file, 'utf8')).join('\n'));
    const compressed = new Map<keyof typeof compressors, Promise<Buffer>>();
    pages.get(`/assets/${name}`, async (request: Request, response: Response) => {
      response
        .set({ 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' })
        .vary('accept-encoding');
      const encoding = request.acceptsEncodings('br', 'gzip');
      if (encoding !== 'br' && encoding !== 'gzip') {
        response.send(plain);
        return;
      }
      const content = compressed.get(encoding) ?? compressors[encoding](plain);
      compressed.set(encoding, content);
      response.set('content-encoding', encoding).send(await content);
    });
  }
}
