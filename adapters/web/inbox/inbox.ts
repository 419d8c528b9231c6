import type { RequestListener } from 'node:http';
import { html } from 'hono/html';
import { harmlessLine } from '../../../src/chat/harmless.ts';
import type { ConcernPages } from '../../../src/chat/mod.ts';
import { createFiles } from '../sealed/files.ts';
import { type NamedSchool, sealedHtml } from '../sealed/html.ts';
import { type Place, sealedListener } from '../sealed/listener.ts';
import { pageScripts } from '../sealed/scripts.ts';

/** A made-up reader whose passphrase everybody may know, to try the inbox as. */
export interface ExampleReader {
  readonly title: string;
  readonly name: string;
  readonly passphrase: string;
}

/** The readers' inbox. Keys are opened in the browser and nowhere else. `examples` are shown to whoever looks. */
export function createInbox(
  pages: ConcernPages,
  school: NamedSchool,
  { examples = [], ...place }: Place & { readonly examples?: readonly ExampleReader[] },
): RequestListener {
  return sealedListener({
    ...place,
    html: sealedHtml({
      folder: 'inbox',
      script: 'inbox/main.js',
      title: 'Inbox for concerns',
      school,
      preview: place.local,
      withoutScripts,
      ...(examples.length > 0 && { more: renderExamples(examples) }),
    }),
    files: createFiles(() => pageScripts('inbox/main.ts', pages)),
    call: (name, body, session) => pages.reader(name, body, session),
  });
}

const withoutScripts = html`<h1>Inbox for concerns</h1>
<p class="text">
  This page opens concerns in your own browser, with your passphrase. For that it needs JavaScript, which is switched
  off here. Please switch it on, or use another browser.
</p>`;

/** Put below the login by the page's script. */
const renderExamples = (examples: readonly ExampleReader[]) => html`<template>
  <section class="examples">
    <h2>Made-up readers, to try this out</h2>
    <p class="text">Nothing here is secret. Choose somebody above and type their passphrase.</p>
    <dl>
      ${examples.map(
        ({ title, name, passphrase }) =>
          html`<div>
            <dt>${harmlessLine(name)}, ${harmlessLine(title)}</dt>
            <dd><code>${passphrase}</code></dd>
          </div>`,
      )}
    </dl>
  </section>
</template>`;
