import { html } from 'hono/html';
import { harmlessLine } from '../../../src/chat/harmless.ts';

type Html = ReturnType<typeof html>;

/** A school as its pages name it. */
export interface NamedSchool {
  readonly name: string;
  /** It is made up. */
  readonly example: boolean;
}

export interface SealedHtml {
  /** The page's own folder, seen from the page: `concern`. All addresses are relative, wherever the page lies. */
  readonly folder: string;
  /** Below the folder, such as `door/main.js`. */
  readonly script: string;
  /** What the page is called, beside what each of its screens is. */
  readonly title: string;
  readonly school: NamedSchool;
  /** Whether the preview lies beside it, to go back to. */
  readonly preview: boolean;
  /** Where there are no scripts. */
  readonly withoutScripts: Html;
  /** What the script needs beside what it asks for. */
  readonly more?: Html;
}

/** A page whose screens are made in the browser: nothing can be sealed anywhere else. */
export function sealedHtml({
  folder,
  script,
  title,
  school,
  preview,
  withoutScripts,
  more,
}: SealedHtml): string {
  const name = harmlessLine(school.name);
  return String(html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${name}</title>
    <link rel="stylesheet" href="${folder}/style.css" />
    <link rel="stylesheet" href="${folder}/concerns.css" />
    <link rel="icon" href="${folder}/icon.svg" type="image/svg+xml" />
    <script type="module" src="${folder}/${script}"></script>
  </head>
  <body class="sealed">
    <header>
      <p class="school">${name} ${school.example ? html`<strong class="badge">Made-up example</strong>` : ''}</p>
      ${preview ? html`<p class="who"><a href="./">Back to the preview</a></p>` : ''}
    </header>
    <p role="status"></p>
    <main><noscript>${withoutScripts}</noscript></main>
    ${more ?? ''}
  </body>
</html>
`);
}
