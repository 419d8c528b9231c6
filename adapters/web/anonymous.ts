import { html } from 'hono/html';
import type { Bot } from '../../src/chat/mod.ts';
import { valuesOf } from './form-values.ts';
import { type Frame, isPartial, respond } from './frame.ts';
import { renderCard, renderForm } from './render.ts';

/** Where forms without a sender come in: of the request nothing is read but what the form asks for. */
export function addAnonymousForms({ site, routes, page, posted }: Frame, bot: Bot): void {
  const address = `${site.base}/anonymous`;
  routes.post(
    '/anonymous',
    posted(async (given, request, response) => {
      const form = site.forms.open(given.get('open-form'));
      const { id, state } = form;
      const values = valuesOf(form, given);
      const came = await bot.anonymous({ form: id, values, ...(state !== undefined && { state }) });
      const links = {
        press: address,
        action: address,
        cancel: site.base || '/',
        token: site.token,
        target: '#z-form',
        seal: site.forms.seal.bind(site.forms),
      };
      const shown =
        came.kind === 'form'
          ? renderForm(came.form, links)
          : came.kind === 'invalid'
            ? renderForm(form, links, { values: given, errors: came.errors })
            : 'card' in came
              ? renderCard(came.card, links)
              : html``;
      const body = html`<article id="z-form" class="bot" tabindex="-1">${shown}</article>`;
      if (isPartial(request)) respond(response, body);
      else page(response, { title: 'Concern', body: html`<h1>Concern</h1>${body}` });
    }),
  );
}
