import type { AnonymousForm, Bot, Response } from '../../src/chat/mod.ts';
import type { Activity } from './activity.ts';
import { closeDialog, type DialogAnswer, dialogSaying, dialogWith } from './dialog.ts';
import { submitted } from './invoke.ts';
import { readForm, renderAgain, renderForm, renderPage, type SentForm } from './render.ts';

/**
 * The door for forms without a sender. It stands before everything that remembers: no turn, no log, no
 * delivery, no conversation is made of what comes through here, and the answer goes back through the one
 * request that it came with. Undefined for whatever is no anonymous form.
 */
export function anonymousForm(activity: Activity): SentForm | undefined {
  const sent = readForm(submitted(activity));
  return sent?.data.anonymous ? sent : undefined;
}

/** Hands over what was filled in, and nothing else; the answer is for the dialog that it came from. */
export async function throughDoor(bot: Bot, sent: SentForm): Promise<DialogAnswer> {
  const { data, values } = sent;
  const form: AnonymousForm = {
    form: data.form,
    values,
    ...(data.state !== undefined && { state: data.state }),
  };
  return answer(await bot.anonymous(form), sent);
}

function answer(response: Response, { data, values }: SentForm): DialogAnswer {
  const { title } = data.drawn;
  switch (response.kind) {
    case 'form':
      return dialogWith(response.form.title, renderForm(response.form));
    case 'invalid':
      return dialogWith(title, renderAgain(data, { values, errors: response.errors }));
    case 'page':
      return dialogWith(response.title, renderPage(response.card));
    // Nothing about it ever goes out as a message.
    case 'card':
    case 'replace':
      return dialogWith(title, renderPage(response.card));
    case 'nothing':
      return closeDialog;
  }
}

/** Where the bot takes too long. Whether it was kept is not known here, and not said. */
export const slowAtDoor = dialogSaying(
  'This takes longer than it should. Please close this and try again in a few minutes.',
);
