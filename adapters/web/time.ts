import { html } from 'hono/html';
import { harmlessLine } from '../../src/chat/harmless.ts';
import type { Site } from './page.ts';
import { type Html, hidden } from './render.ts';
import { steps } from './travel.ts';

/** What the bot sent of its own accord. */
export interface Sent {
  /** In words. */
  readonly at: string;
  readonly to: { readonly id: string; readonly name: string };
  readonly summary: string;
}

export interface TimePage {
  /** As a date and time field has it. */
  readonly now: string;
  /** Newest first. */
  readonly sent: readonly Sent[];
  /** Who looks at it. */
  readonly as: string | undefined;
  /** How many messages the last move has led to, or why there was none. */
  readonly came?: { readonly messages: number } | { readonly problem: string };
}

/** Where the time is moved, and who got what by that. */
export function renderTime({ base, token }: Site, { now, sent, as, came }: TimePage): Html {
  const problem = came && 'problem' in came ? came.problem : undefined;
  const moved = came && 'messages' in came ? came.messages : 0;
  return html`<h1>Time and reminders</h1>
    <p>Move the preview’s own time forward, and see who gets what. It can’t go back.</p>
    <form class="panel" method="post" action="${base}/time">
      ${hidden('token', token)} ${as === undefined ? '' : hidden('as', as)}
      <div class="buttons">
        ${Object.entries(steps).map(
          ([name, { label }]) => html`<button name="step" value="${name}" formnovalidate>${label}</button>`,
        )}
      </div>
      <div class="field">
        <label for="to">Or to a day and time</label>
        <input
          id="to"
          name="to"
          type="datetime-local"
          required
          value="${now}"
          min="${now}"
          ${problem === undefined ? '' : html`aria-invalid="true" aria-describedby="to-error"`}
        />
        ${problem === undefined ? '' : html`<p class="error" id="to-error">⚠ ${problem}</p>`}
      </div>
      <div class="buttons"><button class="primary">Move the time</button></div>
    </form>
    ${came && 'messages' in came ? html`<p class="strong" role="status">${countInWords(moved)}</p>` : ''}
    <h2>What the bot has sent</h2>
    ${
      sent.length === 0
        ? html`<p>Nothing so far. It writes on school days, in working hours.</p>`
        : html`<ol class="sent">
            ${sent.map(
              ({ at, to, summary }, index) =>
                html`<li>
                  <a href="${base}/as/${encodeURIComponent(to.id)}">${harmlessLine(to.name)}</a>
                  ${index < moved ? html`<strong class="badge">new</strong>` : ''}
                  <span class="quiet">${at}</span>
                  <p>${harmlessLine(summary)}</p>
                </li>`,
            )}
          </ol>`
    }`;
}

function countInWords(messages: number): string {
  if (messages === 0) return 'The time was moved. Nothing had to be sent on the way.';
  return `The time was moved. ${messages} ${messages === 1 ? 'message was' : 'messages were'} sent on the way.`;
}
