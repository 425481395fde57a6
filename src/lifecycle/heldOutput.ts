// A container's output waits until its start has been told, so that what people read stands in the order in which it happened.
export interface HeldOutput {
  readonly write: (stream: "stdout" | "stderr", bytes: Buffer, time?: string) => void;
  /** From now on nothing waits. */
  readonly release: () => void;
}

export function heldOutput(pass: HeldOutput["write"]): HeldOutput {
  let held: Parameters<HeldOutput["write"]>[] | undefined = [];
  return {
    write(...output) {
      if (held === undefined) pass(...output);
      else held.push(output);
    },
    release() {
      const before = held ?? [];
      held = undefined;
      for (const one of before) pass(...one);
    },
  };
}
