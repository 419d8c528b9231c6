import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { html } from 'hono/html';
import type { PlatformPerson } from '../../src/chat/mod.ts';
import { BodyError, readForm } from './body.ts';
import { headers, isLocal, isSameOrigin, isToken } from './guard.ts';
import { type PageOptions, renderPage, type Site } from './page.ts';
import type { Html } from './render.ts';

type Handler = (request: Request, response: Response) => Promise<void> | void;

/** What every page is served with: the guard, the layout, and refusals that say why. */
export interface Frame {
  readonly site: Site;
  readonly people: readonly PlatformPerson[];
  readonly routes: Router;
  page(response: Response, options: Omit<PageOptions, 'now'>, status?: number): void;
  /** Somebody of the example school, by id. */
  find(id: unknown): PlatformPerson | undefined;
  /** A page of the person that its address names. */
  as(show: (me: PlatformPerson, request: Request, response: Response) => Promise<void> | void): Handler;
  /** A form of one of these pages. */
  posted(take: (form: URLSearchParams, request: Request, response: Response) => Promise<void>): Handler;
}

/** Everything at and below the site's base, as one listener; routes are added to `frame.routes`. */
export function createFrame(
  site: Site,
  { people, now }: { readonly people: readonly PlatformPerson[]; readonly now: () => string },
): { readonly frame: Frame; listen(): express.Express } {
  const routes = express.Router();

  const page: Frame['page'] = (response, options, status = 200) =>
    respond(response, renderPage(site, { ...options, now: now() }), status);

  function refuse(request: Request, response: Response, status: number, message: string): void {
    if (isPartial(request))
      respond(
        response,
        html`<article id="z-refused" class="bot"><p class="error" role="alert">⚠ ${message}</p></article>`,
        status,
      );
    else page(response, { title: 'Sorry', body: html`<h1>Sorry</h1><p>${message}</p>` }, status);
  }

  routes.use((request, response, next) => {
    response.set(headers);
    if (!isLocal(request)) refuse(request, response, 403, 'The preview is for this computer alone.');
    else if (request.method !== 'GET' && request.method !== 'POST')
      refuse(request, response, 405, 'This page can’t do that.');
    else if (request.method === 'POST' && !isSameOrigin(request))
      refuse(request, response, 403, 'This came from another page. Please use the preview’s own.');
    else next();
  });

  const find: Frame['find'] = (id) => people.find((person) => person.id === id);

  const frame: Frame = {
    site,
    people,
    routes,
    page,
    find,
    as: (show) => async (request, response) => {
      const me = find(request.params.person);
      if (me) await show(me, request, response);
      else refuse(request, response, 404, 'There is nobody of that name here. Please choose who you are.');
    },
    posted: (take) => async (request, response) => {
      const form = await readForm(request);
      if (isToken(form.get('token') ?? undefined, site.token)) await take(form, request, response);
      else
        refuse(
          request,
          response,
          403,
          'This page is from before the last start. Please go back and load it again.',
        );
    },
  };

  return {
    frame,
    listen() {
      routes.use((request: Request, response: Response) =>
        refuse(request, response, 404, 'There is no such page.'),
      );
      routes.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
        if (error instanceof BodyError) refuse(request, response, error.status, error.message);
        // What a router can't decode is an address that is none.
        else if (error instanceof URIError) refuse(request, response, 400, 'There is no such page.');
        else next(error);
      });
      const app = express();
      app.disable('x-powered-by');
      // Nobody outside is told what went wrong inside.
      app.set('env', 'production');
      app.use(site.base || '/', routes);
      return app;
    },
  };
}

/** Asked for by the page's script, which puts what comes back into the page. */
export const isPartial = (request: Request): boolean => request.get('hx-request') === 'true';

export function respond(response: Response, body: Html, status = 200): void {
  response.status(status).type('html').send(String(body));
}
