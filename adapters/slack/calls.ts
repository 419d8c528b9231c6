import { webApi } from '@slack/bolt';
import { type Fault, faultOf, tokenCodes } from './faults.ts';
import { fetchFast, sendJson } from './fetch.ts';
import type { SlackOptions, Time } from './options.ts';
import { quiet } from './quiet.ts';
import type { Troubles } from './troubles.ts';

/** What became of a call. */
export type Called<Result> = { readonly kind: 'done'; readonly result: Result } | Fault;

export interface Insistence {
  /** To do it twice does no harm; true where left out. */
  readonly repeatable?: boolean;
  /** It can be told whether it was done, or to do it often does no harm: it is never given up early. */
  readonly tireless?: boolean;
  /** Only looks up what became of something else: that it works does not say that Slack is well again. */
  readonly aside?: boolean;
  /** Milliseconds that somebody waits; some minutes where left out. */
  readonly longest?: number;
}

/** What Slack says of a message that it has taken. */
export interface PostedAs {
  readonly channel?: string;
  readonly ts?: string;
}

const slackItself = 'https://slack.com/api/';
/** Milliseconds. A slow call is better waited for than made twice. */
const callTimeout = 30_000;
/** An answer is still worth having after an outage of ten minutes; the last pause may be a long one. */
const patience = 12 * 60_000;
const firstPause = 500;
const longestPause = 20_000;
/** How often something is done again that may have been done. */
const repeats = 3;

/** Calls to Slack's Web API. Retries are made here and not by Slack's client, which would post twice. */
export class Calls {
  /** For what somebody is waiting for. */
  readonly live: webApi.WebClient;
  /** For many messages: what Slack holds back of these holds up nothing else. */
  readonly bulk: webApi.WebClient;
  readonly #token: string;
  readonly #postUrl: URL;
  readonly #time: Time;
  readonly #troubles: Troubles;
  readonly #closing: AbortSignal;

  /** Once `closing` is aborted, nothing is waited for any more. */
  constructor(options: SlackOptions, time: Time, troubles: Troubles, closing: AbortSignal) {
    const { botToken, apiUrl = slackItself } = options;
    this.live = createClient(botToken, apiUrl, { timeout: callTimeout, atOnce: 100 });
    this.bulk = createClient(botToken, apiUrl, { timeout: callTimeout, atOnce: 10 });
    this.#token = botToken;
    this.#postUrl = new URL('chat.postMessage', apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`);
    this.#time = time;
    this.#troubles = troubles;
    this.#closing = closing;
  }

  /** Posts a message, once. */
  post(message: webApi.ChatPostMessageArguments): Promise<Called<PostedAs>> {
    return this.once(async () => {
      const text = await sendJson(this.#postUrl, message, { token: this.#token, timeout: callTimeout });
      const answer = JSON.parse(text) as PostedAs & { readonly ok?: boolean; readonly error?: string };
      if (answer.ok) return answer;
      throw new webApi.WebAPIPlatformError({ ok: false, error: String(answer.error) });
    });
  }

  /** Answers, once, through the address that came with a press, a command or a shortcut. */
  respond(url: string, message: object): Promise<Called<unknown>> {
    return this.once(() => sendJson(new URL(url), message, { timeout: callTimeout }));
  }

  /** Makes a call, once. */
  async once<Result>(call: () => Promise<Result>): Promise<Called<Result>> {
    return this.#make(call, { needed: true });
  }

  /** Makes a call that the bot can do without: that Slack does not allow it is no trouble. */
  async optional<Result>(call: () => Promise<Result>, insistence: Insistence = {}): Promise<Called<Result>> {
    return this.retrying(() => this.#make(call, { needed: false }), insistence);
  }

  async #make<Result>(
    call: () => Promise<Result>,
    { needed, aside = false }: { readonly needed: boolean; readonly aside?: boolean },
  ): Promise<Called<Result>> {
    try {
      const result = await call();
      if (!aside) this.#troubles.over('away', 'Slack answers again.');
      this.#troubles.over('limited');
      this.#troubles.over('token', 'Slack accepts SLACK_BOT_TOKEN again.');
      return { kind: 'done', result };
    } catch (error) {
      const fault = faultOf(error);
      if (needed || fault.kind !== 'refused') this.#tell(fault);
      return fault;
    }
  }

  /** Makes a call until Slack has answered it, or nobody waits any more. */
  async insist<Result>(call: () => Promise<Result>, insistence: Insistence = {}): Promise<Called<Result>> {
    const { aside = false } = insistence;
    return this.retrying(() => this.#make(call, { needed: true, aside }), insistence);
  }

  /** The same with something that knows itself what became of it. */
  async retrying<Result>(
    attempted: () => Promise<Called<Result>>,
    { repeatable = true, tireless = false, longest = patience }: Insistence = {},
  ): Promise<Called<Result>> {
    const start = this.#time.now();
    for (let attempt = 0; ; attempt++) {
      const called = await attempted();
      const most = tireless || (repeatable && isUnavailable(called)) ? Number.POSITIVE_INFINITY : repeats;
      const pause = pauseAfter(called, attempt, repeatable ? most : 0);
      const late = pause !== undefined && this.#time.now() + pause - start > longest;
      if (pause === undefined || late || this.#closing.aborted) return called;
      await this.#time.wait(pause, this.#closing);
    }
  }

  #tell(fault: Fault): void {
    switch (fault.kind) {
      case 'away':
      case 'lost':
        this.#troubles.meet(
          'away',
          'Slack can’t be reached, or does not answer. Trying again until it does.',
        );
        break;
      case 'limited':
        this.#troubles.meet('limited', 'Slack asks for fewer calls. Some messages will take longer.', 'info');
        break;
      case 'refused':
        if (tokenCodes.has(fault.code))
          this.#troubles.meet(
            'token',
            `Slack does not accept SLACK_BOT_TOKEN (${fault.code}): it was mistyped, or taken back. Install the app in your workspace again, put the new token into the settings, and start the bot again.`,
            'error',
          );
        if (fault.code === 'missing_scope')
          this.#troubles.meet(
            'scope',
            'Slack refused a call because the app lacks a permission (missing_scope). Give the app the scopes of the manifest, and install it in your workspace again.',
            'error',
          );
        break;
    }
  }
}

/** Milliseconds to wait before the call is made again, `most` times where it may have been done; undefined where it is not to be. */
function pauseAfter(called: Called<unknown>, attempt: number, most: number): number | undefined {
  switch (called.kind) {
    case 'done':
    case 'refused':
      return undefined;
    case 'limited':
      return called.wait;
    case 'lost':
      return attempt < most ? backOff(attempt) : undefined;
    case 'away':
      return backOff(attempt);
  }
}

/** Slack did not let the call in: it may well be made again. */
export const isUnavailable = (called: Called<unknown>): boolean =>
  called.kind === 'lost' && called.unavailable === true;

/** Longer each time. */
export const backOff = (attempt: number): number =>
  Math.min(longestPause, firstPause * 2 ** Math.min(attempt, 10));

/** A client that tries once, fails at once where Slack asks it to wait, and logs nothing. */
export function createClient(
  token: string,
  apiUrl: string | undefined,
  { timeout, atOnce }: { readonly timeout: number; readonly atOnce: number },
): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(apiUrl, timeout, atOnce));
}

/** A new object each time: Slack's libraries write into the one that they are given. */
export function clientOptions(
  apiUrl: string | undefined,
  timeout: number,
  atOnce: number,
): webApi.WebClientOptions {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    timeout,
    maxRequestConcurrency: atOnce,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: quiet,
    fetch: fetchFast,
  };
}
