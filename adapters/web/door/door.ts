import type { RequestListener } from 'node:http';
import { html } from 'hono/html';
import type { ConcernPages } from '../../../src/chat/mod.ts';
import { createFiles } from '../sealed/files.ts';
import { type NamedSchool, sealedHtml } from '../sealed/html.ts';
import { type Place, sealedListener } from '../sealed/listener.ts';
import { pageScripts } from '../sealed/scripts.ts';

/** Door B: a page for somebody's own phone that seals a concern before it is sent. It knows nobody. */
export function createDoor(pages: ConcernPages, school: NamedSchool, place: Place): RequestListener {
  return sealedListener({
    ...place,
    html: sealedHtml({
      folder: 'concern',
      script: 'door/main.js',
      title: 'Raise a concern',
      school,
      preview: place.local,
      withoutScripts,
    }),
    files: createFiles(() => pageScripts('door/main.ts', pages)),
    call: (name, body) => pages.sender(name, body),
  });
}

const withoutScripts = html`<h1>Raise a concern</h1>
<p class="text warning">⚠ Is a child in danger now? Call <a href="tel:999">999</a>, and speak to your safeguarding lead in person.</p>
<p class="text">
  This page seals what you write in your own browser, before it is sent. For that it needs JavaScript, which is switched
  off here. Please switch it on, or use another browser or phone. Nothing has been sent.
</p>`;
