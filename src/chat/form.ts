import type { Element } from './card.ts';

/** Forms: a dialog with a few inputs, as plain data. */
export type Input =
  | {
      readonly kind: 'text';
      /** One of the stable field names, such as `person.text`. */
      readonly name: string;
      readonly label: string;
      readonly initial?: string;
      readonly multiline?: boolean;
      /** Characters. */
      readonly maxLength?: number;
      readonly optional?: boolean;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly many?: boolean;
      readonly optional?: boolean;
    };

export interface Form {
  /** Which form it is; comes back with the values. */
  readonly id: string;
  /** At most 24 characters, the smallest limit of the platforms. */
  readonly title: string;
  /** Shown above the inputs. */
  readonly intro: readonly Element[];
  readonly inputs: readonly Input[];
  /** At most 24 characters. */
  readonly submitLabel: string;
  /** Leaves the form and sends nothing; at most 24 characters. “Cancel” where it is not given. */
  readonly cancelLabel?: string;
  /** Handed back unread with the values; never shown. */
  readonly state?: string;
  /** Where true, the adapter's door drops the sender before anything else sees the values. */
  readonly anonymous?: true;
}

/** What somebody filled in: a value for each input's name; several choices as several values. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;
