// A secret's files that more may read or write than the mode was meant to say.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { modesOf } from "../riskPaths.ts";

export const readableSecret: Risk = {
  id: "risk.readableSecret",
  severity: "note",
  title: "A secret's files are open to everyone in the container",
  why: "A defaultMode that lets others read (0004) opens the secret to every user in the container, whatever its group. Programs such as ssh also refuse keys that others can read.",
  mend: "Use 0400 with runAsUser 0, or 0440 with an fsGroup: the kubelet gives the files to that group.",
  reference: "https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions",
  failing: examplePod(
    "",
    "volumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0444 }",
  ),
  passing: examplePod(
    "",
    "volumes:\n  - name: key\n    secret: { secretName: key, defaultMode: 0440 }",
  ),
  find,
};

const BY_DEFAULT = 0o644;
const OTHERS = 0o007;

function find({ pod }: RiskyPod): Hit[] {
  return modesOf(pod).flatMap(({ path, mode, source }) => {
    // 0644 is what everyone gets who says nothing: no news.
    if (source !== "secret" || mode === BY_DEFAULT || (mode & OTHERS) === 0) return [];
    const octal = mode.toString(8).padStart(4, "0");
    return [
      { path, message: `mode ${octal} opens the secret's files to every user in the container` },
    ];
  });
}
