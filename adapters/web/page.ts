import { html } from 'hono/html';
import { harmlessLine } from '../../src/chat/harmless.ts';
import type { PlatformPerson } from '../../src/chat/mod.ts';
import type { OpenForms } from './open-forms.ts';
import type { Html } from './render.ts';

/** What all pages have in common. */
export interface Site {
  /** Where the preview lies: `` or `/preview`. */
  readonly base: string;
  readonly school: {
    readonly name: string;
    readonly example: boolean;
    /** What each role is called. */
    readonly roles: Readonly<Record<string, string>>;
  };
  /** Further pages of the preview, for the head of each page. */
  readonly pages: readonly {
    readonly label: string;
    readonly path: string;
    /** It does not ask who one is, so that its address must not say so. */
    readonly apart?: true;
  }[];
  /** Proves that a form is one of these pages'. */
  readonly token: string;
  readonly forms: OpenForms;
}

export interface PageOptions {
  readonly title: string;
  readonly me?: PlatformPerson;
  /** Where the page lies, without the base, so that its link is marked. */
  readonly path?: string;
  /** `chat`: the page is as high as the screen, and its middle scrolls. */
  readonly shape?: 'chat';
  /** The preview's own day and time, in words. */
  readonly now: string;
  readonly body: Html;
}

export function renderPage(site: Site, { title, me, path, shape, now, body }: PageOptions): Html {
  const { base, school } = site;
  return html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${harmlessLine(school.name)}</title>
    <link rel="stylesheet" href="${base}/assets/style.css" />
    <link rel="icon" href="${base}/assets/icon.svg" type="image/svg+xml" />
    <script src="${base}/assets/htmx.js" defer></script>
    <script src="${base}/assets/chat.js" defer></script>
  </head>
  <body class="${shape ?? 'plain'}">
    <header>
      <p class="school">
        ${harmlessLine(school.name)} <strong class="badge">${school.example ? 'Made-up example' : 'Try-out'}</strong>
      </p>
      <p class="who">
        ${me ? html`<strong>${harmlessLine(me.name)}</strong>${rolesOf(school, me)} · ` : ''}<a
          href="${base || '/'}"
          ${me ? html`aria-label="Change who you are"` : ''}
          >${me ? 'change' : 'choose who you are'}</a
        >
        <span class="now">${now}</span>
      </p>
      <nav aria-label="Pages">
        ${linksFor(site, me).map(
          ({ label, to, at }) =>
            html`<a href="${to}" ${at === path ? html`aria-current="page"` : ''}>${label}</a>`,
        )}
      </nav>
    </header>
    <main>
      ${body}
      <p class="error" id="away" role="alert" hidden>⚠ The bot can’t be reached. Is it still running?</p>
    </main>
  </body>
</html>`;
}

function linksFor({ base, pages }: Site, me: PlatformPerson | undefined) {
  const own = me && pathOf(me);
  return [
    ...(own === undefined
      ? []
      : [
          { label: 'Chat', at: own, to: base + own },
          { label: 'Home', at: `${own}/home`, to: `${base}${own}/home` },
        ]),
    ...pages.map(({ label, path, apart }) => ({
      label,
      at: path,
      to: `${base}${path}${me && !apart ? `?as=${encodeURIComponent(me.id)}` : ''}`,
    })),
  ];
}

/** Where somebody's own pages lie, without the base. */
export const pathOf = ({ id }: PlatformPerson): string => `/as/${encodeURIComponent(id)}`;

/** Who one can be. */
export function renderPeople({ base, school }: Site, people: readonly PlatformPerson[]): Html {
  return html`<h1>Try the staff guidance bot</h1>
    <p>
      This page stands for Slack or Teams. Choose who you are, then ask what staff ask, in your own words. Nothing
      leaves this computer.
    </p>
    <h2>Who are you?</h2>
    <ul class="people">
      ${people.map(
        (person) =>
          html`<li>
            <a href="${base}${pathOf(person)}"
              ><strong>${harmlessLine(person.name)}</strong>${rolesOf(school, person)}</a
            >
          </li>`,
      )}
    </ul>
    <h2>What to try first</h2>
    <ol>
      <li>As a teacher, ask “can I friend a parent?” Then “what about a former pupil?”, and press a button.</li>
      <li>Look at “Home”: what you still have to read. Acknowledge it.</li>
      <li>Move the time on, and see who is reminded.</li>
      <li>Be the headteacher, and look at the report.</li>
      <li>Raise a concern and keep the code. Then open the “Inbox” as one of its readers, and answer.</li>
    </ol>`;
}

function rolesOf({ roles }: Site['school'], { groups = [] }: PlatformPerson): Html | string {
  const titles = groups.map((group) => (Object.hasOwn(roles, group) ? roles[group]! : group));
  return titles.length === 0 ? '' : html` <span class="roles">${harmlessLine(titles.join(', '))}</span>`;
}
