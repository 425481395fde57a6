// Errors that a person can do something about: shown as one sentence, never with a stack.

/** The command was called wrongly, or what it was told to read cannot be read: exit code 2. */
export class UsageError extends Error {}
