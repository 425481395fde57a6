// A file mode that was meant in octal and written in decimal.
import { examplePod, type Hit, type Risk, type RiskyPod } from "../risk.ts";
import { modesOf } from "../riskPaths.ts";

export const decimalMode: Risk = {
  id: "risk.decimalMode",
  severity: "warning",
  title: "A file mode looks like octal digits, but is a decimal number",
  why: "defaultMode and mode are numbers. YAML reads 0644 and 0o644 as octal (420), but 644 as six hundred and forty-four, which is mode 01204; JSON knows no octal numbers at all. The files then have permissions that nobody meant.",
  mend: "Write the mode with a leading zero in YAML (0644), or its decimal value in JSON (420).",
  reference: "https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions",
  failing: examplePod(
    "",
    "volumes:\n  - name: tls\n    secret: { secretName: tls, defaultMode: 440 }",
  ),
  passing: examplePod(
    "",
    "volumes:\n  - name: tls\n    secret: { secretName: tls, defaultMode: 0440 }",
  ),
  find,
};

/** Decimal numbers that read as the modes people give files: three digits up to 7, the owner may read. */
const MEANT = /^[4-7][0-7][0-7]$/;

function find({ pod }: RiskyPod): Hit[] {
  return modesOf(pod).flatMap(({ path, mode }) => {
    if (!MEANT.test(String(mode)) || isUsual(mode)) return [];
    const octal = mode.toString(8).padStart(4, "0");
    const message = `mode ${mode} is decimal: files get mode ${octal}, not 0${mode}`;
    return [{ path, message }];
  });
}

/** 420 and its kind are right as they are. */
function isUsual(mode: number): boolean {
  return (
    /^[4-7][0-7]{2}$/.test(mode.toString(8)) &&
    [0o644, 0o640, 0o600, 0o664, 0o660, 0o755, 0o750, 0o700, 0o775, 0o770, 0o777, 0o666].includes(
      mode,
    )
  );
}
