// What a verbose status tells beside CRI's own fields: containerd's JSON text under the key `info`.

/** The first process as this host numbers it; 0 where the runtime does not tell. `{"info": "{\"pid\": 7, …}"}`. */
export function pidOf(info: Readonly<Record<string, string>>): number {
  try {
    const { pid } = JSON.parse(info["info"] ?? "{}") as { pid?: number };
    return pid ?? 0;
  } catch {
    return 0;
  }
}
