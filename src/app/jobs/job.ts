/** Work on one record of many, in this thread or in another: what it is given, where its results go, how it ends. */

/** Where a job's results go while it runs. */
export interface JobOutput {
  /** To standard output, behind the text of the jobs before it; comes back when there is room for more. */
  text(text: string): Promise<void>;
  /** So many more seconds of signal have been worked through. */
  progress(signalS: number): void;
}

/** `J` travels between threads: plain data only. Gives back what is to be told on stderr; may throw an RwaveError. */
export type Runner<J> = (job: J, output: JobOutput) => Promise<readonly string[]>;

/** What to tell on stderr about a job, and the exit code that it asks for. */
export interface Outcome {
  lines: readonly string[];
  exitCode: number;
}
