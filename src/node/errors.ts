// The error of everything that touches this machine: known, shown as one sentence, never with a stack.

/** This machine, or a program on it, cannot do what was asked; the message says what to do. */
export class EngineError extends Error {}
