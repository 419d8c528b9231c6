import type { Form } from '../../src/chat/mod.ts';
import { drawElements } from './blocks.ts';
import { adaptiveCard } from './page.ts';
import type { RenderedMessage } from './render.ts';

/** What leads to a form again: what was typed, or what was pressed. */
export type Opens = { readonly words: string } | { readonly action: string; readonly value: string };

/** A card whose button opens a form: nothing but a press may open a dialog. */
export function renderOpener({ title }: Form, opens: Opens): RenderedMessage {
  const text = 'Press the button to open the form. Please don’t type it in this chat: chats are kept.';
  const blocks = drawElements(
    [
      { kind: 'heading', text: title },
      { kind: 'text', text },
    ],
    'message',
  );
  const button = {
    type: 'Action.Submit',
    title: 'Open the form',
    style: 'positive',
    data: { msteams: { type: 'task/fetch' }, ...opens },
  } as const;
  return {
    summary: title,
    card: adaptiveCard(title, [...blocks, { type: 'ActionSet', actions: [button] }]),
  };
}
