// Host folders that SELinux tools refuse to relabel: those of the system itself.
// @see opencontainers/selinux v1.11.0 go-selinux/selinux_linux.go chcon

const EXCLUDED: ReadonlySet<string> = new Set(
  "/ /bin /boot /dev /etc /etc/passwd /etc/pki /etc/shadow /home /lib /lib64 /media /opt /proc /root /run /sbin /srv /sys /tmp /usr /var /var/lib /var/log".split(
    " ",
  ),
);

/** go-selinux's text; undefined for a folder that may be relabelled. */
export function relabelRefusal(path: string): string | undefined {
  const folder = path === "/" ? path : path.replace(/\/$/, "");
  return EXCLUDED.has(folder) ? `SELinux relabeling of ${folder} is not allowed` : undefined;
}
