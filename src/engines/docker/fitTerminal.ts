// The size of a container's terminal follows the one at which somebody sits.
import type { Attached, TerminalSize } from "../engine.ts";

interface Resizable {
  resize(size: { readonly h: number; readonly w: number }): Promise<unknown>;
}

/** One request at a time, or an older size could come last; of sizes that wait meanwhile only the newest is sent. */
export function fitTerminal(terminal: Resizable, { size, onSize }: Attached): void {
  let wanted: TerminalSize | undefined = size;
  let isSending = false;
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let next = wanted; next !== undefined; next = wanted) {
      wanted = undefined;
      // A terminal that is gone already needs no size.
      await terminal.resize({ h: next.rows, w: next.columns }).catch(() => {});
    }
    isSending = false;
  }
  onSize((told) => {
    wanted = told;
    void send();
  });
  void send();
}
