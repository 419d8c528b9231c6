/** Gives each button of one message or view an id of its own, since Slack refuses the same id twice. */
export class ActionIds {
  readonly #used = new Map<string, number>();

  /** The action itself the first time, then with a number behind it. */
  next(action: string): string {
    // An action that looks as if it had a number already is never passed on bare, or it would lose it.
    const before = this.#used.get(action) ?? (number.test(action) ? 1 : 0);
    this.#used.set(action, before + 1);
    return before === 0 ? action : `${action}#${before + 1}`;
  }
}

const number = /#\d+$/;

/** What a pressed button says, as the card had it. */
export function readPress({ action_id, value }: { readonly action_id: string; readonly value?: string }): {
  readonly action: string;
  readonly value: string;
} {
  return { action: action_id.replace(number, ''), value: value ?? '' };
}
