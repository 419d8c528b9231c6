import { openClient } from '../support/web/client.ts';
import { type PageForm, readPage } from '../support/web/page.ts';
import { serveWeb } from '../support/web/served.ts';
import { describeAdapter } from './contract.ts';
import type { Driver, Harness, Shown } from './harness.ts';

/** A browser whose script takes pieces of pages, and whose pages all hear what comes. */
async function openWeb(): Promise<Harness> {
  const served = await serveWeb();
  const client = openClient(served.url);
  const streams: AbortController[] = [];
  let me = '';
  let last: readonly PageForm[] = [];
  /** The line to type in is there all the time. */
  let token = '';

  const see = async (response: Response): Promise<Shown> => {
    const { text, forms } = readPage(await response.text());
    last = forms;
    token = forms.find(({ hidden }) => hidden.token)?.hidden.token ?? token;
    const labels = forms
      .filter(({ action }) => action.endsWith('/press'))
      .flatMap(({ buttons }) => [...buttons.keys()]);
    return { text, buttons: labels, form: openForm() !== undefined };
  };
  const openForm = (): PageForm | undefined => last.find(({ hidden }) => 'open-form' in hidden);
  const own = (path = ''): string => `/as/${encodeURIComponent(me)}${path}`;

  const driver: Driver = {
    async ask(text) {
      return see(await client.post(own('/say'), new URLSearchParams({ token, text })));
    },
    async press(label) {
      const form = last.findLast(({ buttons }) => buttons.has(label));
      if (!form) throw new Error(`There is no button ${label}`);
      const values = new URLSearchParams({ ...form.hidden });
      values.set(...(form.buttons.get(label) as [string, string]));
      return see(await client.post(form.action, values));
    },
    async fill(values) {
      const form = openForm();
      if (!form) throw new Error('No form is open');
      const filled = new URLSearchParams({ ...form.hidden });
      for (const [name, value] of Object.entries(values))
        for (const each of [value].flat()) filled.append(name, each);
      return see(await client.post(form.action, filled));
    },
    async become(email) {
      me = email;
      return see(await client.get(own()));
    },
    everything: () => served.everything(),
  };

  return {
    factory: served.factory,
    async driver() {
      for (const person of ['aisha@hill.example', 'head@hill.example']) {
        const page = await (await client.get(`/as/${person}`)).text();
        const [, path = ''] = /hx-sse:connect="([^"]+)"/.exec(page) ?? [];
        const stream = new AbortController();
        streams.push(stream);
        await fetch(served.url + path.replaceAll('&amp;', '&'), { signal: stream.signal });
      }
      return driver;
    },
    forbidden: /<b onclick|(?!\n)\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u,
    async close() {
      for (const stream of streams) stream.abort();
      await served.close();
    },
  };
}

describeAdapter('a browser', openWeb);
