import { html } from 'hono/html';
import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { Button, Card, Element, Form, Input, Tone } from '../../src/chat/mod.ts';
import { printable } from './open-forms.ts';

/** A piece of a page; its text is escaped. */
export type Html = ReturnType<typeof html>;

/** Where a card's buttons and forms lead. */
export interface Links {
  /** Address that a press is sent to. */
  readonly press: string;
  /** Proves that the page is the server's own. */
  readonly token: string;
  /** Which message the buttons stand on. */
  readonly message?: number;
  /** The part of the page that takes what comes back. */
  readonly target: string;
  /** Makes a form that is open known again when it comes back. */
  readonly seal: (form: Form) => string;
}

export function renderCard({ elements }: Card, links: Links): Html {
  return html`${elements.map((element) => renderElement(element, links))}`;
}

const signs: Readonly<Record<Tone, string>> = { normal: '', strong: '', quiet: '', warning: '⚠ ' };

function renderElement(element: Element, links: Links): Html {
  switch (element.kind) {
    case 'heading':
      return html`<h3>${harmlessLine(element.text)}</h3>`;
    case 'text': {
      const tone = element.tone ?? 'normal';
      return html`<p class="text ${tone}">${signs[tone]}${harmless(element.text)}</p>`;
    }
    case 'quote':
      return html`<figure>
        <blockquote>${harmless(element.text)}</blockquote>
        <figcaption>${harmless(element.source)}</figcaption>
      </figure>`;
    case 'fields':
      return html`<dl>
        ${element.fields.map(
          ({ label, value }) =>
            html`<div>
              <dt>${harmlessLine(label)}</dt>
              <dd>${harmless(value)}</dd>
            </div>`,
        )}
      </dl>`;
    case 'buttons':
      return html`<form
        class="buttons"
        method="post"
        action="${links.press}"
        hx-post="${links.press}"
        hx-target="${links.target}"
        hx-swap="upsert"
      >
        ${hidden('token', links.token)}
        ${links.message === undefined ? '' : hidden('message', String(links.message))}
        ${element.buttons.map(renderButton)}
      </form>`;
    case 'link':
      return html`<p><a href="${safeAddress(element.url)}" rel="noreferrer">${harmlessLine(element.label)}</a></p>`;
    case 'progress':
      return renderProgress(element);
    case 'divider':
      return html`<hr />`;
  }
}

function renderButton({ action, value, label, style }: Button): Html {
  return html`<button class="${style ?? 'plain'}" name="press" value="${printable([action, value])}">
    ${harmlessLine(label)}
  </button>`;
}

function renderProgress({ label, done, total }: Extract<Element, { kind: 'progress' }>): Html {
  const all = Math.max(0, total);
  const some = Math.min(all, Math.max(0, done));
  return html`<div class="progress">
    <span>${harmlessLine(label)}: ${some} of ${all}</span>
    <progress max="${Math.max(1, all)}" value="${some}" aria-label="${harmlessLine(label)}"></progress>
  </div>`;
}

/** What somebody has filled in, and what is wrong with it by field. */
export interface Filled {
  readonly values: URLSearchParams;
  readonly errors: Readonly<Record<string, string>>;
}

/** A form to fill in, where `action` is the address that it is sent to. */
export function renderForm(
  form: Form,
  links: Links & { readonly action: string; readonly cancel: string },
  filled: Filled = { values: new URLSearchParams(), errors: {} },
): Html {
  // Nothing that the page's script would add may tell whose page an anonymous form was filled in on.
  const alone = form.anonymous ? html`hx-vals="{}"` : '';
  const message =
    form.anonymous || links.message === undefined ? '' : hidden('message', String(links.message));
  // The introduction may hold buttons, which are forms of their own, and forms can't lie within each other.
  return html`<div class="form">
    <h3>${harmlessLine(form.title)}</h3>
    ${renderCard({ summary: form.title, elements: form.intro }, links)}
  </div>
  <form
    class="form"
    method="post"
    autocomplete="off"
    action="${links.action}"
    hx-post="${links.action}"
    hx-target="${links.target}"
    hx-swap="upsert"
    ${alone}
  >
    ${hidden('token', links.token)} ${hidden('open-form', links.seal(form))} ${message}
    ${form.inputs.map((input, index) =>
      renderInput(input, filled.values.getAll(input.name), filled.errors[input.name], index),
    )}
    <div class="buttons">
      <button class="primary">${harmlessLine(form.submitLabel)}</button>
      <a class="button" href="${links.cancel}">${harmlessLine(form.cancelLabel ?? 'Cancel')}</a>
    </div>
  </form>`;
}

function renderInput(input: Input, given: readonly string[], error: string | undefined, index: number): Html {
  const id = `field-${index}-${input.name.replace(/[^\w-]/g, '-')}`;
  const problem = error === undefined ? '' : html`<p class="error" id="${id}-error">⚠ ${harmless(error)}</p>`;
  const described = error === undefined ? '' : html`aria-invalid="true" aria-describedby="${id}-error"`;
  const required = input.optional || (input.kind === 'choice' && input.many) ? '' : html`required`;
  const label = html`${harmlessLine(input.label)}${input.optional ? ' (if you like)' : ''}`;
  if (input.kind === 'choice')
    return html`<fieldset ${described}>
      <legend>${label}</legend>
      ${input.options.map(
        ({ value, label: name }) =>
          html`<label
            ><input
              type="${input.many ? 'checkbox' : 'radio'}"
              name="${input.name}"
              value="${value}"
              ${given.includes(value) ? html`checked` : ''}
              ${required}
            />
            <span>${harmlessLine(name)}</span></label
          >`,
      )}
      ${problem}
    </fieldset>`;
  const value = given[0] ?? input.initial ?? '';
  const limit = input.maxLength === undefined ? '' : html`maxlength="${input.maxLength}"`;
  // A line break right after the start tag is the one that a browser drops.
  const box = input.multiline
    ? html`<textarea id="${id}" name="${input.name}" rows="5" ${limit} ${required} ${described}>
${harmless(value)}</textarea
      >`
    : html`<input id="${id}" name="${input.name}" value="${harmless(value)}" ${limit} ${required} ${described} />`;
  return html`<div class="field"><label for="${id}">${label}</label>${box}${problem}</div>`;
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}" />`;
}

/** An address that leads to a page, a telephone or an e-mail; nothing that runs. */
function safeAddress(url: string): string {
  return /^(https?:|mailto:|tel:|\/)/i.test(url) ? url : '#';
}
