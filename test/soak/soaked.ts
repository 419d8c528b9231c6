/** What a long run came to. */
export interface Soaked {
  /** One line each; none is to be here. */
  readonly faults: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}
