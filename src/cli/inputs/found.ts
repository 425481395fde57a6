// What the words of a command line stand for: files to read, what was left out and why, and what is not there.

export interface LeftOut {
  readonly file: string;
  readonly reason: string;
}

export interface FoundFiles {
  readonly files: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** `message` names the file. */
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}
