/** It can't be done, and nothing was kept. */
export interface Refused {
  readonly kind: 'refused';
  /** Tells the person why, and what to do instead. */
  readonly message: string;
  /** The form field to put right, where it is what they wrote in a form. */
  readonly field?: string;
}

export function refused(message: string): Refused {
  return { kind: 'refused', message };
}
