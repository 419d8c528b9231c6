/** The part of Adaptive Cards 1.5 that the bot draws with. Teams shows nothing newer. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: string;
  readonly version: '1.5';
  /** Shown where a card can't be. */
  readonly fallbackText: string;
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly Block[];
  readonly actions?: readonly Action[];
}

export type Block = RichTextBlock | TextBlock | Container | ActionSet | InputText | InputChoiceSet;

interface Spaced {
  readonly spacing?: 'None' | 'Small' | 'Medium' | 'Large';
  /** A line above. */
  readonly separator?: boolean;
}

/** Text that is shown letter by letter: nothing in it is markup. */
export interface RichTextBlock extends Spaced {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
}

export interface TextRun {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Medium';
  readonly color?: 'Warning' | 'Attention';
  readonly isSubtle?: boolean;
  readonly fontType?: 'Monospace';
}

/** Text in which Markdown counts; for headings alone, which a screen reader can jump to. */
interface TextBlock extends Spaced {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly style: 'heading';
  readonly weight: 'Bolder';
  readonly size: 'Medium';
  readonly wrap: true;
}

export interface Container extends Spaced {
  readonly type: 'Container';
  readonly style?: 'emphasis';
  readonly selectAction?: PressAction;
  readonly items: readonly Block[];
}

export interface ActionSet extends Spaced {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}

export interface InputText extends Spaced {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly isMultiline?: boolean;
  readonly maxLength?: number;
  readonly isRequired: boolean;
  readonly errorMessage?: string;
}

export interface InputChoiceSet extends Spaced {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly style: 'expanded' | 'compact';
  readonly isMultiSelect: boolean;
  readonly wrap: true;
  readonly isRequired: boolean;
  readonly errorMessage?: string;
}

export type Action = PressAction | OpenUrl;

export type PressAction = Execute | Submit;

interface Titled {
  readonly title: string;
  /** The whole of a title that may be shown cut short. */
  readonly tooltip?: string;
  readonly style?: 'positive' | 'destructive';
}

/** Comes to the bot at once; its answer may take the card's place. */
interface Execute extends Titled {
  readonly type: 'Action.Execute';
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** In a message, with `msteams` in its data, it opens a dialog; in a dialog it sends it. */
interface Submit extends Titled {
  readonly type: 'Action.Submit';
  readonly data: Readonly<Record<string, unknown>>;
  /** `none`: pressed without filling in what has to be filled in. */
  readonly associatedInputs?: 'none';
}

interface OpenUrl extends Titled {
  readonly type: 'Action.OpenUrl';
  readonly url: string;
}
