// Gives a host folder the container's SELinux label before it is mounted; some folders may not, and some file systems cannot.
// @see opencontainers/selinux v1.11.0 go-selinux/selinux_linux.go chcon
import { relabelRefusal } from "../rules/relabel.ts";
import type { Facts } from "./facts.ts";

export function relabel(path: string, label: string, { world }: Facts): string | undefined {
  if (label === "") return undefined;
  const refusal = relabelRefusal(path);
  if (refusal !== undefined) return refusal;
  const folder = path === "/" ? path : path.replace(/\/$/, "");
  const hasXattrs = (world.node.withoutXattrs ?? []).every(
    (root) => folder !== root && !folder.startsWith(`${root.replace(/\/$/, "")}/`),
  );
  return hasXattrs ? undefined : `setxattr ${folder}: operation not supported`;
}
