/** A person at a terminal who can be asked for one line at a time. What they type is shown: never for secrets. */
export interface Questions {
  /** Drops the lines typed so far: what was typed before a question could be read does not answer it. Throws nothing. */
  dropTyped(): Promise<void>;
  /**
   * Asks and waits for one line, without the space around it. `files` offers names of files on the tab key.
   *
   * Throws WorkspaceFault `dialogue-interrupted` on Ctrl-C, Ctrl-D, a terminal that goes away, and when `signal` aborts.
   */
  ask(
    prompt: string,
    options: { readonly files?: boolean; readonly signal: AbortSignal },
  ): Promise<string>;
}
