import { AdapterError } from '../../src/chat/adapter-error.ts';
import type { AdapterLog } from '../../src/chat/mod.ts';
import { loginCode } from './faults.ts';
import { KeysAwayError } from './keys.ts';

export interface ConnectionParts {
  /** Gets a token for the bot; undefined where it needs none. */
  readonly login: (() => Promise<void>) | undefined;
  /** Gets the keys that Teams signs with; undefined where nothing is signed. */
  readonly keys: (() => Promise<void>) | undefined;
}

/** How long a start is held up by an answer that does not come. */
const patience = 5_000;
const firstPause = 5_000;
const longestPause = 60_000;

/** What the bot needs from Microsoft before it can be of use: a token of its own, and the keys of Teams. */
export class Connection {
  readonly #log: AdapterLog;
  readonly #parts: ConnectionParts;
  #open = false;
  #closed = false;
  #said = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: AdapterLog, parts: ConnectionParts) {
    this.#log = log;
    this.#parts = parts;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Tries once, and goes on trying beside the bot where Microsoft is away.
   * @throws AdapterError where Microsoft refuses the registration
   */
  async open(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let late = false;
    const away = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        late = true;
        resolve();
      }, patience);
    });
    const first = this.#try(firstPause).catch((fault: unknown) => {
      if (!late) throw fault;
      this.#refusedLate(fault);
    });
    try {
      await Promise.race([first, away]);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#closed = true;
    this.#open = false;
    clearTimeout(this.#timer);
  }

  async #try(pause: number): Promise<void> {
    try {
      await Promise.all([this.#parts.login?.(), this.#parts.keys?.()]);
      if (this.#closed) return;
      this.#open = true;
      if (this.#said) this.#log.info('Microsoft is there again');
    } catch (fault) {
      const refusal = refusalOf(fault);
      if (refusal !== undefined) throw new AdapterError(refusal);
      if (!this.#said) this.#log.warn(`${awayInWords(fault)} The bot goes on trying.`);
      this.#said = true;
      this.#again(pause);
    }
  }

  #again(pause: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#try(Math.min(longestPause, pause * 2)).catch((fault: unknown) => this.#refusedLate(fault));
    }, pause).unref();
  }

  /** Too late to stop the start: it is put right at Microsoft, or in the settings. */
  #refusedLate(fault: unknown): void {
    this.#log.error(fault instanceof AdapterError ? fault.message : 'the connection to Microsoft failed');
    this.#again(longestPause);
  }
}

/** Microsoft's own numbers for what is wrong with a registration. */
const faults: Readonly<Record<string, string>> = {
  AADSTS7000215:
    'Microsoft refuses MicrosoftAppPassword: it is not the value of a client secret of this app (AADSTS7000215). Copy the secret’s “Value”, not its “Secret ID”.',
  AADSTS7000222:
    'Microsoft refuses MicrosoftAppPassword: the client secret has expired (AADSTS7000222). Make a new one under “Certificates & secrets”.',
  AADSTS700016:
    'Microsoft knows no app with this MicrosoftAppId in this tenant (AADSTS700016). Check MicrosoftAppId and MicrosoftAppTenantId.',
  AADSTS90002: 'Microsoft knows no tenant with this MicrosoftAppTenantId (AADSTS90002). Check it.',
  AADSTS900023: 'MicrosoftAppTenantId is not the id of a tenant (AADSTS900023). Check it.',
};

const refusals = new Set(['invalid_client', 'unauthorized_client', 'invalid_request', 'invalid_tenant']);

/** Why Microsoft will not have this registration; undefined where that may pass by itself. */
function refusalOf(fault: unknown): string | undefined {
  const [number] = /AADSTS\d+/.exec(fault instanceof Error ? fault.message : '') ?? [];
  if (number !== undefined && Object.hasOwn(faults, number)) return faults[number];
  const code = loginCode(fault);
  if (code === undefined || !refusals.has(code)) return undefined;
  return `Microsoft refuses the bot’s login (${number ?? code}). Check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId.`;
}

function awayInWords(fault: unknown): string {
  if (fault instanceof KeysAwayError) return `The keys that Teams signs with can’t be had: ${fault.message}.`;
  return `Microsoft’s login can’t be reached (${loginCode(fault) ?? 'no answer'}). Is MicrosoftAppTenantId right?`;
}
