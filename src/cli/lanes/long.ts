// Which texts are worth a second thread: shorter ones are done before it has started.

const LONG = 1024 * 1024;

export function isLong({ length }: { readonly length: number }): boolean {
  return length >= LONG;
}
