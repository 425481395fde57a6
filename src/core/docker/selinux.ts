// SELinux labels of a container: the default ones, what the request replaces in them, another container's, or none.
// @see moby v28.5.2 daemon/create.go generateSecurityOpt; opencontainers/selinux v1.11.0 go-selinux/label/label_linux.go InitLabels
import { goQuote } from "../rules/goText.ts";
import { DEFAULT_FILE_LABEL, DEFAULT_PROCESS_LABEL } from "../tables/containerd.ts";
import type { Facts } from "./facts.ts";
import { getContainer } from "./joined.ts";
import { containerOf, isHost, pidContainer } from "./modes.ts";
import type { CreateRequest } from "./request.ts";
import { change, type SpecOpt } from "./specDraft.ts";

export interface Labels {
  readonly process: string;
  readonly mount: string;
}

const PARTS = ["user", "role", "type", "level"] as const;
type Part = (typeof PARTS)[number];
type Label = Record<Part, string>;

/** The mount label of containers without a process label: categories that no other container has. */
const UNCONFINED_LEVEL = "s0:c1022,c1023";

export type LabelOptsOrError =
  | { readonly opts: readonly string[]; readonly error?: undefined }
  | { readonly error: string };

/**
 * The `label=` options that dockerd adds to a request that has none: off for privileged containers and those in the
 * host's PID or IPC namespace, and the other container's label for those that join its PID or IPC namespace.
 */
export function generateSecurityOpt(request: CreateRequest, facts: Facts): LabelOptsOrError {
  if (request.securityOpt.some((opt) => opt.split("=")[0] === "label")) return { opts: [] };
  const { ipcMode, pidMode, privileged } = request;
  if (isHost(ipcMode) || isHost(pidMode) || privileged) return { opts: ["label=disable"] };
  const labels: string[][] = [];
  for (const name of [containerOf(ipcMode) ?? "", pidContainer(pidMode, facts)]) {
    if (name === "") continue;
    const found = getContainer(name, facts);
    if (found.error !== undefined) return found;
    labels.push(dupSecOpt(found.container.processLabel ?? drawnLabel(facts)));
  }
  const [first = [], second = first] = labels;
  if (first.length > 0 && second.length > 0 && first.join() !== second.join()) {
    return { error: "--ipc and --pid containers SELinux labels aren't the same" };
  }
  // Of two containers one without a label leaves the new one its own.
  return { opts: second.length === 0 ? [] : first.map((opt) => `label=${opt}`) };
}

/** The label of a container of which nothing is known but that it runs: pods have one for all, so do these. */
function drawnLabel(facts: Facts): string {
  if (!facts.seLinuxEnabled) return "";
  return withLevel(DEFAULT_PROCESS_LABEL, facts.joinedLevel);
}

function dupSecOpt(label: string): string[] {
  const { user, role, type, level } = parse(label);
  if (user === "" || role === "" || type === "") return [];
  const opts = [`user:${user}`, `role:${role}`, `type:${type}`];
  return level === "" ? opts : [...opts, `level:${level}`];
}

export type LabelsOrError =
  | { readonly labels: Labels; readonly error?: undefined }
  | { readonly error: string };

/** `disable` ends it; before it and after it the values are not looked at, only the names. */
export function initLabels(options: readonly string[], facts: Facts): LabelsOrError {
  if (!facts.seLinuxEnabled) return { labels: { process: "", mount: "" } };
  const level = facts.uniqMcs();
  const process = parse(withLevel(DEFAULT_PROCESS_LABEL, level));
  const mount = parse(withLevel(DEFAULT_FILE_LABEL, level));
  for (const option of options) {
    if (option === "disable") {
      const label = withLevel(DEFAULT_FILE_LABEL, UNCONFINED_LEVEL);
      return { labels: { process: "", mount: label } };
    }
    const colon = option.indexOf(":");
    const name = option.slice(0, colon);
    const value = option.slice(colon + 1);
    const part = PARTS.find((known) => known === name);
    if (colon === -1) {
      return {
        error: `Bad label option ${goQuote(option)}, valid options 'disable' or \n'user, role, level, type, filetype' followed by ':' and a value`,
      };
    }
    if (name === "filetype") mount.type = value;
    // As a name `disable` is known, and as a part of a label it is nothing.
    else if (part === undefined && name !== "disable") {
      return {
        error: `Bad label option ${goQuote(name)}, valid options 'disable, user, role, level, type, filetype'`,
      };
    }
    if (part === undefined) continue;
    process[part] = value;
    if (part === "level" || part === "user") mount[part] = value;
  }
  return { labels: { process: print(process), mount: print(mount) } };
}

function parse(label: string): Label {
  const [user = "", role = "", type = "", ...level] = label.split(":");
  return { user, role, type, level: level.join(":") };
}

/** An empty level is left out. */
function print({ user, role, type, level }: Label): string {
  return [user, role, type, ...(level === "" ? [] : [level])].join(":");
}

function withLevel(label: string, level: string): string {
  return print({ ...parse(label), level });
}

/** A privileged container's process has no label, whatever its options say; its mounts keep theirs. */
export function withSelinux({ process: label, mount }: Labels, privileged: boolean): SpecOpt {
  return change(({ process, linux }) => {
    process.selinuxLabel = privileged ? "" : label;
    linux.mountLabel = mount;
  });
}
