// Gives a host folder the container's SELinux label before it is mounted; some folders may not, and some file systems cannot.
// @see opencontainers/selinux v1.11.0 go-selinux/selinux_linux.go chcon
import type { Facts } from "./facts.ts";

/** Folders of the system itself. */
const EXCLUDED: ReadonlySet<string> = new Set(
  "/ /bin /boot /dev /etc /etc/passwd /etc/pki /etc/shadow /home /lib /lib64 /media /opt /proc /root /run /sbin /srv /sys /tmp /usr /var /var/lib /var/log".split(
    " ",
  ),
);

export function relabel(path: string, label: string, { world }: Facts): string | undefined {
  if (label === "") return undefined;
  const folder = path === "/" ? path : path.replace(/\/$/, "");
  if (EXCLUDED.has(folder)) return `SELinux relabeling of ${folder} is not allowed`;
  const hasXattrs = (world.node.withoutXattrs ?? []).every(
    (root) => folder !== root && !folder.startsWith(`${root.replace(/\/$/, "")}/`),
  );
  return hasXattrs ? undefined : `setxattr ${folder}: operation not supported`;
}
