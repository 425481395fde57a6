// SELinux labels of a sandbox and its containers: the default ones, what a request replaces in them, and fresh categories.
// @see opencontainers/selinux v1.11.0 go-selinux/label/label_linux.go InitLabels; containerd v2.1.9 internal/cri/server/helpers.go toLabel
import type { CriSecurityContext } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";
import { DEFAULT_FILE_LABEL, DEFAULT_PROCESS_LABEL } from "../tables/containerd.ts";
import { type Facts, uniqMcs } from "./facts.ts";
import { change, type SpecOpt } from "./specDraft.ts";

type Part = "user" | "role" | "type" | "level";
/** Parts of a label; a part that is "" or absent stays as it is. */
export type LabelOptions = Readonly<Partial<Record<Part, string>>>;

export interface Labels {
  readonly process: string;
  readonly mount: string;
}
export type LabelOptionsOrError =
  | { readonly options: LabelOptions; readonly error?: undefined }
  | { readonly error: string };

const LEVEL = /^s\d(-s\d)??(:c\d{1,4}(\.c\d{1,4})?(,c\d{1,4}(\.c\d{1,4})?)*)?$/;

/** Only the form of the level is looked at, also where SELinux is off. */
export function toLabel(asked: CriSecurityContext["selinux"]): LabelOptionsOrError {
  if (asked === undefined) return { options: {} };
  if (asked.level !== "" && !LEVEL.test(asked.level)) {
    return { error: `the format of 'level' ${goQuote(asked.level)} is not correct` };
  }
  return { options: asked };
}

export function isEmpty(options: LabelOptions): boolean {
  return Object.values(options).every((part) => part === "");
}

/** Both "" where SELinux is off. The mount label takes user and level of the options, never role or type. */
export function initLabels(options: LabelOptions, facts: Facts): Labels {
  if (!facts.seLinuxEnabled) return { process: "", mount: "" };
  const level = uniqMcs(facts);
  const { user, role, type } = { user: options.user, role: options.role, type: options.type };
  return {
    process: replaceParts(DEFAULT_PROCESS_LABEL, {
      user,
      role,
      type,
      level: options.level || level,
    }),
    mount: replaceParts(DEFAULT_FILE_LABEL, { user, level: options.level || level }),
  };
}

function replaceParts(label: string, parts: Partial<Record<Part, string | undefined>>): string {
  const [user, role, type] = label.split(":");
  return [parts.user || user, parts.role || role, parts.type || type, parts.level].join(":");
}

/** The parts of a sandbox's process label, for a container that asks for nothing. */
export function dupSecOpt(label: string): LabelOptions {
  const [user = "", role = "", type = "", ...level] = label.split(":");
  if (user === "" || role === "" || type === "") return {};
  return { user, role, type, level: level.join(":") };
}

export function withSelinuxLabels({ process: label, mount }: Labels): SpecOpt {
  return change(({ process, linux }) => {
    process.selinuxLabel = label;
    linux.mountLabel = mount;
  });
}

/** `%+v` of the options. */
export function printOptions(asked: CriSecurityContext["selinux"]): string {
  if (asked === undefined) return "nil";
  return `&SELinuxOption{User:${asked.user},Role:${asked.role},Type:${asked.type},Level:${asked.level},}`;
}
