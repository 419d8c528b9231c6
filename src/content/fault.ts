/** Something wrong in content, said so that its editor can put it right. */
export interface Fault {
  /** Path as given, relative to where the command ran. */
  readonly file: string;
  /** 1-based; 0 where it concerns the whole file. */
  readonly line: number;
  /** What is wrong. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
}

/** A fault in a text whose file the reader of the text does not know. */
export type FaultInText = Omit<Fault, 'file'>;

/** One line a fault: `content/school.yaml:12: what. To do.` */
export function describeFault({ file, line, what, todo }: Fault): string {
  return `${file}${line > 0 ? `:${line}` : ''}: ${what} ${todo}`;
}

/** Content that can't be used; carries every fault found that makes it so, not only the first. */
export class ContentError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map(describeFault).join('\n'));
    this.name = 'ContentError';
    this.faults = faults;
  }
}
