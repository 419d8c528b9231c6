import type { AdapterFactory, FormValues } from '../../src/chat/mod.ts';

/** A person at a platform, played by a test: sees what is shown, types, presses, fills in. */
export interface Driver {
  /** Types a message; resolves with all that was shown in answer. */
  ask(text: string): Promise<Shown>;
  /** Presses the button that shows this label, among those shown last. */
  press(label: string): Promise<Shown>;
  /** Fills in the form that is open, and sends it. */
  fill(values: FormValues): Promise<Shown>;
  /** From now on, somebody else types and presses: the person of that e-mail address. */
  become(email: string): Promise<Shown>;
  /** All that was ever shown to anybody, as the platform got it. */
  everything(): string;
}

/** What a person sees. */
export interface Shown {
  /** All words, however they are broken into lines or framed. */
  readonly text: string;
  /** Labels of the buttons, in the order in which they stand. */
  readonly buttons: readonly string[];
  /** Whether a form is open now. */
  readonly form: boolean;
}

/** One platform to try the bot on, with nothing of the real one behind it. */
export interface Harness {
  readonly factory: AdapterFactory;
  /** To be asked for once the adapter has started. */
  readonly driver: () => Promise<Driver>;
  /** What must never reach this platform, whatever anybody wrote: its own markup, its control characters. */
  readonly forbidden: RegExp;
  close(): Promise<void>;
}
