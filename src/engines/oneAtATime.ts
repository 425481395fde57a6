// Containers of a pod start side by side; what a daemon takes only once they do one after the other.

const last = new Map<string, Promise<unknown>>();

/** Begins `work` when all earlier work of this key in this process has ended, however it ended. */
export async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(key);
  const own = before === undefined ? work() : before.then(work, work);
  last.set(key, own);
  try {
    return await own;
  } finally {
    if (last.get(key) === own) last.delete(key);
  }
}
