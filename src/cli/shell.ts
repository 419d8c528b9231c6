import { AdapterError } from '../chat/adapter-error.ts';
import { harmless } from '../chat/harmless.ts';
import type { AdapterFactory, Card, ConcernPages, Routes } from '../chat/mod.ts';
import { type Environment, type Settings, SettingsError } from '../config.ts';
import { ContentError } from '../content/fault.ts';
import type { ManualClock } from '../school/clock.ts';
import { StoreError } from '../store/error.ts';
import type { Browser } from './open-browser.ts';

/** What a command works with: handed in, so that a test can stand in for all of it. */
export interface Shell {
  readonly environment: Environment;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: Output;
  readonly errors: Output;
  /** Draws a card for a terminal, without its buttons. Loaded when it is asked for. */
  readonly cardDrawer: () => Promise<(card: Card, screen: Screen) => string>;
  /** The terminal as a chat platform. `onLeave` is called once whoever sits there has left. */
  readonly terminalChat: (options: TerminalChat) => Promise<AdapterFactory>;
  /** A browser on this machine as a chat platform. */
  readonly previewChat: (options: PreviewChat) => Promise<AdapterFactory>;
  /** Serves door B and the readers' inbox of a bot that is no preview. */
  readonly addConcernPages: (routes: Routes, site: ConcernSite) => Promise<void>;
  /** The browser of whoever sits at this machine; nothing where there can be none. */
  readonly browser: () => Promise<Browser | undefined>;
  /** The chat platforms that the settings name; none where they name none. */
  readonly platforms: (settings: Settings) => Promise<readonly AdapterFactory[]>;
  /** Calls back when the process is told to end; returns how to take that back. */
  readonly onStopSignal: (stop: () => void) => () => void;
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

interface TerminalChat {
  readonly interactive: boolean;
  readonly colour: boolean;
  readonly onLeave: () => void;
}

/** What the web pages for concerns stand on. */
interface ConcernSite {
  readonly pages: ConcernPages;
  readonly school: { readonly name: string; readonly example: boolean };
  /** Where people reach this server from outside, where that is known. */
  readonly publicUrl: string | undefined;
}

/** What the preview's pages stand on. */
interface PreviewChat {
  /** Where they lie: `` or `/preview`. */
  readonly base: string;
  /** Asked for once the adapter starts. */
  readonly school: () => {
    readonly name: string;
    readonly example: boolean;
    /** What each role is called. */
    readonly roles: Readonly<Record<string, string>>;
    /** An IANA zone. */
    readonly timeZone: string;
    /** When the bot first writes to people on a day: `08:00`. */
    readonly dayBegins: string;
    /** When else it writes to people on a day. */
    readonly alsoAt: readonly string[];
  };
  readonly clock: ManualClock;
  /** Sends what is due by the clock. */
  readonly tick: () => Promise<void>;
  /** Who has acknowledged what, as a page of its own; nothing for who may not see it. */
  readonly report: (person: string) => Promise<string | undefined>;
  /** Made-up readers of concerns, enrolled so that anybody can try the inbox. */
  readonly exampleReaders: () => Promise<
    readonly { readonly title: string; readonly name: string; readonly passphrase: string }[]
  >;
}

/** One command: does its work and returns the exit code. */
export type Command = (given: readonly string[], shell: Shell) => Promise<number>;

/** A command that was called in a way it does not know. */
export class UsageError extends Error {
  constructor(what: string, usage: string) {
    super(`${what}\n${usage}`);
    this.name = 'UsageError';
  }
}

/** What is to be read on standard input can't be. The message is one line that says what to do. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InputError';
  }
}

/** Runs a command; what stops it becomes lines that say what to do, and an exit code. */
export async function runCommand(command: Command, given: readonly string[], shell: Shell): Promise<number> {
  try {
    return await command(given, shell);
  } catch (error) {
    if (error instanceof UsageError) {
      shell.errors.write(`${harmless(error.message)}\n`);
      return 2;
    }
    if (!isForPeople(error)) throw error;
    shell.errors.write(`${harmless(error.message)}\n`);
    return 1;
  }
}

/** Errors whose message is written for whoever started the command. */
function isForPeople(error: unknown): error is Error {
  return [AdapterError, ContentError, InputError, SettingsError, StoreError].some(
    (kind) => error instanceof kind,
  );
}

/** The screen that an output is; colours only where somebody looks at it and does not mind them. */
export function screenOf(output: Output, environment: Environment): Screen {
  return { width: output.columns ?? 80, colour: output.isTTY === true && !environment.NO_COLOR };
}
