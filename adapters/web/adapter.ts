import { randomBytes } from 'node:crypto';
import { html } from 'hono/html';
import { Bounded } from '../../src/chat/bounded.ts';
import type {
  Adapter,
  AdapterFactory,
  AdapterPorts,
  Bot,
  Card,
  MessageRef,
  Outcome,
  PlatformPerson,
} from '../../src/chat/mod.ts';
import { addAnonymousForms } from './anonymous.ts';
import { addAssets } from './assets.ts';
import { addConcernPages, type ExampleReader } from './concerns.ts';
import { createFrame, type Frame } from './frame.ts';
import { OpenForms } from './open-forms.ts';
import { renderPeople, type Site } from './page.ts';
import { addChats } from './receive.ts';
import type { Streams } from './streams.ts';
import { renderTime, type Sent } from './time.ts';
import { readReference, referenceOf, Transcript } from './transcript.ts';
import { createTravel, type Travel, type TravelParts } from './travel.ts';

export interface WebOptions extends Pick<Site, 'base' | 'pages'>, Pick<TravelParts, 'clock' | 'tick'> {
  /** Asked for once the adapter starts. */
  readonly school: () => Site['school'] & Pick<TravelParts, 'timeZone' | 'dayBegins' | 'alsoAt'>;
  /** The report as a page of its own, where this person may see it. */
  readonly report: (person: string) => Promise<string | undefined>;
  /** Enrols made-up readers of concerns, where there are none yet, and gives what opens their inboxes. */
  readonly exampleReaders?: () => Promise<readonly ExampleReader[]>;
}

const name = 'preview';

/** The most that the list of what was sent holds. */
const most = 300;

/** A browser on this computer as a chat platform. Its chats are kept in memory alone. */
export function createWeb(options: WebOptions): AdapterFactory {
  return { name, create: (ports) => new WebAdapter(options, ports) };
}

class WebAdapter implements Adapter {
  readonly name = name;
  readonly #options: WebOptions;
  readonly #ports: AdapterPorts;
  readonly #people: readonly PlatformPerson[];
  readonly #transcripts = new Map<string, Transcript>();
  readonly #messages = new Bounded<MessageRef>(2_000);
  readonly #sent: Sent[] = [];
  /** How many were sent, all in all. */
  #count = 0;
  #running: { readonly travel: Travel; readonly streams: Streams } | undefined;

  constructor(options: WebOptions, ports: AdapterPorts) {
    this.#options = options;
    this.#ports = ports;
    this.#people = ports.people.length > 0 ? ports.people : [{ id: 'you', name: 'You' }];
  }

  async start(bot: Bot): Promise<void> {
    const { base, pages, clock, tick } = this.#options;
    const { timeZone, dayBegins, alsoAt, ...school } = this.#options.school();
    const travel = createTravel({ clock, tick, timeZone, dayBegins, ...(alsoAt && { alsoAt }) });
    const token = randomBytes(18).toString('base64url');
    const site: Site = { base, school, pages, token, forms: new OpenForms() };
    const { frame, listen } = createFrame(site, { people: this.#people, now: travel.inWords });
    const streams = addChats(frame, {
      bot,
      platform: name,
      transcript: (person) => this.#transcript(person),
    });
    addAnonymousForms(frame, bot);
    addAssets(frame.routes);
    this.#addOverview(frame, travel);
    this.#ports.routes.add(base || '/', listen());
    const { concerns } = this.#ports;
    if (concerns) {
      const examples = (await this.#options.exampleReaders?.()) ?? [];
      addConcernPages(this.#ports.routes, { base, pages: concerns, school, local: true, examples });
    }
    this.#running = { travel, streams };
  }

  async stop(): Promise<void> {
    this.#running?.streams.endAll();
    this.#running = undefined;
  }

  ready(): boolean {
    return this.#running !== undefined;
  }

  async send(person: string, card: Card, key: string): Promise<Outcome> {
    const before = this.#messages.get(key);
    if (before !== undefined) return { kind: 'sent', message: before };
    const recipient = this.#people.find(({ id }) => id === person);
    if (!recipient || !this.#running) return { kind: 'blocked', reason: 'they are not in this preview' };
    const item = this.#transcript(person).add('bot', { kind: 'card', card });
    const message = referenceOf(person, item);
    this.#messages.set(key, message);
    this.#count++;
    this.#sent.unshift({ at: this.#running.travel.inWords(), to: recipient, summary: card.summary });
    this.#sent.splice(most);
    return { kind: 'sent', message };
  }

  async update(message: MessageRef, card: Card): Promise<Outcome> {
    const where = readReference(message);
    const changed = where && this.#transcripts.get(where.person)?.change(where.number, card);
    return changed
      ? { kind: 'sent', message }
      : { kind: 'blocked', reason: 'that message is not here any more' };
  }

  async *people(): AsyncIterable<PlatformPerson> {
    yield* this.#people;
  }

  #transcript(person: string): Transcript {
    const known = this.#transcripts.get(person) ?? new Transcript();
    this.#transcripts.set(person, known);
    return known;
  }

  /** The pages beside the chats: who there is, the time, the report. */
  #addOverview({ site, people, routes, page, find, posted }: Frame, travel: Travel): void {
    routes.get('/', (_request, response) => {
      page(response, { title: 'Try it', path: '', body: renderPeople(site, people) });
    });

    const time = (as: string | undefined, came?: Parameters<typeof renderTime>[1]['came']) => {
      const me = find(as);
      const body = renderTime(site, {
        now: travel.now(),
        sent: this.#sent,
        as: me?.id,
        ...(came && { came }),
      });
      return { title: 'Time and reminders', path: '/time', body, ...(me && { me }) };
    };

    routes.get('/time', (request, response) => {
      page(response, time(String(request.query.as ?? '')));
    });

    routes.post(
      '/time',
      posted(async (form, _request, response) => {
        const before = this.#count;
        const as = form.get('as') ?? undefined;
        const problem = await travel.moveTo(form.get('step') ?? form.get('to') ?? '');
        if (problem === undefined) page(response, time(as, { messages: this.#count - before }));
        else page(response, time(as, { problem }), 422);
      }),
    );

    routes.get('/report', async (request, response) => {
      const me = find(request.query.as);
      const report = me && (await this.#options.report(me.id));
      // It brings its own style with it, as it does on paper.
      if (report !== undefined)
        response.set('content-security-policy', reportPolicy).type('html').send(report);
      else
        page(
          response,
          {
            title: 'Report',
            path: '/report',
            body: html`<h1>Report</h1><p>${reportRefused}</p>`,
            ...(me && { me }),
          },
          403,
        );
    });
  }
}

const reportRefused =
  'Only roles that the school names for it may see who has acknowledged what. To see it, be the headteacher.';

const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
