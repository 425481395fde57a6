// Other containers of the daemon, whose namespaces a container can join: `container:NAME`.
// @see moby v28.5.2 daemon/container.go GetContainer; daemon/container_operations.go getNetworkedContainer, getIPCContainer, getPIDContainer
import { goQuote } from "../rules/goText.ts";
import type { Facts } from "./facts.ts";

/** What is known of one; whatever is absent lets it be joined. */
export interface JoinedContainer {
  /** Absent: it runs. */
  readonly running?: boolean;
  /** Was it made with IpcMode private (or none)? Absent: no. */
  readonly privateIpc?: boolean;
  /** Its SELinux label; absent: one that the daemon has drawn. */
  readonly processLabel?: string;
}

export type Found =
  | { readonly container: JoinedContainer; readonly error?: undefined }
  | { readonly error: string };

/** An id, whole or shortened, or `<NAME>`, which stands for one. */
const ID = /^([0-9a-f]{12,64}|<[^<>]+>)$/;

/** When nobody has told which containers there are, an id is taken to be one that runs, and any other name for none. */
export function getContainer(name: string, { containers }: Facts): Found {
  if (name === "") return { error: `invalid name or ID supplied: ${goQuote(name)}` };
  const told = containers !== undefined && Object.hasOwn(containers, name);
  const container = told ? containers[name] : undefined;
  if (container !== undefined) return { container };
  if (containers === undefined && ID.test(name)) return { container: {} };
  return { error: `No such container: ${name}` };
}

export function getNetworkedContainer(name: string, facts: Facts): string | undefined {
  const { words } = facts.release;
  const found = getContainer(name, facts);
  if (found.error !== undefined) return words.networkNotFound(found.error);
  return found.container.running === false ? words.networkNotRunning(name) : undefined;
}

export function getIPCContainer(name: string, facts: Facts): string | undefined {
  const { words } = facts.release;
  const found = getContainer(name, facts);
  if (found.error !== undefined) return words.ipcNotFound(name, found.error);
  if (found.container.running === false) return words.ipcNotRunning(name);
  return found.container.privateIpc === true ? words.privateIpc(name) : undefined;
}

export function getPIDContainer(name: string, facts: Facts): string | undefined {
  const { words } = facts.release;
  const found = getContainer(name, facts);
  if (found.error !== undefined) return words.pidNotFound(name, found.error);
  return found.container.running === false ? words.pidNotRunning(name) : undefined;
}
