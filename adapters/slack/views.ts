import type { types, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { Card, Form, Response } from '../../src/chat/mod.ts';
import { keep, type Place } from './place.ts';
import { renderForm, renderPage } from './render.ts';

type ViewErrors = Readonly<Record<string, string>>;

/** What the modals of this adapter are called, so that they are known when they come back. */
const callbackOf = { page: 'page', form: 'form:', anonymous: 'anonymous:' } as const;

/** Which form was sent; undefined where it is another's, or none. */
export function formOf(callbackId: string): string | undefined {
  return callbackId.startsWith(callbackOf.form) ? callbackId.slice(callbackOf.form.length) : undefined;
}

/** Whether a modal says, to the adapter alone, where it was opened. */
export const keepsPlace = (callbackId: string): boolean =>
  callbackId === callbackOf.page || formOf(callbackId) !== undefined;

/** Which anonymous form was sent. */
export function anonymousFormOf(callbackId: string): string | undefined {
  return callbackId.startsWith(callbackOf.anonymous)
    ? callbackId.slice(callbackOf.anonymous.length)
    : undefined;
}

/** A form as a modal. One that is anonymous carries its state and nothing of where it was opened. */
function formView(form: Form, place: Place): types.ModalView {
  if (form.anonymous) return anonymousFormView(form);
  return renderForm(form, {
    callbackId: `${callbackOf.form}${form.id}`,
    privateMetadata: keep(place, form.state),
  });
}

export function anonymousFormView(form: Form): types.ModalView {
  return renderForm(form, {
    callbackId: `${callbackOf.anonymous}${form.id}`,
    ...(form.state !== undefined && { privateMetadata: form.state }),
  });
}

/** A page as a modal; without a place where nobody may know who reads it. */
export function pageView(title: string, card: Card, place?: Place): types.ModalView {
  return renderPage(title, card, {
    callbackId: callbackOf.page,
    ...(place && { privateMetadata: keep(place) }),
  });
}

/** The title of a card that is shown as a page. */
export const pageTitle = 'Staff guidance';

export const oneMoment: Card = {
  summary: 'One moment…',
  elements: [{ kind: 'text', text: 'One moment…' }],
};

/** A response that opens as a modal. */
export type Dialog = Extract<Response, { kind: 'form' | 'page' }>;

export const isDialog = (response: Response): response is Dialog =>
  response.kind === 'form' || response.kind === 'page';

export function dialogView(dialog: Dialog, place: Place): types.ModalView {
  return dialog.kind === 'form' ? formView(dialog.form, place) : pageView(dialog.title, dialog.card, place);
}

/** What Slack shows at the inputs of a modal that stays open. Each message stands at an input that is there. */
export function errorsAt(blocks: ViewOutput['blocks'], errors: ViewErrors): ViewResponseAction {
  const inputs = blocks.flatMap(({ type, block_id }) =>
    type === 'input' && block_id !== undefined ? [block_id] : [],
  );
  const placed: Record<string, string> = {};
  for (const [name, message] of Object.entries(errors)) {
    const at = inputs.includes(name) ? name : inputs.at(-1);
    if (at === undefined) continue;
    placed[at] = placed[at] === undefined ? message : `${placed[at]} ${message}`;
  }
  if (Object.keys(placed).length > 0) return { response_action: 'errors', errors: placed };
  const text = Object.values(errors).join(' ');
  const card: Card = { summary: text, elements: [{ kind: 'text', text, tone: 'warning' }] };
  return { response_action: 'update', view: pageView(pageTitle, card) };
}
