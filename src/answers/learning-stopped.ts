/** The bot was told to end while it was still learning its content. */
export class LearningStopped extends Error {
  /** As shells have it: 128 and the number of the signal. */
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`Stopped by ${signal} while the content was learnt.`);
    this.name = 'LearningStopped';
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}
