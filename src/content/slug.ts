/** Words as an id: `Role of the Head teacher` is `role-of-the-head-teacher`; `otherwise` where it has no Latin letter or digit. */
export function slug(text: string, otherwise: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/['’]/g, '')
    .match(/[a-z0-9]+/g);
  return words?.join('-') ?? otherwise;
}

/** Ids given out so far, so that each is given out once: `work`, then `work-2`. */
export class TakenIds {
  readonly #taken = new Set<string>();
  readonly #next = new Map<string, number>();

  /** Takes an id that its author chose. False where it was taken. */
  claim(id: string): boolean {
    if (this.#taken.has(id)) return false;
    this.#taken.add(id);
    return true;
  }

  /** Takes the id wished for, with the first number after it that makes it unique where it was taken. */
  take(wish: string): string {
    let candidate = wish;
    let n = this.#next.get(wish) ?? 2;
    while (!this.claim(candidate)) candidate = `${wish}-${n++}`;
    this.#next.set(wish, n);
    return candidate;
  }
}
