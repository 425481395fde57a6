// A secret's narrow mode that fsGroup makes wider: the kubelet lets the group read.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { modesOf } from "../riskPaths.ts";

export const secretModeWidened: Risk = {
  id: "risk.secretModeWidened",
  severity: "note",
  title: "fsGroup opens a secret's files to the group, whatever their mode says",
  why: "With an fsGroup the kubelet gives the files of a secret to that group and adds its right to read: 0400 becomes 0440, 0600 becomes 0640. Programs that insist on files which only their owner reads (ssh, some databases) refuse them.",
  mend: "Accept 0440, or copy the file in an init container, or leave fsGroup out and run as the owner of the files (root).",
  reference: "https://github.com/kubernetes/kubernetes/issues/57923",
  failing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0400 }",
  ),
  passing: examplePod(
    "",
    "securityContext: { fsGroup: 2000 }\nvolumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0440 }",
  ),
  find,
};

const GROUP_READS = 0o040;

function find({ pod, isWindows }: RiskyPod): Hit[] {
  const fsGroup = pod.spec.securityContext?.fsGroup;
  if (isWindows || fsGroup === undefined || fsGroup === null) return [];
  return modesOf(pod).flatMap(({ path, mode, source }) => {
    if (source !== "secret" || (mode & GROUP_READS) !== 0) return [];
    const message = `fsGroup ${fsGroup} makes mode ${octal(mode)} of the secret's files ${octal(mode | GROUP_READS)}: the group can read them`;
    return [{ path, field: "fsGroup", message }];
  });
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
